using FsRec.Refinement;
using FsRec.Restoration;

namespace FsRec.Runs;

/// <summary>Where an interrupted run was.</summary>
/// <param name="Fingerprint">Of the inputs that the state belongs to.</param>
/// <param name="Linear">The alignment and linear iterations; complete when there is a <paramref name="Nonlinear"/> state.</param>
/// <param name="Nonlinear">The nonlinear refinement; <see langword="null"/> before it.</param>
internal sealed record RunState(InputFingerprint Fingerprint, LinearState Linear, NonlinearState? Nonlinear);
