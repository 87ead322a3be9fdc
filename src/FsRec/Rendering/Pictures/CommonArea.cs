using FsRec.Series;

namespace FsRec.Rendering;

/// <summary>
/// The area that all frames of an aligned series show: outside of it what left a frame at one edge came in at the other, and near its rim the
/// frame's edges reach in as far as the lens spreads a point, λ|Z|g.
/// </summary>
public static class CommonArea
{
    // Less than this share of a side is no picture of the specimen.
    private const double LeastShare = 0.4;

    // The spread is strongest next to the edge; more than this share of a side is not given up for the rest.
    private const double MostRim = 0.04;

    /// <summary>The area on the common frame; the whole frame where the drift leaves too little.</summary>
    /// <param name="aligned">The series and its displacements.</param>
    public static ReferenceArea Of(AlignedSeries aligned)
    {
        Calibration frame = aligned.Series.Calibration;
        double spread = aligned.Series.Microscope.Wavelength * aligned.Series.Foci.Max(Math.Abs) * aligned.Series.Parameters.Linear.Limit;
        int Rim(int count, double sampling) => (int)Math.Min(spread / sampling, MostRim * count);
        (int top, int rows) = Range(frame.Rows, Rim(frame.Rows, frame.RowSampling), [.. aligned.Displacements.Select(static d => d.Dy)]);
        (int left, int columns) = Range(frame.Columns, Rim(frame.Columns, frame.ColumnSampling), [.. aligned.Displacements.Select(static d => d.Dx)]);
        return rows < LeastShare * frame.Rows || columns < LeastShare * frame.Columns
            ? new ReferenceArea(0, 0, frame.Rows, frame.Columns)
            : new ReferenceArea(top, left, rows, columns);
    }

    private static (int First, int Count) Range(int count, int rim, double[] moves)
    {
        // Where the aligned frame's pixel x comes from x + d: both must lie in the frame.
        int first = Math.Max(0, (int)Math.Ceiling(-moves.Min())) + rim;
        int end = Math.Min(count, (int)Math.Floor(count - moves.Max())) - rim;
        return (first, Math.Max(1, end - first));
    }
}
