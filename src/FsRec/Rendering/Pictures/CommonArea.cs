using FsRec.Series;

namespace FsRec.Rendering;

/// <summary>The area that all frames of an aligned series show: outside of it what left a frame at one edge came in at the other.</summary>
public static class CommonArea
{
    // Less than this share of a side is no picture of the specimen.
    private const double LeastShare = 0.4;

    /// <summary>The area on the common frame; the whole frame where the drift leaves too little.</summary>
    /// <param name="aligned">The series and its displacements.</param>
    public static ReferenceArea Of(AlignedSeries aligned)
    {
        Calibration frame = aligned.Series.Calibration;
        (int top, int rows) = Range(frame.Rows, [.. aligned.Displacements.Select(static d => d.Dy)]);
        (int left, int columns) = Range(frame.Columns, [.. aligned.Displacements.Select(static d => d.Dx)]);
        return rows < LeastShare * frame.Rows || columns < LeastShare * frame.Columns
            ? new ReferenceArea(0, 0, frame.Rows, frame.Columns)
            : new ReferenceArea(top, left, rows, columns);
    }

    private static (int First, int Count) Range(int count, double[] moves)
    {
        // Where the aligned frame's pixel x comes from x + d: both must lie in the frame.
        int first = Math.Max(0, (int)Math.Ceiling(-moves.Min()));
        int end = Math.Min(count, (int)Math.Floor(count - moves.Max()));
        return (first, Math.Max(1, end - first));
    }
}
