using System.Numerics;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Restoration;
using FsRec.Tests.Optics;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Restoration;

[EveryWidth]
public sealed class RestorationFilterTests
{
    private const double Limit = 6;
    private static readonly Calibration Shape = new(60, 70, 0.05, 0.05);
    private static readonly WaveBand Band = new(FrequencyGrid.Of(Shape), Limit);

    [Theory]
    [InlineData(true, 0.1)]
    [InlineData(false, 0.1)]
    [InlineData(true, 2)]
    public void The_wave_is_restored_and_its_twin_removed_or_nothing_is(bool envelopes, double cutoff)
    {
        var microscope = new Microscope { C3 = 1e4, Semiconvergence = 0.3, FocusSpread = 3 };
        double[] foci = [-90, -80, -70, -60, -50, -40];
        using RestorationFilter filter = Filter(microscope, foci, cutoff, envelopes);
        int restored = 0;
        int cut = 0;

        ForBand((ky, kx, g) =>
        {
            Complex[] t = [.. foci.Select(z => Complex.FromPolarCoordinates(1, -NaiveOptics.Chi(microscope, z, g)))];
            double[] e = [.. foci.Select(z => envelopes ? NaiveOptics.Envelope(microscope, z, g) : 1)];
            Complex[] f = [.. foci.Select((_, n) => Value(filter, n, ky, kx))];
            int[] used = [.. Enumerable.Range(0, foci.Length).Where(n => e[n] > 0.05)];
            Complex a = used.Aggregate(Complex.Zero, (sum, n) => sum + (t[n] * t[n]));
            double d = used.Length == 0 ? 0 : used.Length - (a.Magnitude * a.Magnitude / used.Length);
            if (d > cutoff * 1.000001)
            {
                restored++;
                Complex wave = used.Aggregate(Complex.Zero, (sum, n) => sum + (f[n] * e[n] * t[n]));
                Complex twin = used.Aggregate(Complex.Zero, (sum, n) => sum + (f[n] * e[n] * Complex.Conjugate(t[n])));
                // Terms of a size up to √N / √D in float32.
                Assert.Equal(0, (wave - 1).Magnitude, 2e-6);
                Assert.Equal(0, twin.Magnitude, 2e-6);
            }
            else if (d < cutoff * 0.999999)
            {
                cut++;
                Assert.All(f, static value => Assert.Equal(Complex.Zero, value));
            }
        });

        Assert.True(restored > 250 && cut > 0, $"{restored} restored, {cut} cut off.");
    }

    // Two frames at one focus, each of half a weight, say what one of a whole says; a frame without weight says nothing.
    [Fact]
    public void A_weight_counts_as_often_as_it_says()
    {
        var microscope = new Microscope { C3 = 1e4, Semiconvergence = 0.3, FocusSpread = 3 };
        using RestorationFilter whole = Weighted(microscope, [-90, -70, -50], [1, 1, 1]);
        using RestorationFilter shared = Weighted(microscope, [-90, -70, -70, -50, -30], [1, 0.5, 0.5, 1, 0]);

        ForBand((ky, kx, _) =>
        {
            // Float32 values of the size of the filters' own, √N / √D at most.
            Assert.Equal(0, (Value(whole, 0, ky, kx) - Value(shared, 0, ky, kx)).Magnitude, 1e-5);
            Assert.Equal(0, (Value(whole, 1, ky, kx) - Value(shared, 1, ky, kx) - Value(shared, 2, ky, kx)).Magnitude, 1e-5);
            Assert.Equal(0, (Value(whole, 2, ky, kx) - Value(shared, 3, ky, kx)).Magnitude, 1e-5);
            Assert.Equal(Complex.Zero, Value(shared, 4, ky, kx));
        });
    }

    [Fact]
    public void The_mean_is_never_restored()
    {
        using RestorationFilter filter = Filter(new Microscope(), [-50, -20, 10], 0, true);

        Assert.All(Enumerable.Range(0, 3), n => Assert.Equal(Complex.Zero, Value(filter, n, 0, 0)));
    }

    [Fact]
    public void Beyond_the_limit_there_is_nothing()
    {
        using RestorationFilter filter = Filter(new Microscope(), [-50, -20, 10], 0.1, true);

        // 18 rows and 21 columns are 6 1/nm each; 18² and 1² columns more are not.
        Assert.NotEqual(Complex.Zero, Value(filter, 0, 15, 0));
        Assert.Equal(Complex.Zero, Value(filter, 0, Band.RowReach, 5));
        Assert.Equal(Complex.Zero, Value(filter, 0, Band.RowReach, Band.ColumnReach));
    }

    [Fact]
    public void A_frame_whose_envelope_has_died_is_left_out_and_the_others_still_restore()
    {
        // α = 1 mrad: at −1000 nm the spatial envelope falls below 0.05 at g = √3 / (π α |Z|) = 0.55 1/nm, at −60 nm at 9.
        var microscope = new Microscope { Semiconvergence = 1, FocusSpread = 0, ImageSpread = 0 };
        double[] foci = [-1000, -60, -30, 0];
        using RestorationFilter filter = Filter(microscope, foci, 0.1, true);
        int restored = 0;

        ForBand((ky, kx, g) =>
        {
            if (g > 0.6)
            {
                Assert.Equal(Complex.Zero, Value(filter, 0, ky, kx));
                Complex wave = 0;
                for (int n = 1; n < 4; n++)
                {
                    wave += Value(filter, n, ky, kx) * Complex.FromPolarCoordinates(
                        NaiveOptics.Envelope(microscope, foci[n], g), -NaiveOptics.Chi(microscope, foci[n], g));
                }

                Assert.True(wave == 0 || (wave - 1).Magnitude < 1e-5);
                restored += wave == 0 ? 0 : 1;
            }
        });

        Assert.True(restored > 250, $"{restored} restored.");
    }

    [Fact]
    public void One_frame_alone_restores_nothing()
    {
        using RestorationFilter filter = Filter(new Microscope(), [-50], 1e-6, false);

        ForBand((ky, kx, _) => Assert.Equal(Complex.Zero, Value(filter, 0, ky, kx)));
    }

    private static RestorationFilter Filter(Microscope microscope, double[] foci, double cutoff, bool envelopes) =>
        new(Band, [.. foci.Select(z => new TransferFunction(microscope, z))], cutoff, envelopes, 2, default);

    private static RestorationFilter Weighted(Microscope microscope, double[] foci, double[] weights)
    {
        var filter = new RestorationFilter(Band, foci.Length, 0.1, true, weights);
        TransferRows.ForEach(Band, [.. foci.Select(z => new TransferFunction(microscope, z))], 2, default, filter.FillRow);
        return filter;
    }

    private static Complex Value(RestorationFilter filter, int frame, int ky, int kx)
    {
        (float re, float im) = filter[frame][ky, kx];
        return new Complex(re, im);
    }

    private static void ForBand(Action<int, int, double> body)
    {
        for (int ky = 0; ky <= Band.RowReach; ky++)
        {
            for (int kx = 0; kx <= Band.ColumnReach; kx++)
            {
                if (Band.Contains(ky, kx))
                {
                    body(ky, kx, NaiveOptics.Frequency(Shape, ky, kx));
                }
            }
        }
    }
}
