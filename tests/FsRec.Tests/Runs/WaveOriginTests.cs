using FsRec.Focus;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Tests.Runs;

/// <summary>A wave on disk is used with what it was made with, or it is said that it is not.</summary>
public sealed class WaveOriginTests : IDisposable
{
    private const double Off = 15;

    private static readonly RunOptions Stay = new() { UsePrevious = true, Iterations = 0 };
    private static readonly RunOptions Focus = new() { Autofocus = true };

    private readonly RunFolder _run = new();
    private readonly ReconstructionParameters _given;

    public WaveOriginTests()
    {
        // Foci too high, for an autofocus to find.
        _given = _run.Parameters.With("Foci", FocusText.Format(_run.Parameters.SelectedFoci.Select(static z => z + Off)));
        _run.Parameters = _given;
        _run.Run();
    }

    public void Dispose() => _run.Dispose();

    private RunMessage[] Told => [.. _run.Messages.Where(static m => m.Id == WarningIds.WaveOfOtherParameters)];

    [Theory]
    [InlineData("Foci", "-60,30", "--useprevious")]
    [InlineData("Foci", "-60,30", "--stepanalysis")]
    [InlineData("Foci", "-60,30", "--autofocus")]
    [InlineData("Voltage", "120", "--useprevious")]
    [InlineData("Voltage", "120", "--stepanalysis")]
    [InlineData("Voltage", "120", "--autofocus")]
    [InlineData("C3", "900000", "--autofocus")]
    [InlineData("Sampling", "[0.06,0.06]", "--autofocus")]
    [InlineData("Range", "[[0,6]]", "--autofocus")]
    [InlineData("Dimensions", "[72,64]", "--autofocus")]
    public void Other_parameters_than_those_of_the_wave_are_a_doubt(string key, string value, string option)
    {
        _run.Parameters = Without(_given, key == "Range").With(key, value);
        RunOptions options = new() { UsePrevious = option == "--useprevious", Iterations = 0, StepAnalysis = option == "--stepanalysis", Autofocus = option == "--autofocus" };

        // What the frames themselves cannot be read with comes to no wave.
        RunResult? result = null;
        Exception? refused = Record.Exception(() => result = _run.Run(options));

        if (refused is not null)
        {
            Assert.IsType<DataException>(refused);
            return;
        }

        string text = Assert.Single(Told).Text;
        Assert.Contains($"was made with {key}=", text, StringComparison.Ordinal);
        Assert.Contains($"now say {key}=", text, StringComparison.Ordinal);
        Assert.Contains("from the frames first", text, StringComparison.Ordinal);
        Assert.True(RunWarnings.IsDoubt(WarningIds.WaveOfOtherParameters));
        Assert.True(result!.IsDoubtful);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wave_stays_doubtful_whatever_was_analysed_meanwhile(bool autofocus)
    {
        _run.Parameters = _given.With("Voltage", "120").With("Foci", "-60,30");
        _run.Run(new RunOptions { StepAnalysis = !autofocus, Autofocus = autofocus });
        Assert.Single(Told);

        _run.Run(new RunOptions { StepAnalysis = true });

        Assert.Contains("Voltage=", Assert.Single(Told).Text, StringComparison.Ordinal);
        Assert.Contains("Foci=", Assert.Single(Told).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, true)]
    [InlineData(true, true, true)]
    public void Other_images_of_the_same_names_are_a_doubt(bool others, bool analysedBefore, bool isDoubt)
    {
        string folder = _run.In("../other");
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(_run.In("")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        if (others)
        {
            // Of the last image, whose first pixel is another.
            string last = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Last();
            byte[] bytes = File.ReadAllBytes(last);
            bytes[0] ^= 1;
            File.WriteAllBytes(last, bytes);
        }

        _run.Parameters = _given.With("INPUTPATH", folder + "/");
        if (analysedBefore)
        {
            // Its record names the other images; the wave is what it was.
            _run.Run(new RunOptions { StepAnalysis = true });
            Assert.Single(Told);
        }

        RunResult result = _run.Run(Stay);

        Assert.Equal(isDoubt, result.IsDoubtful);
        Assert.Equal(isDoubt ? 1 : 0, Told.Length);
        Assert.All(Told, static m => Assert.Contains("other images", m.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Images_that_were_written_again_are_a_doubt_by_their_content()
    {
        string first = Directory.EnumerateFiles(_run.In("")).Order(StringComparer.Ordinal).First();
        byte[] bytes = File.ReadAllBytes(first);
        File.WriteAllBytes(first, bytes);
        File.SetLastWriteTimeUtc(first, DateTime.UtcNow.AddSeconds(-5));
        _run.Run(new RunOptions { StepAnalysis = true });
        Assert.Empty(Told);

        bytes[0] ^= 1;
        File.WriteAllBytes(first, bytes);
        _run.Run(new RunOptions { StepAnalysis = true });
        Assert.Single(Told);
    }

    [Fact]
    public void A_corrected_wave_is_continued_with_its_own_foci()
    {
        RunResult corrected = _run.Run(Focus);
        double focus = corrected.Autofocus!.Focus;
        Assert.InRange(focus, 1, 2 * Off);

        RunResult next = _run.Run(Stay);

        Assert.Equal(_given.SelectedFoci.Select(z => z - focus), next.Aligned.Series.Foci);
        Assert.DoesNotContain(_run.Messages, static m => m.IsWarning && m.Id != WarningIds.FilesRemoved);
        // Through a table of six decimals.
        Assert.All(next.Aligned.Series.Foci.Zip(_run.Run(Stay).Aligned.Series.Foci), static pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void A_second_autofocus_announces_the_foci_that_the_wave_then_has()
    {
        double first = _run.Run(Focus).Autofocus!.Focus;

        AutofocusResult second = _run.Run(Focus).Autofocus!;

        Assert.Equal(_given.SelectedFoci.Select(z => z - first - second.Focus), second.Foci.Select(static f => f.Defocus));
        Assert.Empty(Told);
    }

    [Fact]
    public void Foci_that_the_autofocus_announced_pass_without_a_word()
    {
        string announced = _run.Run(Focus).Autofocus!.FociText;
        _run.Parameters = _given.With("Foci", announced);

        RunResult next = _run.Run(Stay);

        Assert.Equal(_run.Parameters.SelectedFoci, next.Aligned.Series.Foci);
        Assert.DoesNotContain(_run.Messages, static m => m.IsWarning && m.Id != WarningIds.FilesRemoved);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Foci_that_a_step_analysis_announced_pass_without_a_word(bool refined)
    {
        FocusStepAnalysis analysis = _run.Run(new RunOptions { StepAnalysis = true }).StepAnalysis!;
        _run.Parameters = _given.With("Foci", refined ? analysis.RefinedFociText : analysis.FittedFociText);

        _run.Run(Focus);
        Assert.Empty(Told);
        _run.Run(Stay);

        Assert.Empty(Told);
    }

    [Fact]
    public void The_foci_that_were_corrected_are_a_doubt_once_others_are_given()
    {
        _run.Run(Focus);
        _run.Parameters = _given.With("Foci", "-60,30");

        Assert.True(_run.Run(Stay).IsDoubtful);

        Assert.Contains("Foci=", Assert.Single(Told).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Voltage", "120", true)]
    [InlineData("Foci", "-60,30", true)]
    [InlineData("Limit", "3.5", false)]
    public void A_wave_that_is_read_by_itself_knows_where_it_came_from(string key, string value, bool isOther)
    {
        ExitWave wave = WaveFile.Read(_run.Out("rec.wav"), _given.Image.Calibration);
        _run.Messages.Clear();

        PreviousOutput.WarnOfWave(wave, SeriesReader.Read(_given.With(key, value)), new RunContext { Message = _run.Messages.Add });

        Assert.Equal(isOther ? 1 : 0, Told.Length);
    }

    [Fact]
    public void Keys_that_the_wave_does_not_hang_on_may_change()
    {
        _run.Parameters = _given.With("Limit", "3.5").With("Autofocusrange", "40");

        _run.Run(Focus);

        Assert.Empty(Told);
    }

    [Fact]
    public void The_end_of_the_search_range_corrects_nothing_and_is_a_doubt()
    {
        Dictionary<string, string> before = _run.Contents();
        _run.Parameters = _given.With("Autofocusrange", "4").With("Limit", "6");

        RunResult result = _run.Run(Focus);

        Assert.True(result.Autofocus!.AtEdge);
        Assert.True(RunWarnings.IsDoubt(WarningIds.FocusAtEdge));
        Assert.Contains("left as they were", Assert.Single(_run.Messages, static m => m.Id == WarningIds.FocusAtEdge).Text, StringComparison.Ordinal);
        Dictionary<string, string> after = _run.Contents();
        Assert.True(after.Remove("rec_autofocus.csv"));
        Assert.Equal(before, after);
        _run.Parameters = _given;
        Assert.Equal(_given.SelectedFoci, _run.Run(Stay).Aligned.Series.Foci);
    }

    private static ReconstructionParameters Without(ReconstructionParameters parameters, bool prealignment) =>
        prealignment ? parameters with { Alignment = parameters.Alignment with { Prealignment = false } } : parameters;
}
