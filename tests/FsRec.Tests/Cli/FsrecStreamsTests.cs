using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Tests.Runs;

namespace FsRec.Tests.Cli;

/// <summary>Signals, streams that are full or closed, and kills cost no result.</summary>
public sealed class FsrecStreamsTests : IDisposable
{
    private readonly RunFolder _run = new();
    private readonly string _prm;

    public FsrecStreamsTests()
    {
        _prm = _run.In("config.fsr");
        ParameterFile.Write(_run.Parameters, _prm);
    }

    public void Dispose() => _run.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void An_interrupt_ends_the_run_and_leaves_its_state_alone(string signal, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill.");
        using Fsrec program = Fsrec.Start("--prm", _prm, "--liniter", "1000000");
        program.WaitFor("Reconstruction 2/");

        using (Process kill = Process.Start("kill", ["-" + signal, program.ProcessId.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        (int code, string output, string error) = program.End();
        Assert.Equal(expected, code);
        Assert.Empty(output);
        Assert.Contains("interrupted", error, StringComparison.Ordinal);
        Assert.Equal(["rec_state.fsrec"], _run.AllOutputs());
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_watch_that_is_interrupted_leaves_a_whole_journal_and_goes_on_with_the_series(string signal, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill.");
        string folder = Path.GetDirectoryName(_prm)!;
        string journal = Path.Combine(folder, "watch-folder.jsonl");
        using (Fsrec program = Fsrec.Start("watch", folder, "--interval", "0.05", "--json", "--set", "LinearIterations=1000000"))
        {
            Assert.True(Eventually.Holds(() => File.Exists(journal) && File.ReadAllText(journal).Contains("\"Started\"", StringComparison.Ordinal)));

            using (Process kill = Process.Start("kill", ["-" + signal, program.ProcessId.ToString(CultureInfo.InvariantCulture)]))
            {
                kill.WaitForExit();
            }

            (int ended, string series, string error) = program.End();
            Assert.Equal(expected, ended);
            // No series ended; that the watch did is said once, and not where lines of series are read.
            Assert.Empty(series);
            Assert.Contains("fsrec: interrupted", error, StringComparison.Ordinal);
        }

        // Every line is whole; the last says that the series was stopped, which is no end.
        Assert.Equal(["Started", "Stopped"], File.ReadAllLines(journal).Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("State").GetString()));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), static file => file.Contains(".tmp", StringComparison.Ordinal) || file.EndsWith("_run.lock", StringComparison.Ordinal));
        (int code, string output, _) = Fsrec.Run("watch", folder, "--interval", "0.05", "--once", "--json", "--set", "LinearIterations=1");
        Assert.Equal(0, code);
        Assert.Contains("\"State\":\"Done\"", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_that_fails_says_so_in_one_line_of_JSON()
    {
        (int code, string output, string error) = Fsrec.Run("watch", _run.In("none"), "--once", "--json");

        Assert.Equal(1, code);
        string line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        string text = JsonDocument.Parse(line).RootElement.GetProperty("error").GetProperty("text").GetString()!;
        Assert.Contains(text, error, StringComparison.Ordinal);
        Assert.StartsWith("There is no folder", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_error_that_cannot_be_written_costs_no_result()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");

        Assert.Equal((0, ""), Shell("2>/dev/full", "--prm", _prm));
        Assert.Contains("rec.wav", _run.Outputs());
    }

    [Theory]
    [InlineData(">/dev/full")]
    [InlineData(">&-")]
    public void Standard_output_that_cannot_be_written_is_one_sentence(string redirection)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");

        (int code, string error) = Shell(redirection, "--prm", _prm, "--quiet");

        Assert.Equal(1, code);
        Assert.StartsWith("fsrec: standard output cannot be written", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("rec.wav", _run.Outputs());
    }

    [Theory]
    [InlineData(">&- 2>&-", 1)]
    [InlineData("2>&-", 0)]
    public void Streams_that_are_closed_cost_no_result(string redirection, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such shell.");

        Assert.Equal(expected, Shell(redirection, "--prm", _prm, "--quiet").ExitCode);

        Assert.Equal(["rec.wav", "rec_dxy.csv", "rec_filt.wav", "rec_run.json"], _run.AllOutputs());
    }

    [Fact]
    public void Killed_at_any_moment_it_leaves_the_results_before_or_the_new_ones()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no kill.");
        // More of them: FSREC_KILLS=200.
        int kills = int.Parse(Environment.GetEnvironmentVariable("FSREC_KILLS") ?? "5", CultureInfo.InvariantCulture);
        string[][] commands = [["--liniter", "20"], ["--liniter", "3"], ["--useprevious", "--liniter", "2"], ["--stepanalysis"], ["--autofocus"], ["--nonlinear", "--liniter", "2"]];
        Assert.Equal(0, Fsrec.Run("--prm", _prm, "--quiet").ExitCode);
        var files = OutputFiles.Of(_run.Parameters);
        var random = new Random(kills);
        for (int i = 0; i < kills; i++)
        {
            string[] command = commands[i % commands.Length];
            using (Fsrec program = Fsrec.Start(["--prm", _prm, "--quiet", .. command]))
            {
                // From before it begins to after it has ended.
                Thread.Sleep(random.Next(50, 1500));
                program.Kill();
            }

            RunRecordFile.Recover(files, new RunContext(), owned: true);
            RunRecord record = Assert.IsType<RunRecord>(RunRecordFile.Read(files));
            Assert.All(record.Files, file => Assert.True(file.Value.IsOf(_run.Out(file.Key)), $"{file.Key} is not of {record} after kill {i} of {string.Join(' ', command)}."));
        }

        Assert.Equal(0, Fsrec.Run("--prm", _prm, "--quiet", "--useprevious", "--liniter", "1").ExitCode);
        Assert.DoesNotContain(_run.AllOutputs(), static name => name.EndsWith(".tmp", StringComparison.Ordinal) || name.EndsWith(".lock", StringComparison.Ordinal) || name.EndsWith(".pending", StringComparison.Ordinal));
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
}
