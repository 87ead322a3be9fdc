namespace FsRec.Formats.Images;

/// <summary>
/// The one place that says what is done about rows. A frame's first row is the file's own first row, in every format. MRC and SER say of
/// theirs that it is the bottom of the picture, most others that it is the top; FsRec does not turn either over, as a series and its wave
/// are mirrored together, and a file that is read and written again keeps its order. What a mirror image changes is the sense of azimuths
/// (A1, A2, B2) and of the displacements' rows. <c>-FlipRows</c> (key Fliprows) has the last row first.
/// </summary>
public static class Orientation
{
    /// <summary>Puts the last row first, in place.</summary>
    /// <param name="pixels">Row-major pixels.</param>
    /// <param name="columns">Numbers in a row.</param>
    public static void FlipRows(Span<float> pixels, int columns)
    {
        for (int top = 0, bottom = pixels.Length - columns; top < bottom; top += columns, bottom -= columns)
        {
            Span<float> upper = pixels.Slice(top, columns);
            Span<float> lower = pixels.Slice(bottom, columns);
            for (int i = 0; i < columns; i++)
            {
                (upper[i], lower[i]) = (lower[i], upper[i]);
            }
        }
    }
}
