using FsRec.Fourier;
using FsRec.Series;

namespace FsRec.Statistics;

/// <summary>What frames show above their noise.</summary>
internal static class FrameContrast
{
    /// <summary>Mean power of a frame at the frequencies of the wave, less its noise, in the units of <see cref="NoiseLevel"/>.</summary>
    /// <param name="series">The series.</param>
    /// <param name="frame">Position of the frame.</param>
    /// <param name="cancellationToken">Stops the transforms.</param>
    public static double Of(FocalSeries series, int frame, CancellationToken cancellationToken = default)
    {
        FrequencyGrid grid = FrequencyGrid.Of(series.Calibration);
        double limit = Math.Min(series.Parameters.Linear.Limit, series.Calibration.Nyquist);
        using SpectrumLease lease = series.Spectra(1, null, cancellationToken).Take(frame);
        ComplexPlane spectrum = lease.Plane;
        (double sum, long count) = (0, 0);
        for (int row = 0; row < grid.Rows; row++)
        {
            int ky = FrequencyGrid.Signed(row, grid.Rows);
            for (int kx = 1; kx < grid.Columns / 2; kx++)
            {
                // Along the axes lies what the edges of a frame do that do not fit together.
                if (Math.Abs(ky) > NoiseLevel.Edge && kx > NoiseLevel.Edge && grid.SquaredFrequency(ky, kx) <= limit * limit)
                {
                    (float re, float im) = spectrum[row, kx];
                    sum += ((double)re * re) + ((double)im * im);
                    count++;
                }
            }
        }

        return count == 0 ? 0 : (sum / count / series.Calibration.PixelCount) - NoiseLevel.Of(series, 1, null, cancellationToken)[frame];
    }
}
