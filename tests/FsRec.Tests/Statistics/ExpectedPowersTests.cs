using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.Tests.Statistics;

/// <summary>Powers about each frequency: a wave of one strong reflection on a weak ring, in frames that say nearly all.</summary>
public class ExpectedPowersTests
{
    private static readonly WaveBand Band = new(FrequencyGrid.Of(new Calibration(64, 64, 0.1, 0.1)), 4);
    private static readonly PriorPowers Rings = new(0.16, [.. Enumerable.Repeat(0.5, 27)], [.. Enumerable.Repeat(2.0, 27)], 0);
    private static readonly SeriesStatistics Statistics = SampleStatistics.Of(
        Band, new Microscope { C3 = 1e4 }, [.. Enumerable.Range(0, 12).Select(static n => -120.0 + (10 * n))], [.. Enumerable.Repeat(1e-3, 12)], Rings);

    [Fact]
    public void Of_the_rings_they_are_the_rings()
    {
        ExpectedPowers powers = ExpectedPowers.Of(Band, Rings);
        Assert.Equal(new PriorPower(0.5, 2), powers.At(7, -4));
        Assert.Equal(powers.At(7, -4), powers.At(-7, 4));
    }

    [Fact]
    public void About_a_reflection_they_are_larger_and_a_ring_keeps_its_power()
    {
        ExpectedPowers local = Local();
        Assert.True(local.At(12, 5).Phase > 20 * local.At(0, 13).Phase, FormattableString.Invariant($"{local.At(12, 5).Phase:g4} at the reflection, {local.At(0, 13).Phase:g4} elsewhere"));
        Assert.Equal(local.At(12, 5).Phase, local.At(-12, -5).Phase, 1e-12 * local.At(12, 5).Phase);
        // What is shown about a frequency tells how a ring's power is distributed over it.
        (double sum, double usual) = (0, 0);
        for (int ky = -Band.RowReach; ky <= Band.RowReach; ky++)
        {
            for (int kx = -Band.ColumnReach; kx <= Band.ColumnReach; kx++)
            {
                if (Band.Contains(ky, kx) && Rings.Ring(Math.Sqrt(Band.Grid.SquaredFrequency(ky, kx))) == Rings.Ring(Math.Sqrt(Band.Grid.SquaredFrequency(12, 5))))
                {
                    (sum, usual) = (sum + local.At(ky, kx).Phase, usual + 2);
                }
            }
        }

        Assert.Equal(usual, sum, 1e-9 * usual);
    }

    [Fact]
    public void At_most_those_of_the_ring_leaves_what_is_below_and_cuts_what_is_above()
    {
        ExpectedPowers local = Local();
        ExpectedPowers most = local.AtMost(Rings);
        Assert.Equal(2, most.At(12, 5).Phase, 1e-12);
        Assert.Equal(local.At(0, 13).Phase, most.At(0, 13).Phase);
    }

    [Fact]
    public void Mixed_neither_is_less_than_a_share_of_the_other()
    {
        PriorPower mixed = ExpectedPowers.Of(Band, Rings).Mixed(0.4).At(3, 3);
        Assert.Equal(0.8, mixed.Amplitude, 1e-12);
        Assert.Equal(2, mixed.Phase);
        Assert.Equal(0, mixed.Common);
    }

    [Fact]
    public void Where_the_frames_say_too_little_the_rings_powers_stay()
    {
        SeriesStatistics quiet = Statistics with { Noise = [.. Statistics.Noise.Select(static _ => 1e6)] };
        ExpectedPowers local = Local(quiet);
        Assert.Equal(2, local.At(0, 13).Phase, 1e-9);
        Assert.Equal(2, local.At(12, 5).Phase, 1e-9);
    }

    private static ExpectedPowers Local(SeriesStatistics? statistics = null)
    {
        using ComplexPlane wave = Band.CreateSpectrum();
        // ψ(g) = ip and ψ(−g) = ip* of p = 60 P½ at (12, 5).
        float value = 60 * 64;
        wave[Band.RowReach + 12, Band.ColumnReach + 5] = (0, value);
        wave[Band.RowReach - 12, Band.ColumnReach - 5] = (0, value);
        return ExpectedPowers.Of(Band, Rings).Local((statistics ?? Statistics).Information(1, default), wave, Rings, 0, 1, (1, 1));
    }
}
