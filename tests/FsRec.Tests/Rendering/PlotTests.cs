using System.Globalization;
using System.Xml.Linq;
using FsRec.Rendering;
using FsRec.Results;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Rendering;

public class PlotTests
{
    private static readonly SimulationParameters Small = new()
    {
        Calibration = new Calibration(64, 64, 0.1, 0.1),
        FrameCount = 5,
        Limit = 4,
        Dose = 0,
    };

    [Fact]
    public void A_residual_that_hardly_changes_looks_like_one()
    {
        // A part in a million is no change, and no axis of a millionth.
        string[] texts = Texts(Convergence([0.0106006, 0.0106006001, 0.0106006002], [0, 0.02, 0.001]));

        Assert.DoesNotContain(texts, static t => t.StartsWith("value =", StringComparison.Ordinal));
        double[] ticks = Numbers(texts).Where(static v => v is > 0.0100 and < 0.0110).ToArray();
        Assert.True(ticks.Max() - ticks.Min() > 1e-4, string.Join(' ', ticks));
    }

    [Fact]
    public void Convergence_begins_with_the_first_move_and_shows_the_one_that_counts_as_none()
    {
        XDocument plot = Convergence([0.02, 0.011, 0.0101], [0, 0.02, 0.001]);

        string[] titles = [.. plot.Descendants().Where(static e => e.Name.LocalName == "title").Select(static e => e.Value)];
        Assert.DoesNotContain(titles, static t => t.StartsWith("largest move: 1,", StringComparison.Ordinal));
        Assert.Contains("largest move: 2, 0.02", titles);
        Assert.Contains("Alignmentprecision", Texts(plot));
    }

    [Fact]
    public void Names_of_lines_stand_over_the_curves_on_paper()
    {
        XDocument plot = XDocument.Parse(Plots.Transfer(SeriesSimulator.Simulate(Small).Series).ToSvg());
        XElement[] all = [.. plot.Descendants()];

        int name = Array.FindIndex(all, static e => e.Name.LocalName == "text" && e.Value == "Limit");
        int curve = Array.FindLastIndex(all, static e => e.Name.LocalName == "polyline");
        Assert.True(name > curve, $"{name} {curve}");
        Assert.Equal("rect", all[name - 1].Name.LocalName);
        Assert.Contains("fill:#ffffff", all[name - 1].Attribute("style")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_numbers_keep_off_the_name_of_the_axis()
    {
        XDocument plot = XDocument.Parse(new Plot("t", "x", "y", [new PlotCurve("c", [(0, 0.00998), (1, 0.009985)])]) { LeastShare = 1e-9 }.ToSvg());

        // The axis' name stands at 15, 12 units high; texts end 6 before the frame.
        Assert.All(plot.Descendants().Where(static e => e.Name.LocalName == "text" && e.Value.StartsWith("0.00", StringComparison.Ordinal)), static text =>
            Assert.True(double.Parse(text.Attribute("x")!.Value, CultureInfo.InvariantCulture) - (0.62 * 12 * text.Value.Length) > 21, text.Value));
    }

    [Fact]
    public void A_phase_that_jumps_has_the_circle_of_hues_and_one_that_does_not_has_no_ends_to_join()
    {
        ExitWave smooth = Wave(static i => 0.5 * Math.Sin(0.01 * i));
        ExitWave jumping = Wave(static i => 0.01 * i);

        Assert.Equal((ColorMap.Viridis, null), (WaveMaps.Phase(smooth).ColorMap, WaveMaps.Phase(smooth).FixedRange));
        Assert.Equal((ColorMap.Cyclic, (-Math.PI, Math.PI)), (WaveMaps.Phase(jumping).ColorMap, WaveMaps.Phase(jumping).FixedRange!.Value));
        Assert.Equal(ColorMap.Viridis, WaveMaps.UnwrappedPhase(jumping).ColorMap);
    }

    private static ExitWave Wave(Func<int, double> phase) =>
        new(new Calibration(50, 60, 0.1, 0.1), [.. Enumerable.Range(0, 3000).SelectMany(i => new[] { (float)Math.Cos(phase(i)), (float)Math.Sin(phase(i)) })]);

    private static XDocument Convergence(double[] residuals, double[] moves)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Small);
        IterationRecord[] history = [.. residuals.Select((r, i) => new IterationRecord(i + 1, moves[i], moves[i], 0.01, r))];
        var reconstruction = new Reconstruction(new AlignedSeries(simulated.Series, simulated.TrueDisplacements), simulated.TrueWave, simulated.TrueWave, history);
        return XDocument.Parse(Plots.Of(reconstruction, PlotKind.Convergence).ToSvg());
    }

    private static string[] Texts(XDocument svg) => [.. svg.Descendants().Where(static e => e.Name.LocalName == "text").Select(static e => e.Value)];

    private static IEnumerable<double> Numbers(string[] texts) =>
        texts.Select(static t => double.TryParse(t, CultureInfo.InvariantCulture, out double v) ? v : double.NaN).Where(double.IsFinite);
}
