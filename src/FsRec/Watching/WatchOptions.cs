using FsRec.Formats.Microscopes;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Watching;

/// <summary>Which folder is watched, when a series in it is complete, and what is done with it.</summary>
public sealed record WatchOptions
{
    /// <summary>The folder, with all folders below it.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Names of parameter files, each a series. Frames that no parameter file names are series by themselves: those of a folder whose names differ by a number
    /// only, a stack, or what an <c>.mdoc</c> lists.
    /// </summary>
    public string Filter { get; init; } = "*.fsr";

    /// <summary>
    /// A file in the folder of the frames that says that the series is complete; a pattern, in which <c>{name}</c> stands for the name of the series.
    /// <see langword="null"/> for none.
    /// </summary>
    public string? Sentinel { get; init; }

    /// <summary>Frames of a complete series; <see langword="null"/> for what the parameter file says, if there is one.</summary>
    public int? FrameCount { get; init; }

    /// <summary>
    /// A series is complete when nothing of it has changed for so long, by this machine's clock; <see langword="null"/> for <see cref="UsualQuiet"/> where
    /// neither sentinel, nor number, nor a parameter file says when, and otherwise for not at all.
    /// </summary>
    public TimeSpan? Quiet { get; init; }

    /// <summary>Time from one look to the next. File system events bring the next look forward; they are not relied on.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time after which a series that is not whole is told of.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Series at the same time; they share the threads.</summary>
    public int ThrottleLimit { get; init; } = 1;

    /// <summary>Ends when all series that are there are dealt with, without waiting for those that are not whole.</summary>
    public bool Once { get; init; }

    /// <summary>Ends after so long without a series that was run; <see langword="null"/> for never.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Runs series again whose last run failed.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>The journal; <see langword="null"/> for <c>watch-folder.jsonl</c> in the folder.</summary>
    public string? Journal { get; init; }

    /// <summary>A file for metrics as Prometheus reads them; <see langword="null"/> for none.</summary>
    public string? Metrics { get; init; }

    /// <summary>
    /// Folder in which each series without a parameter file has a folder of its own for its results, as it lies below <see cref="Folder"/>: <c>day1/img/</c> for
    /// <c>day1/img.mrc</c>; <see langword="null"/> for <c>results</c> beside its frames. Where another series has the same results already, as <c>day1/img.tif</c>,
    /// the name takes the ending of the files: <c>day1/img_tif/</c>, or <c>results/img_tif</c>.
    /// </summary>
    public string? Destination { get; init; }

    /// <summary>Parameters of series that have no parameter file; <see langword="null"/> for what their files, a microscope and the program say.</summary>
    public ReconstructionParameters? Parameters { get; init; }

    /// <summary>Keys and values that are put over those of every series.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; init => field = value.ToArray(); } = [];

    /// <summary>The microscope of series without a parameter file; <see langword="null"/> for none that is named.</summary>
    public MicroscopePreset? Microscope { get; init; }

    /// <summary>What is done with a series.</summary>
    public RunOptions Run { get; init; } = new() { MeasureResolution = true };

    /// <summary>How long a series is quiet that is taken to be complete where nothing else says so.</summary>
    public static TimeSpan UsualQuiet { get; } = TimeSpan.FromSeconds(5);

    internal string JournalFile => Path.GetFullPath(Journal ?? Path.Combine(Folder, "watch-folder.jsonl"));
}
