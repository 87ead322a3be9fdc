using System.Text.RegularExpressions;
using FsRec.Parameters;
using FsRec.Reports;
using FsRec.Runs;
using FsRec.Sweeps;
using FsRec.Tests.Runs;

namespace FsRec.Tests.Reports;

public sealed class ReportTests : IDisposable
{
    private readonly RunFolder _run = new(drift: true);

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_report_needs_no_other_file_and_says_the_verdict_first()
    {
        string page = Write(new ReportOptions { Warnings = [RunMessage.Warning("Misfit", "<made up> & told")], Command = "fsrec --prm \"a b.fsr\"" });

        // Nothing is fetched: addresses are names of XML or pictures in the page.
        Assert.DoesNotMatch("(src|href)=\"(?!data:|#)", page);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        int verdict = page.IndexOf("id=\"verdict\"", StringComparison.Ordinal);
        foreach (string section in (string[])["wave", "frames", "focus", "curves", "parameters", "run"])
        {
            int at = page.IndexOf($"id=\"{section}\"", StringComparison.Ordinal);
            Assert.True(at > verdict, section);
            verdict = at;
        }

        Assert.Contains("Misfit: &lt;made up&gt; &amp; told", page, StringComparison.Ordinal);
        Assert.Contains("fsrec --prm &quot;a b.fsr&quot;", page, StringComparison.Ordinal);
        Assert.Contains("resolution", page, StringComparison.Ordinal);
        Assert.True(page.Length < 2_000_000, $"{page.Length} bytes");
    }

    [Theory]
    [InlineData(RestorationMethod.Linear)]
    [InlineData(RestorationMethod.Wiener)]
    public void The_scattered_fraction_is_that_of_the_wave(RestorationMethod method)
    {
        RunResult result = _run.Run(new RunOptions { Method = method });
        string page = _run.Out("page.html");
        RunReport.Write(page, result, null, new ReportOptions(), TestContext.Current.CancellationToken);
        string text = File.ReadAllText(page);

        Assert.Matches(FormattableString.Invariant($"{100 * result.Reconstruction!.ScatteredFraction:0.000}.%"), text);
        if (result.Reconstruction.Uncertainty is { } trust)
        {
            Assert.Contains(FormattableString.Invariant($"{100 * trust.Wave.RelativeNoise:0.0} % by noise"), text, StringComparison.Ordinal);
            // A weak object: the linear theory is its own.
            Assert.DoesNotContain("of a strong object", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_figure_says_in_words_what_it_shows()
    {
        string page = Write(new ReportOptions());

        MatchCollection figures = Regex.Matches(page, "<figure[^>]*><svg[^>]*role=\"img\" aria-label=\"([^\"]+)\"");
        Assert.Equal(Regex.Count(page, "<figure"), figures.Count);
        Assert.True(figures.Count >= 7, $"{figures.Count} figures");
        Assert.Equal(figures.Count, figures.Select(static m => m.Groups[1].Value).Distinct().Count());
        Assert.DoesNotMatch("<img (?![^>]*alt=\"[^\"]+\")", page);
    }

    [Fact]
    public void Parameters_say_where_they_came_from()
    {
        string file = _run.Out("../config.fsr");
        ParameterFile.Write(_run.Parameters, file);
        // A line less, so that the key has its default; another value than the file's.
        File.WriteAllLines(file, File.ReadAllLines(file).Where(static l => !l.StartsWith("Comkernel", StringComparison.OrdinalIgnoreCase)));
        _run.Parameters = ParameterFile.Read(file) with { Linear = _run.Parameters.Linear with { FilterCutoff = 0.17 } };
        string page = Write(new ReportOptions { ParameterFile = file });

        Assert.Matches("Comkernel</code></td><td>[^<]*</td><td>[^<]*</td><td>default</td>", page);
        Assert.Matches("Filtercutoff</code></td><td>0.17</td><td>[^<]*</td><td>the call, instead of", page);
        Assert.Matches("Voltage</code></td><td>[^<]*</td><td>kV</td><td>parameter file, line \\d+</td>", page);
    }

    [Fact]
    public void A_run_without_a_reconstruction_has_nothing_to_report()
    {
        RunResult result = ReconstructionRun.Run(_run.Parameters, new RunOptions { PrealignOnly = true }, new RunContext());
        Assert.Throws<FsRecException>(() => RunReport.Write(_run.Out("r.html"), result, new ReportOptions()));
    }

    [Fact]
    public void A_journal_keeps_warnings_and_the_times_of_stages_and_passes_them_on()
    {
        List<string> told = [];
        var journal = new RunJournal(new RunContext { Message = m => told.Add(m.Text) });
        RunContext context = journal.Context;
        context.Progress!.Report(new RunProgress("a", 1, 2));
        context.Progress.Report(new RunProgress("b", 1, 2));
        context.Progress.Report(new RunProgress("a", 2, 2));
        context.Message!(RunMessage.Warning("W", "w"));
        context.Message(RunMessage.Detail("detail"));

        Assert.Equal([RunMessage.Warning("W", "w")], journal.Warnings);
        Assert.Equal(["w", "detail"], told);
        Assert.Equal(["a", "b"], journal.Stages.Select(static s => s.Stage));
    }

    [Fact]
    public void A_sweep_is_a_table_that_marks_the_least_residual()
    {
        List<SweepRow> rows = [];
        IReadOnlyList<SweepPoint> points = SweepPoint.Grid([new SweepAxis("Filtercutoff", ["0.05", "0.1"])]);
        Sweep.Run(_run.Parameters, points, new SweepOptions(), outcome => rows.Add(outcome.Row!), new RunContext());
        string path = _run.Out("sweep.html");
        SweepReport.Write(path, rows);
        string page = File.ReadAllText(path);

        Assert.Equal(2, Regex.Count(page, "<td><img"));
        Assert.Equal(1, Regex.Count(page, "<tr class=\"best\">"));
        Assert.Contains("<table class=\"sortable\">", page, StringComparison.Ordinal);
        Assert.Throws<FsRecException>(() => SweepReport.Write(path, []));
    }

    private string Write(ReportOptions options)
    {
        RunResult result = ReconstructionRun.Run(_run.Parameters, new RunOptions(), new RunContext());
        string path = _run.Out("report.html");
        RunReport.Write(path, result, options);
        return File.ReadAllText(path);
    }
}
