using System.Globalization;
using FsRec.Rendering;
using FsRec.Sweeps;

namespace FsRec.Reports;

/// <summary>Writes the runs of a sweep as one page: a table that can be sorted, with a picture of each wave.</summary>
public static class SweepReport
{
    private const int Thumbnail = 192;
    private const int Quality = 80;

    /// <summary>Writes the report, beside its place and renamed into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">The runs.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <exception cref="FsRecException">There are no runs, a wave cannot be read, or the file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<SweepRow> rows, int threads = 0, CancellationToken cancellationToken = default)
    {
        if (rows.Count == 0)
        {
            throw new FsRecException("A sweep's report takes at least one run.");
        }

        var images = new string[rows.Count];
        FrameLoop.Run(rows.Count, threads, cancellationToken, i => images[i] = HtmlPage.DataUri(Draw(rows[i].ReadWave()), Quality));
        string[] keys = [.. rows.SelectMany(static r => r.Point.Values.Select(static v => v.Key)).Distinct()];
        SweepRow? best = SweepDecision.Best(rows);
        var page = new HtmlPage();
        page.Section("runs", Counted.Of(rows.Count, "run"));
        page.Paragraph("Chi-square, that of the full image model fitted under each run's values, decides between values of the microscope, of runs of the same frames and Limit; the least is marked. The residual does not: a linear wave makes up for what weakens all frames alike, and a wrong value may leave less over.");
        foreach (RunMessage warning in SweepDecision.Of(rows))
        {
            page.Paragraph(warning.Text, "warnings");
        }

        page.Raw($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Runs of the sweep\"><table class=\"sortable\"><caption>Runs of the sweep; the headings sort</caption><thead><tr><th scope=\"col\"><span></span></th>{string.Join("", keys.Concat(["chi-square", "residual", "scattered %", "up to 1/nm", "iterations", "s"]).Select(static k => $"<th scope=\"col\">{HtmlPage.Escape(k)}</th>"))}</tr></thead><tbody>");
        for (int i = 0; i < rows.Count; i++)
        {
            SweepRow row = rows[i];
            string Number(double value, string format) => $"<td>{value.ToString(format, CultureInfo.InvariantCulture)}</td>";
            page.Raw($"<tr{(ReferenceEquals(row, best) ? " class=\"best\"" : "")}><td><img loading=\"lazy\" alt=\"phase of {HtmlPage.Escape(row.Point.ToString())}\" src=\"{images[i]}\"></td>"
                + string.Join("", keys.Select(k => $"<td>{HtmlPage.Escape(row.Point.Values.Where(v => v.Key == k).Select(static v => v.Value).FirstOrDefault() ?? "")}</td>"))
                + (row.ModelChiSquare is { } chi ? Number(chi, "0.00000") : "<td></td>") + Number(row.ResidualRms, "0.000000") + Number(100 * row.ScatteredFraction, "0.000") + Number(row.HighestFrequency, "0.00") + Number(row.Iterations, "0") + Number(row.Elapsed.TotalSeconds, "0.0") + "</tr>");
        }

        page.Raw("</tbody></table></div>");
        string lead = $"<p class=\"lead\">{HtmlPage.Escape(rows[0].Parameters.ToString())}</p>";
        string text = page.Complete("Sweep of " + string.Join(", ", keys), lead, $"FsRec {RunReport.Version}");
        AtomicFile.WriteText(path, writer => writer.Write(text));
    }

    private static Picture Draw(ExitWave wave)
    {
        ScalarMap phase = WaveMaps.Phase(wave);
        double scale = Math.Min(1, Thumbnail / (double)Math.Max(phase.Rows, phase.Columns));
        return Picture.Draw(phase, new RenderOptions()).Reduce(Math.Max(1, (int)(phase.Rows * scale)), Math.Max(1, (int)(phase.Columns * scale)));
    }
}
