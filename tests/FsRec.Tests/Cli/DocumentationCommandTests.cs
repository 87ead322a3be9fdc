using System.Globalization;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Simulation;
using FsRec.Tests.Formats;

namespace FsRec.Tests.Cli;

/// <summary>
/// The command lines that PyFSRec's documentation prints, in its order, with <c>fsrec</c> for <c>python PyFSRec.py</c>: each does what
/// the text around it says.
/// </summary>
public sealed class DocumentationCommandTests : IDisposable
{
    private const int Frames = 16;
    private const int Side = 160;
    private const double StepError = 0.03;
    private const string PreAlignment = "Pre-alignment";
    private const string FociLine = "Foci=";

    private readonly TemporaryFolder _folder = new();
    private readonly SimulatedSeries _series;

    public DocumentationCommandTests()
    {
        _series = SeriesSimulator.Simulate(SimulationParameters.Demo with
        {
            Calibration = new Calibration(Side, Side, 0.045, 0.045),
            FrameCount = Frames,
            Drift = new DriftModel { LargestStep = 1 },
            FocusErrors = new FocusErrors { StepError = StepError },
        });
        Assert.Equal(Prm, _series.Write(_folder.Path, "config"));
        Change("LinearIterations", "5");
    }

    private string Prm => _folder.File("config.fsr");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_documentations_command_lines_do_what_it_says_of_them()
    {
        // In one test, as each takes up what those before it left.
        Example_call();
        Help();
        Continue_a_previous_reconstruction();
        Autofocus_and_reconstruct_again();
        Focus_step_refinement();
        Continue_with_the_refined_foci();
        Boxcar_sums();
    }

