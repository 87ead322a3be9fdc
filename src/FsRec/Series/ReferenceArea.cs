using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>The rectangle of the common frame by which frames are aligned and compared.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Number of columns.</param>
public sealed record ReferenceArea(int Top, int Left, int Rows, int Columns)
{
    /// <summary>One past the last row.</summary>
    public int Bottom => Top + Rows;

    /// <summary>One past the last column.</summary>
    public int Right => Left + Columns;

    /// <summary>Number of pixels.</summary>
    public int PixelCount => Rows * Columns;

    /// <summary>
    /// The reference area that parameters describe: of the size AREA (half of the frame where it is not given), centred on
    /// the frame and moved by Offset.
    /// </summary>
    /// <param name="image">Frame shape, AREA and Offset.</param>
    /// <exception cref="FsRecException">The area does not lie inside the frame.</exception>
    public static ReferenceArea From(ImageParameters image)
    {
        Calibration frame = image.Calibration;
        int rows = image.AreaRows ?? frame.Rows / 2;
        int columns = image.AreaColumns ?? frame.Columns / 2;
        var area = new ReferenceArea(
            (frame.Rows / 2) - (rows / 2) + image.OffsetRows,
            (frame.Columns / 2) - (columns / 2) + image.OffsetColumns,
            rows,
            columns);
        return area.LiesInside(frame)
            ? area
            : throw new FsRecException(
                $"The reference area {area} does not lie inside the frame of {frame.Rows}×{frame.Columns} px. Give a smaller AREA or Offset.");
    }

    /// <summary>Whether the whole area lies inside a frame.</summary>
    public bool LiesInside(Calibration frame) =>
        Rows > 0 && Columns > 0 && Top >= 0 && Left >= 0 && Bottom <= frame.Rows && Right <= frame.Columns;

    /// <inheritdoc />
    public override string ToString() => $"rows {Top} to {Bottom - 1}, columns {Left} to {Right - 1}";
}
