using FsRec.Refinement;
using FsRec.Restoration;

namespace FsRec.Runs;

/// <summary>Where an interrupted run was.</summary>
/// <param name="Fingerprint">Of the inputs that the state belongs to.</param>
/// <param name="Start">The displacements that the iterations started from.</param>
/// <param name="Method">The way of alignment that the data decided for; <see langword="null"/> where none was decided.</param>
/// <param name="Linear">The iterations so far; complete where a refinement had begun.</param>
internal sealed record RunState(InputFingerprint Fingerprint, IReadOnlyList<FrameDisplacement> Start, string? Method, LinearState Linear)
{
    /// <summary>What the alignment before the iterations had warned of.</summary>
    public IReadOnlyList<RunMessage> Warnings { get; init => field = value.ToArray(); } = [];

    /// <summary>The refinement that had begun; <see langword="null"/> for none.</summary>
    public RefinementState? Refinement { get; init; }
}
