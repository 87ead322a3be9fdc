namespace FsRec;

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

    /// <summary>Whether the whole area lies inside a frame.</summary>
    public bool LiesInside(Calibration frame) =>
        Rows > 0 && Columns > 0 && Top >= 0 && Left >= 0 && Bottom <= frame.Rows && Right <= frame.Columns;

    /// <inheritdoc />
    public override string ToString() => $"rows {Top} to {Bottom - 1}, columns {Left} to {Right - 1}";
}
