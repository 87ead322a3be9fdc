using FsRec.Focus;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Tests.Reference;

/// <summary>Focus-step analysis and autofocus against the corrected published program, on its own wave and displacements.</summary>
public class ExampleFocusTests(ITestOutputHelper output)
{
    [Fact]
    public void Refined_foci_lie_within_a_search_step_of_the_published_ones()
    {
        // The published program's own default filter, of which its parameter file says nothing.
        FocusStepAnalysis analysis = FocusStepAnalyzer.Analyze(Previous(KeyValuePair.Create("Refinementfilter", "[2,6]")));

        IReadOnlyList<FrameFocus> expected = FocusFile.Read(ExampleData.Expected("step-analysis", "_foci.csv"));
        double[] differences = [.. analysis.RefinedFoci.Zip(expected, static (a, b) => a.Defocus - b.Defocus)];
        int within = differences.Count(d => Math.Abs(d) <= analysis.SearchStep);
        output.WriteLine(FormattableString.Invariant($"{analysis}; search step {analysis.SearchStep:0.0000} nm; {within} of {differences.Length} within it, largest {differences.Max(Math.Abs):0.000} nm"));
        Assert.InRange(within, 28, 30);
        Assert.InRange(analysis.Step / 6.143, 0.99, 1.01);
        Assert.Equal(-269.103, analysis.FirstFocus, 0.84);
    }

    [Fact]
    public void The_intensity_has_its_least_contrast_where_the_published_program_finds_it()
    {
        AutofocusResult result = Autofocus.Run(Previous(), AutofocusCriterion.Intensity);

        double[][] curve = [.. File.ReadLines(ExampleData.Expected("autofocus", "_autofocus.csv")).Skip(1).Select(static l => l.Split(',').Select(double.Parse).ToArray())];
        double largest = 0;
        for (int i = 0; i < curve.Length; i++)
        {
            Assert.Equal(curve[i][0], result.Curve[i].Focus, 1e-3);
            largest = Math.Max(largest, Math.Abs((result.Curve[i].Contrast / curve[i][1]) - 1));
        }

        output.WriteLine(FormattableString.Invariant($"{result}; search {result.SearchFocus:0.000}; curves differ by {largest:0.000000} relative"));
        Assert.Equal(84.463, result.SearchFocus, result.SearchStep);
    }

    [Fact]
    public void The_wave_corrected_by_the_published_focus_agrees()
    {
        Reconstruction corrected = Autofocus.Correct(Previous(), 84.462879, AutofocusCriterion.Intensity);

        ExitWave expected = WaveFile.Read(ExampleData.Expected("autofocus", ".wav"), corrected.Wave.Calibration);
        ExitWave expectedFiltered = WaveFile.Read(ExampleData.Expected("autofocus", "_filt.wav"), corrected.Wave.Calibration);
        output.WriteLine(FormattableString.Invariant($"corrected wave differs by {ExampleData.WaveDifference(corrected.Wave, expected):0.0000000}, filtered by {ExampleData.WaveDifference(corrected.FilteredWave, expectedFiltered):0.0000000} of the scattered wave"));
        Assert.InRange(ExampleData.WaveDifference(corrected.Wave, expected), 0, 1e-3);
        Assert.InRange(ExampleData.WaveDifference(corrected.FilteredWave, expectedFiltered), 0, 1e-3);
        Assert.Equal(-354.46, corrected.Series.Foci[0], 0.005);
    }

    private static Reconstruction Previous(params KeyValuePair<string, string>[] changes)
    {
        FocalSeries series = SeriesReader.Read(ExampleData.Parameters().With(changes));
        var aligned = new AlignedSeries(series, DisplacementFile.Read(ExampleData.Expected("linear20", "_dxy.csv")));
        return LinearReconstruction.FromWave(aligned, WaveFile.Read(ExampleData.Expected("linear20", ".wav"), series.Calibration));
    }
}
