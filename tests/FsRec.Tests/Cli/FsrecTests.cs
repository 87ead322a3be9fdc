using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FsRec.Formats.Microscopes;
using FsRec.Parameters;
using FsRec.Tests.Formats;
using FsRec.Tests.Runs;

namespace FsRec.Tests.Cli;

public sealed class FsrecTests : IDisposable
{
    private readonly RunFolder _run = new();
    private readonly string _prm;

    public FsrecTests()
    {
        _prm = _run.In("config.fsr");
        ParameterFile.Write(_run.Parameters, _prm);
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_run_tells_its_files_on_standard_output_and_its_progress_on_standard_error()
    {
        (int code, string output, string error) = Fsrec.Run("--prm", _prm);

        Assert.Equal(0, code);
        Assert.Equal(["rec.wav", "rec_dxy.csv", "rec_filt.wav"], _run.Outputs());
        Assert.Contains(_run.Out("rec.wav") + "\n", output, StringComparison.Ordinal);
        Assert.Contains("2 iterations", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Reconstruction 1/2", output, StringComparison.Ordinal);
        Assert.Contains("Reconstruction 1/2: largest move", error, StringComparison.Ordinal);
        Assert.DoesNotContain("\r", error, StringComparison.Ordinal);
        Assert.DoesNotContain("iterations;", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_as_JSON_is_all_there_is_on_standard_output()
    {
        (int code, string output, string error) = Fsrec.Run("--prm", _prm, "--json", "--liniter", "3");

        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        JsonElement root = json.RootElement;
        Assert.Equal(8, root.GetProperty("frames").GetInt32());
        Assert.Equal(3, root.GetProperty("iterations").GetInt32());
        Assert.InRange(root.GetProperty("scatteredFraction").GetDouble(), 0.5e-4, 2e-4); // the object's is 1e-4
        Assert.True(json.RootElement.GetProperty("files").TryGetProperty("rec.wav", out _));
        // The file beside the results is the same object.
        Assert.Equal(File.ReadAllText(_run.Out("rec_run.json")), output.TrimEnd('\n', '\r'));
        Assert.Equal(8, root.GetProperty("displacements").GetArrayLength());
        Assert.Contains("Reconstruction 3/3", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_iterations_has_a_summary_too()
    {
        Assert.Equal(0, Fsrec.Run("--prm", _prm, "--quiet").ExitCode);

        (int code, string output, string error) = Fsrec.Run("--prm", _prm, "--useprevious", "--liniter", "0", "--json", "--quiet");

        Assert.Equal(0, code);
        using var json = JsonDocument.Parse(output);
        Assert.False(json.RootElement.TryGetProperty("iterations", out _));
        // No run refined foci here, so that none are missing: nothing to warn of.
        Assert.Empty(error);
    }

    [Fact]
    public void The_documentations_spelling_of_liniter_is_taken()
    {
        (int code, string output, string error) = Fsrec.Run("--prm", _prm, "--linitier", "1", "--quiet");

        Assert.Equal(0, code);
        Assert.Contains("1 iteration", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public void All_errors_of_the_parameters_are_listed_with_their_lines()
    {
        string[] lines = File.ReadAllLines(_prm);
        int limit = Change(lines, "Limit", "Limit=fast");
        int sampling = Change(lines, "Sampling", "Sampling=[0.05,0.05,0.05]");
        File.WriteAllLines(_prm, lines);

        (int code, string output, string error) = Fsrec.Run("--prm", _prm, "--json");

        Assert.Equal(2, code);
        Assert.Equal("ParametersInvalid", Failure(output).GetProperty("id").GetString());
        Assert.Contains($"{_prm}, line {limit}: error: Limit:", error, StringComparison.Ordinal);
        Assert.Contains($"{_prm}, line {sampling}: error: Sampling:", error, StringComparison.Ordinal);
        Assert.Empty(_run.Outputs());
    }

    [Fact]
    public void A_missing_parameter_file_is_an_error_of_the_parameters()
    {
        (int code, _, string error) = Fsrec.Run("--prm", _run.In("none.fsr"));

        Assert.Equal(2, code);
        Assert.Contains("none.fsr", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--liniter abc", "--liniter takes a whole number; found 'abc'.")]
    [InlineData("--liniter -3", "--liniter takes a number of iterations, 1 or more, or 0 to take a wave that is there as it is; found '-3'.")]
    [InlineData("--liniter 0", "--liniter 0: a linear reconstruction takes 1 iteration or more")]
    [InlineData("--boxcar 100", "--boxcar 100: the series has 8 images")]
    [InlineData("--boxcar 0", "--boxcar takes a number of frames a sum, 1 or more; found '0'.")]
    [InlineData("--crossvalidate 50", "--crossvalidate 50: the series has 8 images")]
    [InlineData("--criterion best", "--criterion takes one of RealPart, Intensity; found 'best'.")]
    [InlineData("--threads many", "--threads takes a whole number; found 'many'.")]
    [InlineData("--threads -1", "--threads takes 1 to 1024, or 0 for one a processor; found '-1'.")]
    [InlineData("--liniter 1,5", "--liniter takes a whole number; found '1,5'.")]
    [InlineData("--set Limit=5,5", "Limit: Found '5,5'; expected a decimal point, as in 5.5.")]
    [InlineData("--set Sampling=0,045", "Sampling: Found '0,045'; expected a decimal point, as in 0.045.")]
    [InlineData("--set Sampling=0,045,0,045", "Sampling: Found '0,045,0,045'; expected a decimal point, as in [0.045,0.045].")]
    [InlineData("--set Limt=5", "Found the unknown key 'Limt'; expected a key of the parameter file. The nearest key is Limit.")]
    [InlineData("--rport", "there is no option '--rport'. The nearest is --report.")]
    [InlineData("--lintier=3", "there is no option '--lintier'. The nearest is --liniter.")]
    [InlineData("--limit=5", "there is no option '--limit'. The nearest key of a parameter file is Limit: --set Limit=VALUE.")]
    [InlineData("--focuspread=5", "The nearest key of a parameter file is Focusspread: --set Focusspread=VALUE.")]
    [InlineData("--set Limt=5", "The nearest key is Limit.")]
    [InlineData("--set Restoration=Winer", "expected Linear")]
    [InlineData("--set Limit", "expected key=value")]
    [InlineData("--set Limit=fast", "'fast'")]
    public void What_makes_no_sense_is_refused_before_work_in_the_words_of_a_user(string options, string text)
    {
        (int code, string output, string error) = Fsrec.Run(["--prm", _prm, "--json", .. options.Split(' ')]);

        Assert.Equal(2, code);
        Assert.Contains(text, error, StringComparison.Ordinal);
        Assert.Contains(text, Failure(output).GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Reading frames", error, StringComparison.Ordinal);
        Assert.Empty(_run.Outputs());
    }

    // Where the parser sees thousands, 0,045 would be 45 without a word.
    [Fact]
    public void Microscopes_are_listed_with_where_their_values_come_from_and_as_a_file_of_microscopes()
    {
        MicroscopePreset microscope = MicroscopePresets.Find("uncorrected-80");

        (int code, string text, _) = Fsrec.Run("microscopes");
        (int jsonCode, string json, _) = Fsrec.Run("microscopes", "--json");

        Assert.Equal((0, 0), (code, jsonCode));
        Assert.Contains($"  {microscope.Origin}", text, StringComparison.Ordinal);
        Assert.Contains("80 kV, C3 1.2 mm, C5 0,", text, StringComparison.Ordinal);
        string file = _run.In("microscopes.json");
        File.WriteAllText(file, json);
        Assert.Equal(MicroscopePresets.All().Select(static one => (one.Name, one.C3, one.Origin)), MicroscopePresets.All(file).Select(static one => (one.Name, one.C3, one.Origin)));
    }

    [Fact]
    public void A_series_is_simulated_of_a_microscope_and_its_frames_are_reconstructed_from_their_folder()
    {
        using var folder = new TemporaryFolder();
        MicroscopePreset microscope = MicroscopePresets.Find("titan-80-corrected");
        Assert.Equal(0, Fsrec.RunIn(folder.Path, $"simulate -o made --name s --rows 96 --columns 80 --frames 6 --first-focus -120 --last-focus -20 --microscope {microscope.Name} --quiet").ExitCode);

        ReconstructionParameters made = ParameterFile.Load(folder.File("made/s.fsr")).GetParameters();
        Assert.Equal((microscope.Voltage, microscope.C3, microscope.C5), (made.Microscope.Voltage, made.Microscope.C3, made.Microscope.C5));
        Assert.Equal((microscope.Semiconvergence, microscope.FocusSpread), (made.Microscope.Semiconvergence, made.Microscope.FocusSpread));

        (int code, string output, string error) = Fsrec.RunIn(
            folder.Path, $"reconstruct made --dimensions 96,80 --foci=-120,-20 --sampling {made.Image.Calibration.RowSampling.ToString(CultureInfo.InvariantCulture)} --microscope {microscope.Name} --save wave.tif --quiet --json");

        Assert.True(code is 0 or 3, error);
        Assert.All((string[])["s.wav", "s_filt.wav", "s_dxy.csv", "s_run.json", "wave.tif"], name => Assert.True(File.Exists(folder.File(name)), name));
        Assert.Equal(8 * 96 * 80, new FileInfo(folder.File("s.wav")).Length);
        using var json = JsonDocument.Parse(output);
        JsonElement parameters = json.RootElement.GetProperty("parameters");
        Assert.Equal(("[96,80]", "6"), (parameters.GetProperty("Dimensions").GetProperty("value").GetString(), parameters.GetProperty("NImages").GetProperty("value").GetString()));
        Assert.Equal("Preset", parameters.GetProperty("C5").GetProperty("from").GetString());
        // The truth that lies among the frames is none of them.
        Assert.Equal(6, json.RootElement.GetProperty("inputs").GetArrayLength());
    }

    [Fact]
    public void What_a_file_without_a_header_holds_is_told_by_the_options_that_the_error_names()
    {
        string frame = _run.In("shot.raw");
        File.WriteAllBytes(frame, new byte[2 * 32 * 40 * 3]);

        (int code, _, string error) = Fsrec.Run("file", frame);
        Assert.Equal(1, code);
        Assert.Contains("--dimensions, --pixel-type", error, StringComparison.Ordinal);

        (code, string output, error) = Fsrec.Run("file", frame, "--dimensions", "32,40", "--pixel-type", "UInt16");
        Assert.True(code == 0, error);
        Assert.Contains("3 × 32×40 px UInt16", output, StringComparison.Ordinal);
        Assert.Contains("--pixel-type: ", Fsrec.Run("file", frame, "--dimensions", "32,40", "--pixel-type", "whole").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_files_do_not_tell_is_asked_for_at_once_by_the_options()
    {
        string[] frames = Enumerable.Range(0, 3).Select(n => _run.In($"shot{n}.raw")).ToArray();
        foreach (string frame in frames)
        {
            File.WriteAllBytes(frame, new byte[4 * 32 * 32]);
        }

        (int code, _, string error) = Fsrec.Run(["reconstruct", .. frames, "--dimensions", "32"]);

        Assert.Equal(2, code);
        Assert.All((string[])["--sampling: ", "--voltage: ", "--foci: "], option => Assert.Contains(option, error, StringComparison.Ordinal));
        (_, _, error) = Fsrec.Run(["reconstruct", .. frames, "--dimensions", "32", "--sampling", "0.05", "--voltage", "300"]);
        Assert.Contains("--foci: ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("--sampling", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_are_put_over_those_of_the_file()
    {
        using var folder = new TemporaryFolder();
        (int code, string output, string error) = Fsrec.RunIn(folder.Path, $"--prm \"{_prm}\" --liniter 1 --quiet --json --set Limit=2.5 --set Foci=-60,60 --set OUTPUTPATH=elsewhere");

        Assert.True(code is 0 or 3, error);
        using var json = JsonDocument.Parse(output);
        // A folder that is typed is relative to where it is typed.
        string record = File.ReadAllText(folder.File("elsewhere/rec_run.json"));
        using var written = JsonDocument.Parse(record);
        JsonElement parameters = written.RootElement.GetProperty("parameters");
        Assert.Equal(("2.5", "Option", "4"), (Text("Limit", "value"), Text("Limit", "from"), parameters.GetProperty("Limit").GetProperty("instead").GetProperty("value").GetString()));
        Assert.Equal("[-60,60]", Text("Foci", "value"));
        Assert.Equal((_prm, "File"), (Text("Voltage", "source"), Text("Voltage", "from")));
        string? Text(string key, string member) => parameters.GetProperty(key).GetProperty(member).GetString();
        Assert.Empty(_run.Outputs());
        foreach (JsonElement warning in json.RootElement.GetProperty("warnings").EnumerateArray())
        {
            Assert.Matches("^[A-Za-z]+$", warning.GetProperty("id").GetString());
        }
    }

    [Theory]
    [InlineData("--prm config.fsr --set Range=[3] --set C3=20 --set Focusspread=0.1")]
    [InlineData("reconstruct in/img_000.raw --dimensions 48,64 --sampling 0.045 --foci=-100 --voltage 300")]
    public void Of_one_image_only_the_error_is_told(string command)
    {
        Directory.CreateDirectory(_run.In("in"));
        File.Copy(_run.In("img_000.raw"), _run.In("in/img_000.raw"));
        string frame = $"{_run.Parameters.Image.Calibration.Rows},{_run.Parameters.Image.Calibration.Columns}";

        (int code, string output, string error) = Fsrec.RunIn(Path.GetDirectoryName(_prm)!, command.Replace("48,64", frame, StringComparison.Ordinal) + " --quiet");

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Equal("fsrec: A reconstruction takes at least two frames; the series has 1.", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        // Doubts are told of a run that is one.
        if (command.Contains("Range", StringComparison.Ordinal))
        {
            (_, _, string told) = Fsrec.RunIn(Path.GetDirectoryName(_prm)!, command.Replace("[3]", "[3,4]", StringComparison.Ordinal) + " --quiet");
            Assert.Contains("warning: C3: Found '20'", told, StringComparison.Ordinal);
            Assert.DoesNotContain("Warning:", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_run_that_fails_says_why_in_one_line()
    {
        File.Delete(_run.In("img_005.raw"));

        (int code, string output, string error) = Fsrec.Run("--prm", _prm, "--json", "--quiet");

        Assert.Equal(1, code);
        Assert.Equal(("DataNotFound", 1), (Failure(output).GetProperty("id").GetString(), Failure(output).GetProperty("exitCode").GetInt32()));
        string line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("fsrec: NImages asks for 8 images, img_000.raw to img_007.raw; 7 of them are in", line, StringComparison.Ordinal);
        Assert.Contains("img_005.raw", line, StringComparison.Ordinal);
        Assert.Empty(_run.Outputs());
    }

    [Fact]
    public void Frames_of_another_byte_order_leave_the_results_before_as_they_are()
    {
        Fsrec.Run("--prm", _prm, "--quiet");
        Dictionary<string, string> before = _run.Contents();
        byte[] bytes = File.ReadAllBytes(_run.In("img_003.raw"));
        for (int i = 0; i < bytes.Length; i += 4)
        {
            Array.Reverse(bytes, i, 4);
        }

        File.WriteAllBytes(_run.In("img_003.raw"), bytes);

        (int code, _, string error) = Fsrec.Run("--prm", _prm, "--quiet");

        Assert.Equal(1, code);
        Assert.Contains("img_003.raw", error, StringComparison.Ordinal);
        Assert.Contains("-BigEndian", error, StringComparison.Ordinal);
        Assert.Equal(before, _run.Contents());
    }

    [Fact]
    public void A_shorter_simulated_series_leaves_nothing_of_a_longer()
    {
        string folder = _run.In("simulated");
        string[] size = ["simulate", "-o", folder, "--name", "s", "--rows", "64", "--columns", "64", "--quiet", "--frames"];
        Assert.Equal(0, Fsrec.Run([.. size, "6"]).ExitCode);
        Assert.Contains("--force", Fsrec.Run([.. size, "4"]).Error, StringComparison.Ordinal);

        Assert.Equal(0, Fsrec.Run([.. size, "4", "--force"]).ExitCode);

        Assert.Equal(4, Directory.GetFiles(folder, "*.raw").Length);
    }

    /// <summary>Runs the program with a redirection; exit code and standard error.</summary>
    private static (int ExitCode, string Error) Shell(string redirection, params string[] arguments)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        string line = string.Join(' ', arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "FsRec.Cli.dll")).Prepend(host).Select(static a => $"'{a}'"));
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{line} {redirection}"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> error = shell.StandardError.ReadToEndAsync();
        shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, error.Result);
    }

    /// <summary>Replaces the line of a key and returns its number, from 1.</summary>
    private static JsonElement Failure(string output)
    {
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("error").Clone();
    }

    private static int Change(string[] lines, string key, string line)
    {
        int at = Array.FindIndex(lines, l => l.StartsWith(key + "=", StringComparison.Ordinal) || l.StartsWith(key + " =", StringComparison.Ordinal));
        Assert.True(at >= 0, $"There is no {key} in the file.");
        lines[at] = line;
        return at + 1;
    }
}
