using FsRec.Results;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>What a reconstruction starts from: a series, its displacements if there are any, and a wave if there is one.</summary>
public sealed record ReconstructionStart
{
    private ReconstructionStart(FocalSeries series) => Series = series;

    /// <summary>The series.</summary>
    public FocalSeries Series { get; }

    /// <summary>The series with displacements; <see langword="null"/> where they are to be found.</summary>
    public AlignedSeries? Aligned { get; private init; }

    /// <summary>A wave to go on from; <see langword="null"/> where the first iteration restores one from the frames.</summary>
    public ExitWave? Wave { get; private init; }

    /// <summary>Whether displacements and wave are those of an earlier run's files.</summary>
    public bool IsFromFiles { get; init; }

    /// <summary>From a series whose displacements are to be found.</summary>
    /// <param name="series">The series.</param>
    /// <param name="wave">A wave to go on from, or none.</param>
    public static ReconstructionStart From(FocalSeries series, ExitWave? wave = null) => new(series) { Wave = wave };

    /// <summary>From displacements.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="wave">A wave to go on from, or none.</param>
    public static ReconstructionStart From(AlignedSeries aligned, ExitWave? wave = null) => new(aligned.Series) { Aligned = aligned, Wave = wave };

    /// <summary>From a reconstruction, its wave and displacements.</summary>
    /// <param name="previous">The reconstruction.</param>
    public static ReconstructionStart From(Reconstruction previous) => From(previous.Aligned, previous.Wave);
}
