using System.Numerics;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Restoration;
using FsRec.Series;
using FsRec.Tests.Optics;
using FsRec.Tests.Series;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Restoration;

[EveryWidth]
public sealed class BackProjectorTests
{
    private static readonly double[] Foci = [-120, -90, -60, -30, 0];
    private static readonly Microscope Microscope = new() { C3 = 2e4, Semiconvergence = 0.2 };

    [Theory]
    [InlineData(40, 48, 4.0)]
    [InlineData(41, 35, 5.0)]
    [InlineData(33, 64, 9.9)] // the band reaches to Nyquist
    public void It_is_the_sum_of_the_filtered_and_displaced_spectra(int rows, int columns, double limit)
    {
        using var set = new Case(rows, columns, limit);
        using ComplexPlane wave = set.Project(1);

        var expected = new Complex[rows, columns];
        for (int n = 0; n < Foci.Length; n++)
        {
            float[] frame = set.Series.GetFrame(n);
            Complex[,] spectrum = NaiveOptics.Forward(NaiveOptics.Map(expected, (r, c, _) => frame[(r * columns) + c]));
            (double dx, double dy) = (set.Displacements[n].Dx, set.Displacements[n].Dy);
            expected = NaiveOptics.Map(expected, (r, c, sum) =>
            {
                int ky = FrequencyGrid.Signed(r, rows);
                int kx = FrequencyGrid.Signed(c, columns);
                if (!set.Band.Contains(ky, kx) || Math.Abs(ky) > set.Band.RowReach || Math.Abs(kx) > set.Band.ColumnReach || (ky, kx) == (0, 0))
                {
                    return 0;
                }

                (float re, float im) = set.Filter[n][Math.Abs(ky), Math.Abs(kx)];
                Complex ramp = Complex.FromPolarCoordinates(1, 2 * Math.PI * ((ky * dy / rows) + (kx * dx / columns)));
                return sum + (new Complex(re, im) * spectrum[r, c] * ramp);
            });
        }

        // Relative to the largest coefficient; float32 sums of products in another order.
        Complex[,] found = BandSamples.InTransformOrder(wave, set.Band);
        double scale = 0;
        foreach (Complex value in expected)
        {
            scale = Math.Max(scale, value.Magnitude);
        }

        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                Assert.Equal(0, (found[r, c] - expected[r, c]).Magnitude / scale, 1e-5);
            }
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        using var set = new Case(41, 70, 6);
        using ComplexPlane one = set.Project(1);

        foreach (int threads in (int[])[2, 3, 7])
        {
            using ComplexPlane many = set.Project(threads);
            Assert.Equal(BandSamples.InTransformOrder(one, set.Band), BandSamples.InTransformOrder(many, set.Band));
        }
    }

    [Fact]
    public void What_the_wave_held_before_is_forgotten()
    {
        using var set = new Case(40, 48, 4);
        using ComplexPlane first = set.Project(1);
        using ComplexPlane wave = BandSamples.Random(set.Band, 5, 1);

        set.Project(1, wave);

        Assert.Equal(BandSamples.InTransformOrder(first, set.Band), BandSamples.InTransformOrder(wave, set.Band));
    }

    private sealed class Case : IDisposable
    {
        public Case(int rows, int columns, double limit)
        {
            Band = new WaveBand(FrequencyGrid.Of(new Calibration(rows, columns, 0.05, 0.05)), limit);
            Series = new FocalSeries(
                SmallSeries.Parameters(new Calibration(rows, columns, 0.05, 0.05), limit, Foci),
                [.. Foci.Select((_, n) => SmallSeries.Noise(rows * columns, 1, 0.1, n))]);
            Filter = new RestorationFilter(Band, [.. Foci.Select(static z => new TransferFunction(Microscope, z))], 0.1, true, 1, default);
            Displacements = [.. Foci.Select(static (_, n) => new FrameDisplacement(n, (1.3 * n) - 2.1, 3.7 - (0.9 * n)))];
        }

        public WaveBand Band { get; }

        public FocalSeries Series { get; }

        public RestorationFilter Filter { get; }

        public FrameDisplacement[] Displacements { get; }

        public ComplexPlane Project(int threads)
        {
            ComplexPlane wave = Band.CreateSpectrum();
            Project(threads, wave);
            return wave;
        }

        public void Project(int threads, ComplexPlane wave)
        {
            using var projector = new BackProjector(Band, Series.Spectra(1, null, default), Filter, Foci.Length, threads);
            projector.Run(Displacements, wave, default);
        }

        public void Dispose() => Filter.Dispose();
    }
}