    private static double[] Numbers(string list) =>
        [.. list.Trim('[', ']').Split(',').Select(static text => double.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>The lists of foci that were printed, ready for a parameter file.</summary>
    private static string[] FociLists(string output) =>
        [.. output.Split('\n').Where(static line => line.StartsWith(FociLine, StringComparison.Ordinal)).Select(static line => line[FociLine.Length..])];

    private static double Printed(string output, string before)
    {
        int start = output.IndexOf(before, StringComparison.Ordinal);
        Assert.True(start >= 0, $"'{before}' was not printed: {output}");
        string rest = output[(start + before.Length)..].TrimStart();
        return double.Parse(rest[..rest.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }

    // "When finished PyFSRec saves a reconstructed image wave function, a filtered wavefunction, the relative displacements".
    private void Example_call()
    {
        (string output, string error) = Run("--prm \"PRM\"".Replace("PRM", Prm, StringComparison.Ordinal));

        Assert.Equal(["config.wav", "config_dxy.csv", "config_filt.wav"], Results());
        Assert.Equal(8 * Side * Side, Content("config.wav").Length);
        Assert.Equal(8 * Side * Side, Content("config_filt.wav").Length);
        Assert.Equal(Frames, DisplacementFile.Read(Result("config_dxy.csv")).Count);
        Assert.Contains(PreAlignment, error, StringComparison.Ordinal);
        Assert.Contains("5 iterations", output, StringComparison.Ordinal);
        Assert.Empty(FociLists(output));
    }

    // "To get information on the command line options".
    private void Help()
    {
        (string output, string error) = Run("--help");

        Assert.Empty(error);
        Assert.All(
            (string[])["--prm", "--debug", "--showalignment", "--showarea", "--prealignonly", "--boxcar", "--linitier", "--useprevious", "--stepanalysis", "--autofocus", "--help", "-h"],
            option => Assert.Contains(option, output, StringComparison.Ordinal));
        Assert.Equal(3, Results().Length);
    }

    // "It skips the pre-alignment and it will do four linear reconstruction iterations." There are no refined foci yet:
    // "the program will use the settings in the parameter file if <basename>_foci.csv is not found".
    private void Continue_a_previous_reconstruction()
    {
        byte[] wave = Content("config.wav");
        IReadOnlyList<FrameDisplacement> before = DisplacementFile.Read(Result("config_dxy.csv"));

        (string output, string error) = Run("--prm=config.fsr --stepanalysis --useprevious --liniter=4");

        Assert.DoesNotContain(PreAlignment, error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Reconstruction 4/4", error, StringComparison.Ordinal);
        Assert.Contains("4 iterations", output, StringComparison.Ordinal);
        Assert.Contains("the foci of the parameter file are used", error, StringComparison.Ordinal);
        Assert.NotEqual(wave, Content("config.wav"));
        Assert.All(
            before.Zip(DisplacementFile.Read(Result("config_dxy.csv"))),
            static pair => Assert.InRange(Math.Abs(pair.First.Dx - pair.Second.Dx) + Math.Abs(pair.First.Dy - pair.Second.Dy), 0, 0.5));
        AssertFociPrintedAndWritten(output);
    }

    // "The program will override the previous output", "paste these values into the parameter file", "Use this function only once!
    // You'll have to redo the reconstruction", and "Subsequent reconstructions then do not require a correction or only a minor refinement".
    private void Autofocus_and_reconstruct_again()
    {
        (byte[] wave, byte[] filtered) = (Content("config.wav"), Content("config_filt.wav"));
        // With foci 12 nm off, a wave as much off the exit plane.
        Change("Foci", List(_series.Series.Foci.Select(static z => z + 12)));
        File.Delete(Result("config_foci.csv"));
        Run("--prm=config.fsr");
        byte[] displacements = Content("config_dxy.csv");

        (string output, string error) = Run("--prm=config.fsr --autofocus");

        Assert.NotEqual(wave, Content("config.wav"));
        Assert.NotEqual(filtered, Content("config_filt.wav"));
        Assert.Equal(displacements, Content("config_dxy.csv"));
        Assert.DoesNotContain("Reconstruction", error, StringComparison.Ordinal);
        Assert.Contains("Focus values in input format", output, StringComparison.Ordinal);
        double focus = Printed(output, "Minimum contrast focus:");
        // The crystal is 1 nm thick, and its least contrast need not lie behind it.
        Assert.InRange(focus, 10, 15);
        string foci = Assert.Single(FociLists(output));
        Assert.All(_series.Series.Foci.Zip(Numbers(foci)), pair => Assert.Equal(pair.First + 12 - focus, pair.Second, 0.01));

        Assert.Contains("corrected by an autofocus before", Run("--prm=config.fsr --autofocus").Error, StringComparison.Ordinal);

        Change("Foci", foci);
        Run("--prm=config.fsr");
        (output, error) = Run("--prm=config.fsr --autofocus");
        Assert.InRange(Printed(output, "Minimum contrast focus:"), -0.5, 0.5);
        Assert.DoesNotContain("Warning", error, StringComparison.Ordinal);
        Run("--prm=config.fsr");
    }

    // "The program loads the previously obtained wavefunction and image displacements", "will create a file <outname>_foci.csv".
    private void Focus_step_refinement()
    {
        (byte[] wave, byte[] displacements) = (Content("config.wav"), Content("config_dxy.csv"));
        Assert.False(File.Exists(Result("config_foci.csv")));

        (string output, string error) = Run("--prm=config.fsr --stepanalysis");

        Assert.DoesNotContain("Reconstruction", error, StringComparison.Ordinal);
        Assert.DoesNotContain(PreAlignment, error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(wave, Content("config.wav"));
        Assert.Equal(displacements, Content("config_dxy.csv"));
        AssertFociPrintedAndWritten(output);
    }

    // The command line of "How to continue" once more, now "using the refined focus values in the previous reconstruction output".
    private void Continue_with_the_refined_foci()
    {
        IReadOnlyList<FrameFocus> previous = FocusFile.Read(Result("config_foci.csv"));

        (string output, string error) = Run("--prm=config.fsr --stepanalysis --useprevious --liniter=4");

        Assert.DoesNotContain("Warning", error, StringComparison.Ordinal);
        Assert.Contains("config_foci.csv", error, StringComparison.Ordinal);
        string[] lines = output.Split('\n');
        int header = Array.FindIndex(lines, static line => line.Contains("initial", StringComparison.Ordinal));
        Assert.All(previous, focus => Assert.Equal(
            focus.Defocus,
            double.Parse(lines[header + 1 + focus.ImageNumber].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture),
            0.01));
        AssertFociPrintedAndWritten(output);
    }

    // "the program loads the previously obtained displacements, align images and sums m nearest neighbour images. Summed images will be
    // saved under <outname>_boxcar_m_float32_xxx.raw where xxx is a three-digit running number from 0 to Floor(N/m)-1".
    private void Boxcar_sums()
    {
        (byte[] wave, byte[] displacements) = (Content("config.wav"), Content("config_dxy.csv"));

        (_, string error) = Run("--prm=config.fsr --useprevious --boxcar=5");

        Assert.DoesNotContain(PreAlignment, error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(wave, Content("config.wav"));
        Assert.Equal(displacements, Content("config_dxy.csv"));
        Assert.Equal(
            ["config_boxcar_5.fsr", "config_boxcar_5_float32_000.raw", "config_boxcar_5_float32_001.raw", "config_boxcar_5_float32_002.raw"],
            Results().Where(static name => name.Contains("boxcar", StringComparison.Ordinal)));
        Assert.Equal(4 * Side * Side, Content("config_boxcar_5_float32_002.raw").Length);

        // "you'll need to create an appropriate parameter input file": it lies beside the sums, and is.
        ReconstructionParameters parameters = ParameterFile.Load(Result("config_boxcar_5.fsr")).GetParameters();
        IReadOnlyList<FrameFocus> foci = FocusFile.Read(Result("config_foci.csv"));
        Assert.Equal(3, parameters.Files.ImageCount);
        Assert.All(
            parameters.Foci.Index(),
            focus => Assert.Equal(foci.Skip(5 * focus.Index).Take(5).Average(static f => f.Defocus), focus.Item, 0.01));
        Run("--prm=results/config_boxcar_5.fsr");
        Assert.Equal(8 * Side * Side, Content("config_boxcar_5.wav").Length);
    }

    private void AssertFociPrintedAndWritten(string output)
    {
        string[] lists = FociLists(output);
        Assert.Equal(2, lists.Length);
        Assert.All(lists, static list => Assert.Equal(Frames, Numbers(list).Length));
        IReadOnlyList<FrameFocus> written = FocusFile.Read(Result("config_foci.csv"));
        Assert.Equal(Enumerable.Range(0, Frames), written.Select(static f => f.ImageNumber));
        Assert.All(written.Zip(Numbers(lists[1])), static pair => Assert.Equal(pair.First.Defocus, pair.Second, 0.01));

        double nominal = (_series.Series.Foci[^1] - _series.Series.Foci[0]) / (Frames - 1);
        double step = Printed(output, "Focus step ");
        Assert.InRange(step / (nominal * (1 + StepError)), 0.99, 1.01);
        double[] line = Numbers(lists[0]);
        Assert.Equal(step, (line[^1] - line[0]) / (Frames - 1), 0.01);
    }

    private static string List(IEnumerable<double> values) =>
        $"[{string.Join(',', values.Select(static z => z.ToString("0.00", CultureInfo.InvariantCulture)))}]";

    private (string Output, string Error) Run(string commandLine)
    {
        (int code, string output, string error) = Fsrec.RunIn(_folder.Path, commandLine);
        Assert.True(code == 0, $"fsrec {commandLine} ended with {code}: {error}");
        return (output, error);
    }

    private string Result(string name) => _folder.File("results/" + name);

    private byte[] Content(string name) => File.ReadAllBytes(Result(name));

    private string[] Results() =>
        [.. _folder.Names().Where(static name => name.StartsWith("results/", StringComparison.Ordinal) && !name.EndsWith("_run.json", StringComparison.Ordinal)).Select(static name => name["results/".Length..])];

    /// <summary>What a user does who pastes a value into the parameter file.</summary>
    private void Change(string key, string value)
    {
        string[] lines = File.ReadAllLines(Prm);
        int at = Array.FindIndex(lines, line => line.StartsWith(key + "=", StringComparison.Ordinal) || line.StartsWith(key + " =", StringComparison.Ordinal));
        Assert.True(at >= 0, $"There is no {key} in the file.");
        lines[at] = $"{key}={value}";
        File.WriteAllLines(Prm, lines);
    }
}
