namespace FsRec.Series;

/// <summary>
/// What can be said of displacements apart from what the data cannot tell: a common translation, and a drift linear in defocus, which
/// is the same as a tilt of the beam.
/// </summary>
public static class DisplacementAlgebra
{
    /// <summary>Removes the mean displacement.</summary>
    /// <param name="displacements">Displacements in pixels.</param>
    public static IReadOnlyList<FrameDisplacement> WithoutMean(IReadOnlyList<FrameDisplacement> displacements)
    {
        double dx = displacements.Average(static d => d.Dx);
        double dy = displacements.Average(static d => d.Dy);
        return displacements.Select(d => d with { Dx = d.Dx - dx, Dy = d.Dy - dy }).ToArray();
    }

    /// <summary>Removes the mean displacement and the part linear in defocus, by least squares.</summary>
    /// <param name="displacements">Displacements in pixels.</param>
    /// <param name="foci">Defocus of each frame in nm.</param>
    public static IReadOnlyList<FrameDisplacement> WithoutTilt(IReadOnlyList<FrameDisplacement> displacements, IReadOnlyList<double> foci)
    {
        IReadOnlyList<FrameDisplacement> centred = WithoutMean(displacements);
        double meanFocus = foci.Average();
        double squares = foci.Sum(z => (z - meanFocus) * (z - meanFocus));
        if (squares <= 0)
        {
            return centred;
        }

        double slopeX = centred.Select((d, n) => d.Dx * (foci[n] - meanFocus)).Sum() / squares;
        double slopeY = centred.Select((d, n) => d.Dy * (foci[n] - meanFocus)).Sum() / squares;
        return centred.Select((d, n) => d with
        {
            Dx = d.Dx - (slopeX * (foci[n] - meanFocus)),
            Dy = d.Dy - (slopeY * (foci[n] - meanFocus)),
        }).ToArray();
    }

    /// <summary>Differences of two sets of displacements of the same frames, a − b.</summary>
    /// <param name="a">Displacements in pixels.</param>
    /// <param name="b">Displacements of the same frames.</param>
    public static IReadOnlyList<FrameDisplacement> Subtract(IReadOnlyList<FrameDisplacement> a, IReadOnlyList<FrameDisplacement> b) =>
        a.Zip(b, static (p, q) => p with { Dx = p.Dx - q.Dx, Dy = p.Dy - q.Dy }).ToArray();

    /// <summary>Length of the longest displacement, in pixels.</summary>
    /// <param name="displacements">Displacements in pixels.</param>
    public static double Largest(IReadOnlyList<FrameDisplacement> displacements) =>
        displacements.Count == 0 ? 0 : displacements.Max(static d => Math.Sqrt((d.Dx * d.Dx) + (d.Dy * d.Dy)));

    /// <summary>Root mean square of the displacements' lengths, in pixels.</summary>
    /// <param name="displacements">Displacements in pixels.</param>
    public static double Rms(IReadOnlyList<FrameDisplacement> displacements) =>
        displacements.Count == 0 ? 0 : Math.Sqrt(displacements.Average(static d => (d.Dx * d.Dx) + (d.Dy * d.Dy)));

    /// <summary>Displacements in which some frames follow the others: each by the mean move of the nearest one on both sides, or of the only one.</summary>
    /// <param name="before">Displacements before.</param>
    /// <param name="moved">Displacements after; of the frames that follow they are not looked at.</param>
    /// <param name="leading">The frames that do not follow, ascending; with none, nothing is changed.</param>
    internal static FrameDisplacement[] Followed(IReadOnlyList<FrameDisplacement> before, IReadOnlyList<FrameDisplacement> moved, int[] leading)
    {
        FrameDisplacement[] all = [.. moved];
        for (int n = 0; n < all.Length && leading.Length > 0; n++)
        {
            if (!leading.Contains(n))
            {
                int left = leading.LastOrDefault(m => m < n, leading[0]);
                int right = leading.FirstOrDefault(m => m > n, leading[^1]);
                all[n] = before[n] with
                {
                    Dx = before[n].Dx + (0.5 * (all[left].Dx - before[left].Dx + all[right].Dx - before[right].Dx)),
                    Dy = before[n].Dy + (0.5 * (all[left].Dy - before[left].Dy + all[right].Dy - before[right].Dy)),
                };
            }
        }

        return all;
    }
}
