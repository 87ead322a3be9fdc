namespace FsRec.Alignment;

/// <summary>Whether displacements that lead over the frame's edge are those of a drift, or of an alignment that has failed.</summary>
internal static class DriftCheck
{
    // A specimen stage moves on, or jumps now and then; it does not go to and fro by so many px from frame to frame.
    private const double Implausible = 10;

    /// <summary>Makes sure that the reference area, moved with each frame's content, still lies inside the frame.</summary>
    /// <param name="area">The area.</param>
    /// <param name="frame">Shape of the frames.</param>
    /// <param name="displacements">All displacements of the series.</param>
    /// <exception cref="AlignmentException">It does not; the message says whether the drift or the alignment is to blame.</exception>
    public static void EnsureRoom(ReferenceArea area, Calibration frame, IReadOnlyList<FrameDisplacement> displacements)
    {
        int n = displacements.Count - 1;
        while (n >= 0 && Fits(area, frame, displacements[n]))
        {
            n--;
        }

        if (n < 0)
        {
            return;
        }

        FrameDisplacement first = displacements.First(d => !Fits(area, frame, d));
        string what = FormattableString.Invariant($"Image {first.ImageNumber} is displaced by ({first.Dx:0.0}, {first.Dy:0.0}) px, which moves the reference area over the frame's edge: there is room from {-area.Left} to {frame.Columns - area.Right} px in x and from {-area.Top} to {frame.Rows - area.Bottom} px in y.");
        double scatter = Scatter(displacements);
        throw new AlignmentException(
            Math.Abs(first.Dx) > 0.5 * frame.Columns || Math.Abs(first.Dy) > 0.5 * frame.Rows || scatter > Implausible
                ? FormattableString.Invariant($"The alignment has failed: {char.ToLowerInvariant(what[0])}{what[1..]} No drift goes that way: images lie {scatter:0} px from where those on both sides expect them. They may show too little, or foci, pixel size or voltage may be wrong; leave Methprealign out, look at the frames, or leave images out with Range.")
                : what + " Give a smaller AREA, another Offset, or leave the image out with Range.");
    }

    /// <summary>Whether the reference area, moved with a frame's content, lies inside the frame.</summary>
    public static bool Fits(ReferenceArea area, Calibration frame, FrameDisplacement displacement) =>
        area.Top + displacement.Dy >= 0
        && area.Left + displacement.Dx >= 0
        && area.Bottom + displacement.Dy <= frame.Rows
        && area.Right + displacement.Dx <= frame.Columns;

    /// <summary>How far frames lie from where those on both sides expect them, in px: the median.</summary>
    private static double Scatter(IReadOnlyList<FrameDisplacement> d)
    {
        double[] away =
        [
            .. Enumerable.Range(1, Math.Max(0, d.Count - 2)).Select(n => Math.Sqrt(
                Square(d[n].Dx - ((d[n - 1].Dx + d[n + 1].Dx) / 2)) + Square(d[n].Dy - ((d[n - 1].Dy + d[n + 1].Dy) / 2)))).Order(),
        ];
        return away.Length == 0 ? 0 : away[away.Length / 2];
    }

    private static double Square(double x) => x * x;
}
