using FsRec.Fourier;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Resolution;

/// <summary>
/// Whether neighbouring frames share their noise, as running averages do and frames with the same fixed pattern: above the frequencies that
/// carry the specimen their spectra would have unrelated phases otherwise.
/// </summary>
internal static class SharedNoise
{
    // The mean cosine between two numbers of normal distribution is π/4 of a small correlation; single bright frequencies, as a lattice's, do not move it.
    private const double CosineOfCorrelation = Math.PI / 4;

    // As for the level of the noise.
    private const double From = 0.92;
    private const int AxisRoom = 4;

    /// <summary>Correlation of the noise of neighbouring frames, a mean over the pairs, and its standard error; 0 where it cannot be told.</summary>
    /// <param name="reconstruction">The series and its displacements.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static (double Correlation, double Error) Measure(Reconstruction reconstruction, int threads, CancellationToken cancellationToken)
    {
        FocalSeries series = reconstruction.Series;
        FrameSpectra spectra = series.Spectra(threads, null, cancellationToken);
        FrequencyGrid grid = FrequencyGrid.Of(series.Calibration);
        double from = From * series.Calibration.Nyquist;
        int pairs = series.Count - 1;
        var still = new double[pairs];
        var moved = new double[pairs];
        var counts = new long[pairs];
        FrameLoop.Run(pairs, threads, cancellationToken, n =>
        {
            using SpectrumLease first = spectra.Take(n);
            using SpectrumLease second = spectra.Take(n + 1);
            (ComplexPlane a, ComplexPlane b) = (first.Plane, second.Plane);
            (FrameDisplacement da, FrameDisplacement db) = (reconstruction.Displacements[n], reconstruction.Displacements[n + 1]);
            for (int row = 0; row < grid.Rows; row++)
            {
                int ky = FrequencyGrid.Signed(row, grid.Rows);
                for (int kx = AxisRoom + 1; kx < grid.Columns / 2; kx++)
                {
                    if (Math.Abs(ky) <= AxisRoom || grid.SquaredFrequency(ky, kx) <= from * from)
                    {
                        continue;
                    }

                    (float ar, float ai) = a[row, kx];
                    (float br, float bi) = b[row, kx];
                    double re = ((double)ar * br) + ((double)ai * bi);
                    double im = ((double)ai * br) - ((double)ar * bi);
                    double size = Math.Sqrt((re * re) + (im * im));
                    if (size > 0)
                    {
                        // Noise that moved with the specimen, where frames were averaged after they had been aligned.
                        (double sin, double cos) = Math.SinCos(2 * Math.PI * (((da.Dx - db.Dx) * kx / grid.Columns) + ((da.Dy - db.Dy) * ky / grid.Rows)));
                        still[n] += re / size;
                        moved[n] += ((re * cos) - (im * sin)) / size;
                        counts[n]++;
                    }
                }
            }
        });
        long count = counts.Sum();
        return count == 0
            ? (0, 0)
            : (Math.Max(still.Sum(), moved.Sum()) / count / CosineOfCorrelation, 1 / Math.Sqrt(2 * count) / CosineOfCorrelation);
    }
}
