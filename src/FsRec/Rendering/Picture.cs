using BigGustave;

namespace FsRec.Rendering;

/// <summary>A picture in colours, made from row-major values, to be drawn on and written as PNG.</summary>
public sealed class Picture
{
    private readonly Pixel[] _pixels;

    private Picture(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        _pixels = new Pixel[checked(rows * columns)];
    }

    /// <summary>Rows of the picture.</summary>
    public int Rows { get; }

    /// <summary>Columns of the picture.</summary>
    public int Columns { get; }

    /// <summary>Draws values.</summary>
    /// <param name="values">Row-major values.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="options">Colours and range; <see langword="null"/> for grey over the range of the data.</param>
    /// <exception cref="ArgumentException">The values do not fit the shape.</exception>
    public static Picture Draw(ReadOnlySpan<float> values, int rows, int columns, RenderOptions? options = null)
    {
        if (values.Length != rows * columns)
        {
            throw new ArgumentException($"{rows}×{columns} pixels take {rows * columns} values, not {values.Length}.", nameof(values));
        }

        options ??= new RenderOptions();
        (double low, double high) = Range(values, options);
        double scale = high > low ? 1 / (high - low) : 0;
        var picture = new Picture(rows, columns);
        for (int i = 0; i < values.Length; i++)
        {
            picture._pixels[i] = ColorMaps.Colour(options.ColorMap, (values[i] - low) * scale);
        }

        return picture;
    }

    /// <summary>Puts pictures of the same height side by side, a few white pixels between them.</summary>
    /// <param name="pictures">The pictures, from left to right.</param>
    /// <param name="gap">White columns between two.</param>
    /// <exception cref="ArgumentException">There are none, or they differ in height.</exception>
    public static Picture SideBySide(IReadOnlyList<Picture> pictures, int gap = 8)
    {
        if (pictures.Count == 0 || pictures.Any(p => p.Rows != pictures[0].Rows))
        {
            throw new ArgumentException("Pictures side by side must be of one height.", nameof(pictures));
        }

        var result = new Picture(pictures[0].Rows, pictures.Sum(static p => p.Columns) + (gap * (pictures.Count - 1)));
        Array.Fill(result._pixels, new Pixel(255, 255, 255));
        int left = 0;
        foreach (Picture picture in pictures)
        {
            for (int row = 0; row < picture.Rows; row++)
            {
                picture._pixels.AsSpan(row * picture.Columns, picture.Columns).CopyTo(result._pixels.AsSpan((row * result.Columns) + left));
            }

            left += picture.Columns + gap;
        }

        return result;
    }

    /// <summary>Draws the outline of a reference area, two pixels wide, in yellow.</summary>
    /// <param name="area">The area; parts outside the picture are left out.</param>
    /// <returns>This picture.</returns>
    public Picture Outline(ReferenceArea area)
    {
        var yellow = new Pixel(255, 220, 0);
        for (int row = area.Top; row < area.Bottom; row++)
        {
            for (int column = area.Left; column < area.Right; column++)
            {
                bool edge = row < area.Top + 2 || row >= area.Bottom - 2 || column < area.Left + 2 || column >= area.Right - 2;
                if (edge && row >= 0 && row < Rows && column >= 0 && column < Columns)
                {
                    _pixels[(row * Columns) + column] = yellow;
                }
            }
        }

        return this;
    }

    /// <summary>Writes the picture as PNG, beside its place and renamed into it.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path)
    {
        // Without an alpha channel the builder takes a palette for pictures of few colours, and packs one of less than 256 wrongly.
        var builder = PngBuilder.Create(Columns, Rows, hasAlphaChannel: true);
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                builder.SetPixel(_pixels[(row * Columns) + column], column, row);
            }
        }

        AtomicFile.Write(path, stream => builder.Save(stream, new PngBuilder.SaveOptions { AttemptCompression = true }));
    }

    private static (double Low, double High) Range(ReadOnlySpan<float> values, RenderOptions options)
    {
        if (options is { Minimum: { } low, Maximum: { } high })
        {
            return (low, high);
        }

        float[] sorted = values.ToArray();
        Array.Sort(sorted);
        int cut = Math.Min((int)(options.Clip * sorted.Length), (sorted.Length - 1) / 2);
        return (options.Minimum ?? sorted[cut], options.Maximum ?? sorted[^(cut + 1)]);
    }
}
