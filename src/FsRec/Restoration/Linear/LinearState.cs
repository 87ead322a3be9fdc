using FsRec.Results;
using FsRec.Series;

namespace FsRec.Restoration;

/// <summary>
/// A linear reconstruction between two iterations. Its wave is the back-projection at the displacements, so that these, the history and which frames
/// were found not to belong to the others are all there is to it.
/// </summary>
/// <param name="Displacements">Displacement of each frame in px.</param>
/// <param name="History">The iterations so far.</param>
internal sealed record LinearState(IReadOnlyList<FrameDisplacement> Displacements, IReadOnlyList<IterationRecord> History)
{
    /// <summary>Which frames do not belong to the others, as <see cref="Series.AlignedSeries.Outliers"/> has it.</summary>
    public IReadOnlyList<bool>? Outliers { get; init; }

    /// <summary>How far frames lie elsewhere by halves of their frequencies, as <see cref="AlignedSeries.Apart"/> has it.</summary>
    public IReadOnlyList<FrameDisplacement>? Apart { get; init; }
}
