using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Alignment.Places;

namespace FsRec.Tests.Runs;

/// <summary>What is said to be the cause of a wave that does not explain its frames, and of which wave it is said.</summary>
public sealed class MisfitWarningTests
{
    // Of 0.05² of noise and 0.2² − 0.05² of signal, all is left: a power of 0.0375.
    private static readonly LinearFit Nothing = new(0.2, 0.2, 0.05);

    /// <summary>A pixel of k times the signal in one of ten frames of 96² adds (k − 1)² / 92160, and its neighbours' contrast to that.</summary>
    [Theory]
    [InlineData(4, 1, false, true)]
    [InlineData(12, 1, true, true)]
    [InlineData(50, 10, true, false)]
    public void Defects_are_named_where_they_can_be_the_cause(int times, int frames, bool defects, bool parameters)
    {
        Reconstruction result = Result(times, frames) with { Fit = Nothing };

        string warning = Misfit(result)!;

        Assert.Equal(frames, result.Series.DefectivePixels.Count(static count => count > 0));
        Assert.Equal(defects, warning.Contains("Fixhotpix=Yes", StringComparison.Ordinal));
        Assert.Equal(parameters, warning.Contains("foci, pixel size", StringComparison.Ordinal));
    }

    /// <summary>Dead rows spoil a wave: they are named, whatever else may be wrong.</summary>
    [Fact]
    public void Dead_rows_are_named()
    {
        var field = new FieldSeries(4);
        float[][] frames = field.Frames();
        Assert.All(frames, frame => frame.AsSpan(40 * field.Size, 2 * field.Size).Clear());

        Assert.Contains("Fixhotpix=Yes", Misfit(Unmoved(field.Series(frames)) with { Fit = Nothing }), StringComparison.Ordinal);
    }

    /// <summary>Where Limit lies beyond what a series resolves, its linear wave is noise; the restored one has none there.</summary>
    [Fact]
    public void It_is_the_wave_of_the_result_that_counts()
    {
        Reconstruction linear = Result(1, 0) with { Fit = Nothing, ResidualRms = 0.06 };
        Reconstruction restored = linear with { Method = RestorationMethod.Wiener };

        Assert.StartsWith("the linear wave leaves more than all", Misfit(linear with { Fit = Nothing with { ResidualRms = 0.3 } }), StringComparison.Ordinal);
        Assert.Null(Misfit(restored));
        Assert.StartsWith("the wave leaves 60 %", Misfit(restored with { ResidualRms = Math.Sqrt(0.0025 + (0.6 * 0.0375)) }), StringComparison.Ordinal);
        // A wave that was read has no residual of its own.
        Assert.NotNull(Misfit(restored with { ResidualRms = double.NaN }));
    }

    [Fact]
    public void A_limit_that_nobody_gave_may_be_the_cause()
    {
        FocalSeries series = Result(1, 0).Series;
        var frames = new FrameStore(series.Count, series.Parameters.Image);
        Assert.All(Enumerable.Range(0, series.Count), n => frames.Put(n, series.Frame(n), "a"));
        var source = new SeriesSource { Files = [], Format = "", ImageCount = series.Count, PixelType = PixelType.Float32, IsLimitAssumed = true };
        var assumed = new FocalSeries(series.Parameters, series.ImageNumbers, series.Foci, frames, source);

        Assert.Contains("Are Limit, which nobody gave, foci", Misfit(Unmoved(assumed) with { Fit = Nothing }), StringComparison.Ordinal);
        Assert.DoesNotContain("Limit", Misfit(Unmoved(series) with { Fit = Nothing }), StringComparison.Ordinal);
    }

    /// <summary>Of few frames nothing else tells of foci in Å.</summary>
    [Theory]
    [InlineData(1, "Are foci, pixel size")]
    [InlineData(10, "Are foci (in nm: -2500 to -600; were they given in Å?), pixel size")]
    public void Large_foci_are_named_with_their_unit(double factor, string words)
    {
        FocalSeries series = Result(1, 0).Series;
        double[] foci = [.. Enumerable.Range(0, series.Count).Select(n => factor * (-250 + (190.0 * n / (series.Count - 1))))];

        Assert.Contains(words, Misfit(Unmoved(series.WithFoci(foci)) with { Fit = Nothing }), StringComparison.Ordinal);
    }

    private static string? Misfit(Reconstruction result) => MisfitWarning.Of(result)?.Text;

    private static Reconstruction Result(int times, int frames)
    {
        var field = new FieldSeries(4);
        float[][] pixels = field.Frames();
        for (int n = 0; n < frames; n++)
        {
            pixels[n][(50 * field.Size) + 31] *= times;
        }

        return Unmoved(field.Series(pixels));
    }

    private static Reconstruction Unmoved(FocalSeries series) =>
        LinearReconstruction.FromWave(AlignedSeries.Unmoved(series), new ExitWave(series.Calibration, new float[2 * series.Calibration.PixelCount]));
}
