using System.Globalization;
using System.Runtime.InteropServices;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Rendering;
using FsRec.Resolution;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Reports;

/// <summary>Writes what a run found as one page that needs no other file: the verdict first, then what it rests on.</summary>
public static class RunReport
{
    /// <summary>Writes the report, beside its place and renamed into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">The run's result; it must have a reconstruction.</param>
    /// <param name="options">Warnings, times, and how the run was called.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two figures.</param>
    /// <returns>The resolution, where it was measured.</returns>
    /// <exception cref="FsRecException">The run ended before a reconstruction, or the file cannot be written.</exception>
    public static ResolutionMeasurement? Write(
        string path, RunResult result, ReportOptions options, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        Reconstruction reconstruction = result.Reconstruction
            ?? throw new FsRecException("The run ended before a reconstruction, so that there is nothing to report.");
        ResolutionMeasurement? resolution = options.MeasureResolution && reconstruction.Series.Count >= 4
            ? ResolutionMeter.Measure(reconstruction, new ResolutionOptions { Threads = options.Threads }, progress, cancellationToken)
            : null;
        Write(path, result, resolution, options, cancellationToken);
        return resolution;
    }

    /// <summary>Writes the report with a resolution that is known already.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">The run's result; it must have a reconstruction.</param>
    /// <param name="resolution">The resolution; <see langword="null"/> where none was measured.</param>
    /// <param name="options">Warnings, times, and how the run was called.</param>
    /// <param name="cancellationToken">Stops between two figures.</param>
    /// <exception cref="FsRecException">The run ended before a reconstruction, or the file cannot be written.</exception>
    public static void Write(
        string path, RunResult result, ResolutionMeasurement? resolution, ReportOptions options, CancellationToken cancellationToken = default)
    {
        Reconstruction reconstruction = result.Reconstruction
            ?? throw new FsRecException("The run ended before a reconstruction, so that there is nothing to report.");
        FocalSeries series = reconstruction.Series;
        var page = new HtmlPage();
        Verdict.Write(page, result, resolution, Warnings(result, resolution, options));
        ReportPictures.Write(page, reconstruction, options.Threads, cancellationToken);
        page.Section("curves", "Curves").Raw("<div class=\"row\">");
        foreach (PlotKind kind in Plots.KindsOf(reconstruction))
        {
            page.Figure(Plots.Of(reconstruction, kind), kind == PlotKind.Focus ? Plots.FocusCaption(reconstruction) : Caption(kind));
        }

        if (resolution is not null)
        {
            page.Figure(Plots.Of(resolution), "Fourier ring correlation of " + resolution.Procedure + ".");
        }

        if (result.StepAnalysis is { } analysis)
        {
            page.Figure(Plots.Of(analysis), "Foci by the images that resemble each frame most, and the line through them.");
        }

        if (result.Autofocus is { } autofocus)
        {
            page.Figure(Plots.Of(autofocus), "Contrast of the propagated wave by focus.");
        }

        page.Raw("</div>");
        WriteParameters(page, series, options);
        WriteRun(page, result, options);
        string title = $"{(series.Parameters.Files.OutputFileName is { Length: > 0 } name ? name : "Reconstruction")}: exit wave";
        string lead = $"<p class=\"lead\">{HtmlPage.Escape(series.ToString())}; {HtmlPage.Escape(series.Microscope.ToString())}</p>";
        string text = page.Complete(title, lead, $"FsRec {Version}");
        AtomicFile.WriteText(path, writer => writer.Write(text));
    }

    /// <summary>Version of the library.</summary>
    internal static string Version => typeof(RunReport).Assembly.GetName().Version?.ToString(3) ?? "";

    private static IReadOnlyList<string> Warnings(RunResult result, ResolutionMeasurement? resolution, ReportOptions options)
    {
        IEnumerable<RunMessage> told = options.Warnings
            ?? [
                .. result.Prealignment is { } prealignment ? RunWarnings.Of(prealignment) : [],
                .. RunWarnings.Of(new RestorationResult(result.Reconstruction!, result.Linear, result.Nonlinear)),
            ];
        IEnumerable<RunMessage> measured = resolution is null ? [] : ResolutionWarnings.Of(resolution);
        return [.. told.Concat(measured).Select(static warning => warning.ToString()).Distinct()];
    }

    private static string Caption(PlotKind kind) => kind switch
    {
        PlotKind.Drift => "Displacements of the frames. Dashed: without the part linear in defocus, which no series tells from a tilt of the beam.",
        PlotKind.Convergence => "How far the frames still moved, logarithmic, with the move that counts as none, and what the wave left of them, iteration by iteration.",
        PlotKind.ChiSquare => "Mean over the pixels of (model − data)² / variance: 1 where the wave explains all of a frame but its noise.",
        PlotKind.Uncertainty => "RMS amplitude that each ring of frequencies adds to the scattered wave, and its error by noise.",
        _ => "What the series transfers of phase and amplitude to the images, and the envelopes of coherence of its first and last frame.",
    };

    private static void WriteParameters(HtmlPage page, FocalSeries series, ReportOptions options)
    {
        page.Section("parameters", "Parameters");
        ParameterProvenance known = options.ParameterFile is { } named && File.Exists(named) && ParameterFile.Load(named).Parameters is { } read
            ? read.Provenance
            : series.Parameters.Provenance;
        page.Table(
            known.File is { } file ? $"Parameter file {file}" : "Parameters of the run",
            ["key", "value", "unit", "from"],
            ParameterKeys.All.Select(key => (Key: key, Origin: known.Of(key, series.Parameters))).Where(static s => s.Origin.Value is not null).Select(static s => (IReadOnlyList<string>)
            [
                $"<code>{HtmlPage.Escape(s.Key.Name)}</code>", HtmlPage.Escape(s.Origin.Value!.Length > 200 ? s.Origin.Value[..200] + " …" : s.Origin.Value), HtmlPage.Escape(s.Key.Unit ?? ""), HtmlPage.Escape(s.Origin.ToString()),
            ]));
        if (!series.Foci.SequenceEqual(series.Parameters.SelectedFoci))
        {
            page.Paragraph("The foci were refined by the run; those above are the ones it began with.");
        }
    }

    private static void WriteRun(HtmlPage page, RunResult result, ReportOptions options)
    {
        page.Section("run", "Times, versions, files");
        if (options.Stages.Count > 0)
        {
            page.Table("Times of the stages", ["stage", "s"], options.Stages.Select(static s => (IReadOnlyList<string>)
                [HtmlPage.Escape(s.Stage), s.Time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)]));
        }

        if (result.Elapsed > TimeSpan.Zero)
        {
            page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"The run took {result.Elapsed.TotalSeconds:0.00} s."));
        }

        page.Paragraph($"FsRec {Version}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription} ({RuntimeInformation.ProcessArchitecture}), {Environment.ProcessorCount} processors; written {DateTime.Now.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}.");
        if (options.Command is { } command)
        {
            page.Paragraph("To run it again:").Raw($"<pre><code>{HtmlPage.Escape(command)}</code></pre>");
        }

        if (result.Files.Count > 0)
        {
            page.Table("Files that were written", ["file"], result.Files.Select(static f => (IReadOnlyList<string>)[$"<code>{HtmlPage.Escape(f)}</code>"]));
        }
    }
}
