namespace FsRec.Resolution;

/// <summary>
/// A window of rows and columns that is 1 in the central part and falls to 0 at the frame's edge as a raised cosine: what comes in at one edge
/// because it left at the other does not count, and a product of window and wave has no edges of its own.
/// </summary>
internal sealed class SoftWindow
{
    private readonly float[] _rows;
    private readonly float[] _columns;

    /// <summary>The window of a shape.</summary>
    public SoftWindow(int rows, int columns, double centralFraction)
    {
        if (!(centralFraction > 0 && centralFraction <= 1))
        {
            throw new FsRecException(FormattableString.Invariant($"Found a central part of {centralFraction} of the frame; expected more than 0 and at most 1."));
        }

        (_rows, _columns) = (Profile(rows, centralFraction), Profile(columns, centralFraction));
    }

    /// <summary>
    /// Share of the frequencies that stay independent under the window: (Σw²)² / (N Σw⁴), as neighbours are averaged over the window's own
    /// spectrum.
    /// </summary>
    public double IndependentShare => Share(_rows) * Share(_columns);

    /// <summary>The window at a pixel.</summary>
    public float this[int row, int column] => _rows[row] * _columns[column];

    private static float[] Profile(int count, double fraction)
    {
        int central = Math.Clamp((int)Math.Round(count * fraction), 1, count);
        int first = (count - central) / 2;
        int last = first + central - 1;
        double Taper(int distance, int room) => distance <= 0 || room == 0 ? 1 : 0.5 + (0.5 * Math.Cos(Math.PI * distance / (room + 1)));
        return [.. Enumerable.Range(0, count).Select(i => (float)(i < first ? Taper(first - i, first) : Taper(i - last, count - 1 - last)))];
    }

    private static double Share(float[] profile)
    {
        double squares = profile.Sum(static w => (double)w * w);
        double fourths = profile.Sum(static w => (double)w * w * w * w);
        return squares * squares / (profile.Length * fourths);
    }
}
