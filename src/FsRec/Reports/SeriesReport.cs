using FsRec.Rendering;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Watching;

namespace FsRec.Reports;

/// <summary>
/// The page of a series that is being recorded, written anew with each frame; a browser that shows it reads it again by itself until the series has ended.
/// It is drawn on a thread of its own, so that no frame waits for it: of frames that come faster than it is drawn it shows the newest.
/// </summary>
public sealed class SeriesReport : IDisposable
{
    private const int RefreshSeconds = 2;

    private readonly string _path;
    private readonly RunContext _context;
    private readonly CancellationTokenSource _stop;
    private readonly object _gate = new();
    private readonly List<Line> _lines = [];
    private SeriesUpdate? _last;
    private Task _writer = Task.CompletedTask;
    private bool _isBusy;
    private bool _hasWarned;

    /// <summary>A page that is not written yet.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="context">Warnings, threads, cancellation.</param>
    public SeriesReport(string path, RunContext context)
    {
        (_path, _context) = (path, context);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
    }

    /// <summary>Takes what a frame told, and has the page written. Does not wait for it.</summary>
    /// <param name="update">What the newest frame told.</param>
    public void Add(SeriesUpdate update)
    {
        lock (_gate)
        {
            _last = update;
            if (update.Run is null && update.Frames < _lines.Count)
            {
                // The series was begun anew.
                _lines.Clear();
            }

            if (update.Run is null && !_lines.Exists(line => line.Image == update.ImageNumber))
            {
                _lines.Add(new Line(update.ImageNumber, update.Focus, update.Resemblance, update.ErrorByNoise, update.Resolution, update.Elapsed.TotalSeconds));
            }

            if (!_isBusy)
            {
                _isBusy = true;
                _writer = Task.Factory.StartNew(WriteAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Waits until the page shows all that was added.</summary>
    public void Complete() => _writer.Wait();

    /// <summary>Ends what is being drawn; the page stays as it was last written.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _writer.Wait();
        _stop.Dispose();
    }

    private void WriteAll()
    {
        while (true)
        {
            SeriesUpdate last;
            Line[] lines;
            lock (_gate)
            {
                if (_last is null || _stop.IsCancellationRequested)
                {
                    _isBusy = false;
                    return;
                }

                (last, lines) = (_last, [.. _lines]);
                _last = null;
            }

            try
            {
                string text = Page(last, lines, _context.Threads, _stop.Token);
                AtomicFile.WriteText(_path, writer => writer.Write(text));
            }
            catch (OperationCanceledException)
            {
                // The next look at the loop's head ends it.
            }
            catch (FsRecException e)
            {
                // A disk that is full does not end the recording; once is often enough.
                if (!_hasWarned)
                {
                    _hasWarned = true;
                    _context.Message?.Invoke(RunMessage.Warning(WarningIds.ReportNotWritten, e.Message));
                }
            }
        }
    }

    private static string Page(SeriesUpdate last, Line[] lines, int threads, CancellationToken cancellationToken)
    {
        Reconstruction found = last.Reconstruction;
        FocalSeries series = found.Series;
        var page = new HtmlPage();
        WriteVerdict(page, last);
        ReportPictures.WriteWave(page, found, CommonArea.Of(found.Aligned), threads, cancellationToken);
        page.Section("curves", "Curves").Raw("<div class=\"row\">");
        if (found.Uncertainty is not null)
        {
            page.Figure(Plots.Of(found, PlotKind.Uncertainty), "RMS amplitude that each ring of frequencies adds to the scattered wave, and its error by noise.");
        }

        page.Figure(Plots.Drift(found.Aligned), "Displacements of the frames. Dashed: without the part linear in defocus, which no series tells from a tilt of the beam.");
        page.Raw("</div>");
        cancellationToken.ThrowIfCancellationRequested();
        WriteFrames(page, lines, last);
        string name = series.Parameters.Files.OutputFileName is { Length: > 0 } given ? given : "Series";
        string lead = $"<p class=\"lead\">{HtmlPage.Escape(series.ToString())}; {HtmlPage.Escape(series.Microscope.ToString())}</p>";
        return page.Complete($"{name}: {(last.IsFinal ? "recorded" : "while it is recorded")}", lead, $"FsRec {RunReport.Version}", last.IsFinal ? null : RefreshSeconds);
    }

    private static void WriteVerdict(HtmlPage page, SeriesUpdate last)
    {
        page.Section("verdict", last.IsFinal ? "Verdict" : "So far").Raw("<ul class=\"verdict\">");
        Figure(page, Counted.Of(last.Frames, "frame"), last.Advice);
        Figure(page, Stated.Of(100 * last.ErrorByNoise, "0.0") + " %", $"error by noise alone of the wave over its amplitude, where the series carries information{(last.Run is null ? "; what the linear theory leaves out of a strong object is not in it" : "")}");
        Figure(page, Stated.Of(last.Resolution, "0.000") + " nm", "the finest detail of which the frames tell at least half the power");
        if (last.LiveError is { } apart)
        {
            Figure(page, Stated.Of(100 * apart, "0.0") + " %", "how far the wave that grew with the series was from the one shown, that of the run of the whole series");
        }

        page.Raw("</ul>");
        if (last.Run is { } run)
        {
            page.Table("Files of the run of the whole series", ["file"], run.Files.Select(static f => (IReadOnlyList<string>)[$"<code>{HtmlPage.Escape(f)}</code>"]));
        }
    }

    private static void Figure(HtmlPage page, string figure, string words) =>
        page.Raw($"<li><b>{HtmlPage.Escape(figure)}</b><span>{HtmlPage.Escape(words)}</span></li>");

    private static void WriteFrames(HtmlPage page, Line[] lines, SeriesUpdate last)
    {
        page.Section("frames", "Frames");
        page.Table(
            "What each frame told when it came; displacements and membership as they are now",
            ["image", "defocus, nm", "dx, px", "dy, px", "of what the others predict", "error of the wave by noise, %", "finest detail, nm", "s"],
            lines.Select(line => (IReadOnlyList<string>)
            [
                last.OutlierImages.Contains(line.Image) ? $"{line.Image}, does not belong" : $"{line.Image}",
                Stated.Of(line.Focus, "0.##"),
                Stated.Of(Place(last, line.Image)?.Dx ?? double.NaN, "0.00"),
                Stated.Of(Place(last, line.Image)?.Dy ?? double.NaN, "0.00"),
                double.IsFinite(line.Resemblance) ? Stated.Of(line.Resemblance, "0.00") : "",
                Stated.Of(100 * line.Error, "0.0"),
                Stated.Of(line.Resolution, "0.000"),
                Stated.Of(line.Seconds, "0.00"),
            ]));
    }

    private static FrameDisplacement? Place(SeriesUpdate last, int image) =>
        last.Reconstruction.Displacements.Where(place => place.ImageNumber == image).Select(static place => (FrameDisplacement?)place).FirstOrDefault();

    /// <summary>What is kept of a frame: its figures when it came, and not its wave.</summary>
    private sealed record Line(int Image, double Focus, double Resemblance, double Error, double Resolution, double Seconds);
}
