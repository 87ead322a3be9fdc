using FsRec.Alignment;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Tests.Series;

namespace FsRec.Tests.Alignment;

/// <summary>Where the contrast transfer changes sign inside a series, and which method aligns it then.</summary>
public class ContrastReversalTests
{
    private static readonly Microscope Corrected = new() { Voltage = 300, C3 = -15000, Semiconvergence = 0.1, FocusSpread = 3, ImageSpread = 20 };
    private static readonly Microscope Uncorrected = new() { Voltage = 300, C3 = 1.2e6, Semiconvergence = 0.1, FocusSpread = 4, ImageSpread = 20 };

    [Fact]
    public void A_corrected_microscopes_series_through_focus_reverses()
    {
        // χ = πλg²(Z + C3λ²g²/2) is 0 at Z = 0.029 nm³ g²: 0.26 nm at 3 1/nm.
        ContrastReversal? found = ContrastReversal.Find(Series(Corrected, -10, 14, 13));

        Assert.NotNull(found);
        Assert.Equal((5, 6), (found.FirstImage, found.LastImage));
        Assert.Equal(0, found.FirstFocus, 1e-9);
        Assert.Equal(2, found.LastFocus, 1e-9);
        Assert.InRange(found.Frequency, 0.5, 6);
        Assert.Contains("between 0.0 and 2.0 nm (images 5 and 6)", found.ToString(), StringComparison.Ordinal);
    }

    // Every frame of these oscillates with frequency, but none of the series reverses as a whole.
    [Theory]
    [InlineData(-250, -60, 20)]
    [InlineData(-270, -90, 30)]
    [InlineData(-250, -60, 5)]
    [InlineData(-2000, -500, 20)]
    public void An_uncorrected_microscopes_underfocus_series_does_not(double first, double last, int count) =>
        Assert.Null(ContrastReversal.Find(Series(Uncorrected, first, last, count)));

    [Theory]
    [InlineData(null, false, false, null)]
    [InlineData("sequential-com", false, false, null)]
    [InlineData("sequential", false, false, "sequential")]
    [InlineData("model", false, false, "model")]
    [InlineData("model", true, false, "model")]
    [InlineData(null, true, false, "sequential")]
    [InlineData(null, false, true, "sequential")]
    public void What_is_asked_for_is_obeyed_and_otherwise_the_data_decide(string? asked, bool commonFrame, bool invert, string? expected) =>
        Assert.Equal(expected, Prealignment.Asked(
            Series(Corrected, -10, 14, 13, new AlignmentParameters { Method = asked, CommonFrame = commonFrame, InvertContrast = invert }).Parameters));

    private static FocalSeries Series(Microscope microscope, double first, double last, int count, AlignmentParameters? alignment = null)
    {
        var calibration = new Calibration(16, 16, 0.05, 0.05);
        ReconstructionParameters parameters = SmallSeries.Parameters(
            calibration, 6, [.. Enumerable.Range(0, count).Select(n => first + ((last - first) * n / (count - 1)))]);
        parameters = parameters with { Microscope = microscope, Alignment = alignment ?? new AlignmentParameters() };
        return new FocalSeries(parameters, [.. Enumerable.Range(0, count).Select(_ => Enumerable.Repeat(1f, 256).ToArray())]);
    }
}
