using FsRec.Parameters;
using FsRec.Series;
using FsRec.Sweeps;
using FsRec.Tests.Runs;

namespace FsRec.Tests.Cli;

/// <summary>What <c>fsrec</c> makes of a command line, and what it says of one that it does not understand.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly RunFolder _run = new();
    private readonly string _prm;

    public CommandLineTests()
    {
        _prm = _run.In("config.fsr");
        ParameterFile.Write(_run.Parameters, _prm);
    }

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("--lintier", "3")]
    [InlineData("--liniter", "many")]
    [InlineData("--liniter", "-1")]
    [InlineData("--liniter", "2.5")]
    [InlineData("extra")]
    public void A_command_line_that_is_not_understood_does_nothing(params string[] arguments)
    {
        (int code, string output, string error) = Fsrec.Run(["--prm", _prm, .. arguments]);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith("fsrec: ", error, StringComparison.Ordinal);
        Assert.Contains(arguments[0], error, StringComparison.Ordinal);
        Assert.Empty(_run.Outputs());
    }

    [Fact]
    public void Without_arguments_it_says_what_it_takes()
    {
        (int code, string output, string error) = Fsrec.Run();

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("--prm", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_names_every_option_of_PyFSRec()
    {
        (int code, string output, string error) = Fsrec.Run("--help");

        Assert.Equal(0, code);
        Assert.Empty(error);
        Assert.All(
            (string[])["--prm", "--liniter", "--useprevious", "--prealignonly", "--stepanalysis", "--autofocus", "--boxcar", "--showarea", "--showalignment", "--debug"],
            option => Assert.Contains(option, output, StringComparison.Ordinal));
    }

    [Fact]
    public void The_command_that_is_for_batch_scripts_only_is_not_listed_and_works()
    {
        Assert.DoesNotContain("sweep-task", Fsrec.Run("--help").Output, StringComparison.Ordinal);
        // There is no such sweep, which is for the command to find and no error of usage.
        Assert.Equal(SweepTask.Refused, Fsrec.Run("sweep-task", "no-such-folder", "sweep", "1", "1").ExitCode);
    }

    // Of these there is nothing that holds without them.
    private static readonly string[] WithoutDefault =
        ["--prm", "--boxcar", "--crossvalidate", "--set", "--save", "--log-json", "--dimensions", "--metrics", "--as-service"];

    [Theory]
    [InlineData("", 2)]
    [InlineData("reconstruct", 9)]
    [InlineData("file", 3)]
    [InlineData("demo", 15)]
    [InlineData("simulate", 15)]
    [InlineData("watch", 9)]
    public void Help_states_the_default_of_every_option_that_takes_a_value(string command, int least)
    {
        string[] lines = [.. Fsrec.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Output.Split('\n')
            .SkipWhile(static line => line != "Options:").TakeWhile(static line => line != "Commands:")
            .Where(static line => line.TrimStart().StartsWith('-') && line.Contains('<', StringComparison.Ordinal) && !line.Contains("(REQUIRED)", StringComparison.Ordinal))];

        string[] stating = [.. lines.Where(line => !Array.Exists(WithoutDefault, option => line.TrimStart().StartsWith(option + " ", StringComparison.Ordinal)))];
        Assert.True(stating.Length >= least, string.Join('\n', lines));
        Assert.All(stating, static line => Assert.Matches(@"\[[^\]]+\]\s*$", line));
    }

    [Fact]
    public void The_defaults_of_help_are_those_of_the_demonstration()
    {
        string help = Fsrec.Run("demo", "--help").Output;

        Assert.Contains("Number of frames. [default: 20]", help, StringComparison.Ordinal);
        Assert.Contains("Pixel size in nm. [default: 0.045]", help, StringComparison.Ordinal);
        Assert.Contains("[300 kV, C3 1.2 mm, semi-convergence 0.1 mrad, focus spread 4 nm, image spread 20 pm]", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simulate --output none --sampling")]
    [InlineData("simulate --output none --first-focus")]
    [InlineData("simulate --output none --last-focus")]
    [InlineData("simulate --output none --focus-error")]
    [InlineData("simulate --output none --step-error")]
    [InlineData("simulate --output none --drift")]
    [InlineData("simulate --output none --dose")]
    [InlineData("watch none --quiet-time")]
    [InlineData("watch none --interval")]
    [InlineData("watch none --patience")]
    public void Decimals_behind_a_comma_are_no_thousands(string command)
    {
        string option = command.Split(' ')[^1];

        (int code, _, string error) = Fsrec.Run([.. command.Split(' '), "0,045"]);

        Assert.Equal(2, code);
        Assert.Contains($"{option} takes a number with a decimal point, as in 0.045; found '0,045'.", error, StringComparison.Ordinal);
        Assert.Contains($"{option} takes a number without commas; found '1,000,000'.", Fsrec.Run([.. command.Split(' '), "1,000,000"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_an_option_is_told_its_option()
    {
        (int code, _, string error) = Fsrec.Run(_prm);
        Assert.Equal(2, code);
        Assert.Contains($"fsrec --prm \"{_prm}\"", error, StringComparison.Ordinal);

        string stack = _run.In("stack.mrc");
        SeriesExport.Write(stack, new FocalSeries(_run.Parameters, _run.Frames));
        Assert.Contains($"fsrec reconstruct \"{stack}\"", Fsrec.Run(stack).Error, StringComparison.Ordinal);
        Assert.Contains("The nearest command is reconstruct.", Fsrec.Run("reconstrct", stack).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reconstruct")]
    [InlineData("file")]
    public void A_misspelt_option_is_no_file(string command)
    {
        string stack = _run.In("stack.mrc");
        SeriesExport.Write(stack, new FocalSeries(_run.Parameters, _run.Frames));

        (int code, _, string error) = Fsrec.Run(command, stack, "--hepl");

        Assert.Equal(2, code);
        Assert.Contains("there is no option '--hepl'.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("exist", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelt_microscope_is_told_the_nearest()
    {
        string stack = _run.In("stack.mrc");
        SeriesExport.Write(stack, new FocalSeries(_run.Parameters, _run.Frames));

        foreach (string[] command in (string[][])[["simulate", "-o", _run.In("none")], ["demo", "-o", _run.In("none")], ["reconstruct", stack]])
        {
            (int code, _, string error) = Fsrec.Run([.. command, "--microscope", "titan-300-stvin"]);

            Assert.Equal(2, code);
            Assert.Contains("There is no microscope 'titan-300-stvin'. The nearest name is titan-300-stwin. Get-FsrMicroscope and fsrec microscopes list", error, StringComparison.Ordinal);
        }

        (int begun, _, string names) = Fsrec.Run("demo", "-o", _run.In("none"), "--microscope", "titan");
        Assert.Equal(2, begun);
        Assert.Contains("Names that begin so: titan-200-corrected, titan-300-corrected, titan-300-stwin, titan-80-corrected.", names, StringComparison.Ordinal);
        Assert.DoesNotContain("uncorrected", names, StringComparison.Ordinal);

        Assert.False(Directory.Exists(_run.In("none")));
    }

    [Theory]
    [InlineData("--prm a --prm b", "--prm is given 2 times ('a', 'b')")]
    [InlineData("--prm a --threads 1 --threads 2", "--threads is given 2 times ('1', '2')")]
    [InlineData("--prm a --liniter 3 --linitier 4", "--liniter is given 2 times ('3', '4')")]
    [InlineData("--prm a --json --json", "--json is given 2 times;")]
    [InlineData("simulate --output a --drift 1 --drift x", "--drift is given 2 times ('1', 'x')")]
    [InlineData("reconstruct --foci=1 --foci=2 a.tif", "--foci is given 2 times ('1', '2')")]
    [InlineData("--threads 1 simulate --threads 1 --output a", "--threads stands before simulate")]
    [InlineData("simulate --output a --dose NaN", "--dose takes a number, which is finite; found 'NaN'")]
    [InlineData("simulate --output a --sampling=-Infinity", "--sampling takes a number, which is finite; found '-Infinity'")]
    [InlineData("simulate --output a --drift 1e400", "--drift takes a number, which is finite; found '1e400'")]
    public void What_a_command_line_says_twice_or_in_vain_is_refused_by_name(string line, string expected)
    {
        (int code, string output, string error) = Fsrec.RunIn(_run.In(""), line);

        Assert.Equal(2, code);
        Assert.True(output.Length == 0 || line.Contains("--json", StringComparison.Ordinal));
        string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("fsrec: " + expected, lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Options_of_many_values_may_be_given_many_times()
    {
        Fsrec.Run("--prm", _prm, "--quiet", "--set", "Comkernel=2", "--set", "Limit=3", "--save", _run.In("a.npy"), "--save", _run.In("b.mrc"));

        Assert.True(File.Exists(_run.In("a.npy")) && File.Exists(_run.In("b.mrc")));
    }

    [Fact]
    public void A_name_with_an_at_sign_is_a_file_like_any_other()
    {
        string file = _run.In("@config.fsr");
        File.Copy(_prm, file);

        (int code, _, string error) = Fsrec.RunIn(Path.GetDirectoryName(file)!, "--prm @config.fsr --quiet");

        Assert.Equal(0, code);
        Assert.DoesNotContain("[OPTICS]", error, StringComparison.Ordinal);
    }
}
