using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>What an alignment can go back to when a step has made it worse. Its arrays are not changed.</summary>
/// <param name="Places">Where the frames lie.</param>
/// <param name="Votes">Which frames make the wave.</param>
/// <param name="Foci">Foci of the frames.</param>
/// <param name="Misfit">See <see cref="ModelEvidence.Misfit"/>.</param>
/// <param name="Prior">The prior powers.</param>
/// <param name="Beyond">See <see cref="ModelEvidence.Beyond"/>; <see langword="null"/> while nothing is taken off.</param>
/// <param name="Mean">See <see cref="ModelEvidence.Mean"/>.</param>
internal sealed record AlignmentState(
    (double Dx, double Dy)[] Places,
    bool[] Votes,
    double[] Foci,
    float[][] Misfit,
    PriorPowers Prior,
    PointPairs[]? Beyond,
    PointPairs Mean);
