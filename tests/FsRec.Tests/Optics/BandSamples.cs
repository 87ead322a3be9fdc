using System.Numerics;
using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Tests.Optics;

/// <summary>Spectra of waves on a band, and the same in transform order.</summary>
internal static class BandSamples
{
    /// <summary>
    /// A wave whose mean is 1 and whose scattered part has random coefficients of this root mean square, zero outside the band.
    /// </summary>
    public static ComplexPlane Random(WaveBand band, double scattered, int seed)
    {
        var random = new Random(seed);
        ComplexPlane wave = band.CreateSpectrum();
        double pixels = (double)band.Grid.Rows * band.Grid.Columns;
        double size = scattered * pixels / Math.Sqrt(band.Rows * band.Columns);
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                if (band.Contains(ky, kx))
                {
                    wave.Set(band, ky, kx, Complex.FromPolarCoordinates(size, 2 * Math.PI * random.NextDouble()));
                }
            }
        }

        wave.Set(band, 0, 0, pixels);
        return wave;
    }

    public static void Set(this ComplexPlane wave, WaveBand band, int ky, int kx, Complex value) =>
        wave[ky + band.RowReach, kx + band.ColumnReach] = ((float)value.Real, (float)value.Imaginary);

    public static Complex Get(this ComplexPlane wave, WaveBand band, int ky, int kx)
    {
        (float re, float im) = wave[ky + band.RowReach, kx + band.ColumnReach];
        return new Complex(re, im);
    }

    public static Complex[,] InTransformOrder(ComplexPlane wave, WaveBand band)
    {
        var values = new Complex[band.Grid.Rows, band.Grid.Columns];
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                values[FrequencyGrid.Index(ky, band.Grid.Rows), FrequencyGrid.Index(kx, band.Grid.Columns)] = wave.Get(band, ky, kx);
            }
        }

        return values;
    }
}
