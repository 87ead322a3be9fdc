namespace FsRec.Alignment;

/// <summary>Which places of an alignment are not certain, with what they might be instead.</summary>
internal static class PlaceDoubts
{
    /// <summary>Images whose place is not certain, and those that all after them might leave together with them.</summary>
    /// <param name="displacements">Where the frames lie, mean-free.</param>
    /// <param name="places">Where they lie, and which vote.</param>
    /// <param name="held">The frames as they were held last.</param>
    /// <param name="parts">By what each frame and all after it would best be moved, and what that gains.</param>
    public static IReadOnlyList<UncertainPlace> Of(
        IReadOnlyList<FrameDisplacement> displacements, FramePlaces places, HeldSeries held, (double Gain, int X, int Y)[] parts)
    {
        var uncertain = new List<UncertainPlace>();
        for (int n = 0; n < displacements.Count; n++)
        {
            RivalPlace[] rivals = [.. held.Rivals[n].OrderByDescending(static r => r.Odds).Where(static r => r.Odds > 0.1 * Math.Exp(-ModelAligner.Certain))];
            if (places.Votes[n] && rivals.Sum(static r => r.Odds) > Math.Exp(-ModelAligner.Certain))
            {
                uncertain.Add(new UncertainPlace(displacements[n].ImageNumber, displacements[n].Dx, displacements[n].Dy, Relative(rivals, n)));
            }
        }

        for (int n = 1; n < parts.Length; n++)
        {
            if (parts[n].Gain > -ModelAligner.Certain)
            {
                uncertain.Add(new UncertainPlace(
                    displacements[n].ImageNumber,
                    displacements[n].Dx,
                    displacements[n].Dy,
                    [new RivalPlace(displacements[n].Dx + parts[n].X, displacements[n].Dy + parts[n].Y, Math.Exp(parts[n].Gain))],
                    WithFollowing: true));
            }
        }

        return uncertain;

        RivalPlace[] Relative(RivalPlace[] rivals, int n) => [.. rivals.Select(r => r with
        {
            Dx = r.Dx - places.Places[n].Dx + displacements[n].Dx,
            Dy = r.Dy - places.Places[n].Dy + displacements[n].Dy,
        })];
    }
}
