using System.Text.Json;
using FsRec.Parameters;
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
