using System.Collections;
using System.Management.Automation;
using FsRec.Parameters;
using FsRec.PowerShell.Hosting;
using FsRec.Reports;
using FsRec.Runs;
using FsRec.Watching;

namespace FsRec.PowerShell.Commands;

/// <summary>Reconstructs a series while it is recorded.</summary>
[Cmdlet(VerbsCommon.Watch, "FsrSeries", DefaultParameterSetName = PathSet)]
[OutputType(typeof(SeriesUpdate))]
public sealed class WatchFsrSeriesCommand : FsrParametersCmdlet
{
    private const double MostSeconds = 1e6;

    /// <summary>Values by key that replace those of the parameters.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <summary>The resolution in nm that is wanted: detail of which the frames tell at least half the power, which none finer than 1/Limit is (ResolutionBeyondLimit warns of it);
    /// without it none is asked for.</summary>
    [Parameter]
    [ValidateBounds(0.001, 100, "nm")]
    [NumberArgument]
    public double? Resolution { get; set; }

    /// <summary>The error by noise of the linear wave that is wanted, as a share of its amplitude, such as 0.05; without it none is asked for. What the linear theory leaves out of a strong object is not in it.</summary>
    [Parameter]
    [ValidateBounds(1e-6, 10)]
    [NumberArgument]
    public double? RelativeError { get; set; }

    /// <summary>By how much, as a share, the best further frame has to lower the wave's error for the series not to be enough.</summary>
    [Parameter]
    [ValidateBounds(0, 1)]
    [NumberArgument]
    public double LeastGain { get; set; } = new SeriesWatchOptions().LeastGain;

    /// <summary>Seconds from one look for the next frame to the next look.</summary>
    [Parameter]
    [ValidateBounds(0.001, MostSeconds, "s")]
    [NumberArgument]
    public double Interval { get; set; } = 0.05;

    /// <summary>Seconds without a new frame after which the series has ended; without it only the number of images ends it.</summary>
    [Parameter]
    [ValidateBounds(0.01, MostSeconds, "s")]
    [NumberArgument]
    public double? Quiet { get; set; }

    /// <summary>Seconds without a new frame after which it is warned of what is waited for.</summary>
    [Parameter]
    [ValidateBounds(0, MostSeconds, "s")]
    [NumberArgument]
    public double Patience { get; set; } = new SeriesWatchOptions().Patience.TotalSeconds;

    /// <summary>Write OUTPUTFILENAME_live.html anew with each frame, which a browser shows as it changes, and with the run of the whole series its report, OUTPUTFILENAME_report.html.</summary>
    [Parameter]
    public SwitchParameter Report { get; set; }

    /// <summary>Do not run the series as a whole once its last frame has come; no results are written then.</summary>
    [Parameter]
    public SwitchParameter SkipRun { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.All;

    /// <inheritdoc />
    private protected override IDictionary? Values => Set;

    /// <inheritdoc />
    private protected override void Start(ReconstructionParameters parameters, object target) => TryRun(target, monitor =>
    {
        var files = OutputFiles.Of(parameters);
        RunContext context = monitor.Context(Threads);
        using SeriesReport? page = Report ? new SeriesReport(files.LiveReport, context) : null;
        SeriesWatch.Run(parameters, Options(files), update => Take(update, page, monitor), context);
        page?.Complete();
        return files;
    });

    private void Take(SeriesUpdate update, SeriesReport? page, LibraryMonitor monitor)
    {
        monitor.Post(() => WriteResult(update));
        page?.Add(update);
    }

    private SeriesWatchOptions Options(OutputFiles files) => new()
    {
        Resolution = Resolution,
        RelativeError = RelativeError,
        LeastGain = LeastGain,
        Interval = TimeSpan.FromSeconds(Interval),
        Quiet = Quiet is { } quiet ? TimeSpan.FromSeconds(quiet) : null,
        Patience = TimeSpan.FromSeconds(Patience),
        Run = SkipRun ? null : (whole, context) => Whole(whole, files, new RunJournal(context)),
    };

    // As Invoke-FsrRun makes it.
    private RunResult Whole(ReconstructionParameters parameters, OutputFiles files, RunJournal journal)
    {
        var report = new RunDocument(files.Report, "report", (page, found) => RunReport.Write(
            page, found, found.Resolution, new ReportOptions { Warnings = journal.Warnings, Stages = journal.Stages, Threads = Threads }, journal.Context.CancellationToken));
        return ReconstructionRun.Run(parameters, new RunOptions { MeasureResolution = Report, Documents = Report ? [report] : [] }, journal.Context);
    }
}
