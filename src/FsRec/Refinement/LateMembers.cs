using FsRec.Series;

namespace FsRec.Refinement;

/// <summary>A refinement to be gone on with, with frames among its members that took no part so far.</summary>
/// <param name="Start">The series with its members, where they lie.</param>
/// <param name="State">What the refinement has come to.</param>
/// <param name="Margin">Pixels of the margin, which is to stay.</param>
internal sealed record LateMembers(AlignedSeries Start, NonlinearState State, int Margin);
