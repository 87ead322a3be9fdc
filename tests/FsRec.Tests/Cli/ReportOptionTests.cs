using System.Text.Json;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Tests.Runs;

namespace FsRec.Tests.Cli;

public sealed class ReportOptionTests : IDisposable
{
    private readonly RunFolder _run = new();
    private readonly string _prm;

    public ReportOptionTests()
    {
        _prm = _run.In("config.fsr");
        ParameterFile.Write(_run.Parameters, _prm);
    }

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_run_with_a_report_writes_it_names_it_and_ends_with_the_resolution()
    {
        (int code, string output, string error) = Fsrec.Run("--prm", _prm, "--report", "--quiet");

        Assert.True(code == 0, error);
        string page = Directory.GetFiles(_run.Out(""), "*_report.html").Single();
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Contains(page, lines);
        Assert.StartsWith("resolution ", lines[^1], StringComparison.Ordinal);
        string text = File.ReadAllText(page);
        Assert.Contains("fsrec --prm", text, StringComparison.Ordinal);
        Assert.Matches("parameter file, line \\d+", text);
    }

    [Theory]
    [InlineData("--set", "Restoration=Linear")]
    [InlineData("--set", "Restoration=Wiener")]
    [InlineData("--nonlinear", "--set", "NonlinearIterations=2")]
    [InlineData("--set", "Prealignment=Off")]
    public void The_last_line_says_the_resolution_whatever_the_method(params string[] method)
    {
        (int code, string output, string error) = Fsrec.Run(["--prm", _prm, "--quiet", .. method]);

        Assert.True(code is 0 or 3, error);
        Assert.StartsWith("resolution ", output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_without_a_parameter_file_ends_with_it_too()
    {
        string stack = _run.In("stack.mrc");
        SeriesExport.Write(stack, new FocalSeries(_run.Parameters, _run.Frames));
        (int code, string output, string error) = Fsrec.Run("reconstruct", stack, "--quiet", "--set", "OUTPUTPATH=" + _run.Out(""));

        Assert.True(code is 0 or 3, error);
        Assert.StartsWith("resolution ", output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_without_a_parameter_file_has_a_report_beside_its_results()
    {
        string stack = _run.In("stack.mrc");
        SeriesExport.Write(stack, new FocalSeries(_run.Parameters, _run.Frames));
        (int code, string output, string error) = Fsrec.Run("reconstruct", stack, "--quiet", "--report", "--set", "OUTPUTPATH=" + _run.Out(""));

        Assert.True(code is 0 or 3, error);
        string page = Directory.GetFiles(_run.Out(""), "stack_report.html").Single();
        Assert.Contains(page, output, StringComparison.Ordinal);
        Assert.Contains("fsrec reconstruct", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_frames_for_two_halves_are_said_in_its_place()
    {
        (int code, string output, string error) = Fsrec.Run("--prm", _prm, "--quiet", "--set", "Range=[0,1,2]");

        Assert.True(code is 0 or 3, error);
        Assert.StartsWith("resolution not measured: ", output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Json_can_be_declined()
    {
        Assert.StartsWith("resolution ", Fsrec.Run("--prm", _prm, "--json=false", "--quiet").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
        Assert.Empty(Fsrec.Run("--prm", _run.In("nowhere.fsr"), "--json=false", "--quiet").Output);
    }

    [Fact]
    public void The_summary_as_JSON_has_the_resolution_with_its_rings()
    {
        (int code, string output, string error) = Fsrec.Run("--prm", _prm, "--json", "--quiet");

        Assert.True(code == 0, error);
        JsonElement resolution = JsonDocument.Parse(output).RootElement.GetProperty("resolution");
        Assert.True(resolution.GetProperty("resolution").GetDouble() > 0);
        Assert.True(resolution.GetProperty("rings").GetArrayLength() > 5);
        Assert.False(resolution.GetProperty("hasSharedNoise").GetBoolean());
    }
}
