using FsRec.Results;

namespace FsRec.Restoration;

/// <summary>
/// A linear reconstruction between two iterations. Its wave is the back-projection at the displacements, so that these and the history are
/// all there is to it.
/// </summary>
/// <param name="Displacements">Displacement of each frame in px.</param>
/// <param name="History">The iterations so far.</param>
internal sealed record LinearState(IReadOnlyList<FrameDisplacement> Displacements, IReadOnlyList<IterationRecord> History);
