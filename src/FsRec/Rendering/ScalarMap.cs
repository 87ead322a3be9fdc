namespace FsRec.Rendering;

/// <summary>Values over a rectangle that can be drawn: what they are, their unit, their shape and scale. Immutable.</summary>
/// <param name="Values">Row-major values.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="Quantity">What the values are, in a word or two.</param>
/// <param name="Unit">Their unit; empty for none.</param>
public sealed record ScalarMap(float[] Values, int Rows, int Columns, string Quantity, string Unit)
{
    /// <summary>Distance of two rows in nm, or in 1/nm where <see cref="IsReciprocal"/>; 0 where there is no scale.</summary>
    public double RowSampling { get; init; }

    /// <summary>Distance of two columns, likewise.</summary>
    public double ColumnSampling { get; init; }

    /// <summary>Whether the rectangle is one of spatial frequencies, zero in the middle.</summary>
    public bool IsReciprocal { get; init; }

    /// <summary>The colours that suit the values.</summary>
    public ColorMap ColorMap { get; init; } = ColorMap.Gray;

    /// <summary>Range of values that is always drawn, as that of a phase; <see langword="null"/> to take it from the data.</summary>
    public (double Low, double High)? FixedRange { get; init; }

    /// <summary>Whether the range is to be the same on both sides of 0.</summary>
    public bool IsSymmetric { get; init; }

    /// <summary>A part of it.</summary>
    /// <param name="top">First row.</param>
    /// <param name="left">First column.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <exception cref="FsRecException">The part does not lie inside.</exception>
    public ScalarMap Crop(int top, int left, int rows, int columns)
    {
        if (top < 0 || left < 0 || rows < 1 || columns < 1 || top + rows > Rows || left + columns > Columns)
        {
            throw new FsRecException($"A part of {rows}×{columns} px at row {top}, column {left} does not lie inside of {Rows}×{Columns} px. Give row, column, rows and columns that do.");
        }

        var part = new float[rows * columns];
        for (int r = 0; r < rows; r++)
        {
            Values.AsSpan(((top + r) * Columns) + left, columns).CopyTo(part.AsSpan(r * columns));
        }

        return this with { Values = part, Rows = rows, Columns = columns };
    }

    /// <summary>The same values with every pixel a square of several.</summary>
    /// <param name="factor">Side of the square; 0 or 1 for the pixels as they are.</param>
    public ScalarMap Magnify(int factor)
    {
        if (factor <= 1)
        {
            return this;
        }

        int columns = checked(Columns * factor);
        var values = new float[checked(Rows * factor * columns)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Values[(i / columns / factor * Columns) + (i % columns / factor)];
        }

        return this with
        {
            Values = values,
            Rows = Rows * factor,
            Columns = columns,
            RowSampling = RowSampling / factor,
            ColumnSampling = ColumnSampling / factor,
        };
    }

    /// <summary>Writes the values as PNG of 16-bit grey; the range, and the size of a pixel, stand in the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">The range.</param>
    /// <exception cref="FsRecException">The file cannot be written.</exception>
    public void SaveGray16(string path, RenderOptions options)
    {
        (double low, double high) = Range(options);
        AtomicFile.Write(path, stream => PngFile.WriteGray16(stream, this, low, high));
    }

    /// <summary>The range that is drawn: the given one, the values' own, or that of the data without a share of the pixels at each end.</summary>
    /// <param name="options">Range and share.</param>
    /// <exception cref="FsRecException">What is given of the range is none, or lies beyond all values.</exception>
    public (double Low, double High) Range(RenderOptions options)
    {
        options.Require(flat: true);
        if (options is { Minimum: { } low, Maximum: { } high })
        {
            return (low, high);
        }

        (double first, double last) = FixedRange ?? Percentiles.Range(Values, options.Clip);
        if (IsSymmetric)
        {
            double most = Math.Max(Math.Abs(first), Math.Abs(last));
            (first, last) = (-most, most);
        }

        (first, last) = (options.Minimum ?? first, options.Maximum ?? last);
        return first <= last || options is { Minimum: null, Maximum: null } ? (first, last) : throw new FsRecException(FormattableString.Invariant(
            $"Found colours {(options.Minimum is null ? $"to {last:g4}, and the values begin at {first:g4}" : $"from {first:g4}, and the values end at {last:g4}")}; give the other end too."));
    }
}
