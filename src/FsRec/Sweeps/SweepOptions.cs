using FsRec.Runs;

namespace FsRec.Sweeps;

/// <summary>How a sweep is run.</summary>
public sealed record SweepOptions
{
    /// <summary>Folder in which each run has its own; <see langword="null"/> for OUTPUTFILENAME_sweep in OUTPUTPATH.</summary>
    public string? Folder { get; init; }

    /// <summary>What each run does; only options of a reconstruction from frames.</summary>
    public RunOptions Run { get; init; } = new();

    /// <summary>
    /// Whether runs are not judged by the chi-square of the full image model, whose fit takes about as long as a nonlinear refinement; see
    /// <see cref="SweepRow.ModelChiSquare"/>.
    /// </summary>
    public bool SkipChiSquare { get; init; }

    /// <summary>Runs at the same time; they share the threads.</summary>
    public int ThrottleLimit { get; init; } = 1;

    /// <summary>Whether runs that are complete are done again.</summary>
    public bool Redo { get; init; }
}
