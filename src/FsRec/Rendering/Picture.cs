using System.Runtime.CompilerServices;
using FsRec.Rendering.Colors;

namespace FsRec.Rendering;

/// <summary>A picture in colours, made from row-major values, to be drawn on and written as PNG.</summary>
public sealed class Picture
{
    internal Picture(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        // Whoever makes a picture fills the whole of it.
        Pixels = GC.AllocateUninitializedArray<Rgb>(checked(rows * columns));
    }

    /// <summary>Rows of the picture.</summary>
    public int Rows { get; }

    /// <summary>Columns of the picture.</summary>
    public int Columns { get; }

    /// <summary>The pixels, row-major.</summary>
    internal Rgb[] Pixels { get; }

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

        return Draw(new ScalarMap(values.ToArray(), rows, columns, "", ""), options ?? new RenderOptions());
    }

    /// <summary>Draws values in their own colours, or those of the options.</summary>
    /// <param name="map">The values.</param>
    /// <param name="options">Colours and range.</param>
    public static Picture Draw(ScalarMap map, RenderOptions options)
    {
        (double low, double high) = map.Range(options);
        float scale = high > low ? (float)((ColorMaps.Count - 1) / (high - low)) : 0;
        float offset = 0.5f - ((float)low * scale);
        Rgb[] table = ColorMaps.Table(options.ColorMap ?? map.ColorMap).ToArray();
        (int rows, int columns) = (map.Rows, map.Columns);
        var picture = new Picture(rows, columns);
        float[] values = map.Values;
        FrameLoop.Run(rows, 0, CancellationToken.None, row => Fill(values.AsSpan(row * columns, columns), scale, offset, table, picture.Pixels.AsSpan(row * columns, columns)));
        return picture;
    }

    /// <summary>Whether no pixel has a hue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal bool IsGray()
    {
        foreach (Rgb pixel in Pixels)
        {
            if (!pixel.IsGray)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Draws complex values: the phase as hue, the amplitude as brightness.</summary>
    /// <param name="amplitude">Amplitude of each pixel.</param>
    /// <param name="phase">Phase of each pixel in rad.</param>
    /// <param name="options">Range of the amplitude, black to full colour.</param>
    public static Picture DrawComplex(ScalarMap amplitude, ScalarMap phase, RenderOptions options)
    {
        (double low, double high) = amplitude.Range(options);
        float first = (float)low;
        float scale = high > low ? (float)(1 / (high - low)) : 0;
        const float Turns = (float)(1 / (2 * Math.PI));
        ComplexColours colours = ComplexColours.Shared;
        var picture = new Picture(amplitude.Rows, amplitude.Columns);
        float[] sizes = amplitude.Values;
        float[] angles = phase.Values;
        FrameLoop.Run(picture.Rows, 0, CancellationToken.None, row =>
        {
            int start = row * picture.Columns;
            colours.Fill(
                angles.AsSpan(start, picture.Columns), Turns, sizes.AsSpan(start, picture.Columns), first, scale, picture.Pixels.AsSpan(start, picture.Columns));
        });
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
        Array.Fill(result.Pixels, Rgb.White);
        int left = 0;
        foreach (Picture picture in pictures)
        {
            for (int row = 0; row < picture.Rows; row++)
            {
                picture.Pixels.AsSpan(row * picture.Columns, picture.Columns).CopyTo(result.Pixels.AsSpan((row * result.Columns) + left));
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
        Rgb yellow = Canvas.Ink.Yellow.Colour;
        for (int row = area.Top; row < area.Bottom; row++)
        {
            for (int column = area.Left; column < area.Right; column++)
            {
                bool edge = row < area.Top + 2 || row >= area.Bottom - 2 || column < area.Left + 2 || column >= area.Right - 2;
                if (edge && row >= 0 && row < Rows && column >= 0 && column < Columns)
                {
                    Pixels[(row * Columns) + column] = yellow;
                }
            }
        }

        return this;
    }

    /// <summary>The same picture with every pixel drawn as a square of several.</summary>
    /// <param name="factor">Side of the square in pixels.</param>
    public Picture Magnify(int factor)
    {
        if (factor == 1)
        {
            return this;
        }

        var result = new Picture(checked(Rows * factor), checked(Columns * factor));
        for (int row = 0; row < result.Rows; row++)
        {
            for (int column = 0; column < result.Columns; column++)
            {
                result.Pixels[(row * result.Columns) + column] = Pixels[(row / factor * Columns) + (column / factor)];
            }
        }

        return result;
    }

    /// <summary>The same picture in fewer pixels, each the mean of those that it stands for, by their areas.</summary>
    /// <param name="rows">Rows, no more than there are.</param>
    /// <param name="columns">Columns, no more than there are.</param>
    internal Picture Reduce(int rows, int columns)
    {
        if ((rows, columns) == (Rows, Columns))
        {
            return this;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, Rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, Columns);
        var result = new Picture(rows, columns);
        var line = new float[3 * Columns];
        (double high, double wide) = ((double)Rows / rows, (double)Columns / columns);
        for (int row = 0; row < rows; row++)
        {
            Array.Clear(line);
            (double top, double bottom) = (row * high, (row + 1) * high);
            for (int y = (int)top; y < Math.Min(Rows, Math.Ceiling(bottom - 1e-9)); y++)
            {
                float share = (float)(Math.Min(bottom, y + 1) - Math.Max(top, y));
                ReadOnlySpan<Rgb> source = Pixels.AsSpan(y * Columns, Columns);
                for (int x = 0; x < source.Length; x++)
                {
                    line[3 * x] += share * source[x].R;
                    line[(3 * x) + 1] += share * source[x].G;
                    line[(3 * x) + 2] += share * source[x].B;
                }
            }

            for (int column = 0; column < columns; column++)
            {
                (double left, double right) = (column * wide, (column + 1) * wide);
                (float r, float g, float b) = (0, 0, 0);
                for (int x = (int)left; x < Math.Min(Columns, Math.Ceiling(right - 1e-9)); x++)
                {
                    float share = (float)(Math.Min(right, x + 1) - Math.Max(left, x));
                    r += share * line[3 * x];
                    g += share * line[(3 * x) + 1];
                    b += share * line[(3 * x) + 2];
                }

                float scale = (float)(1 / (high * wide));
                static byte Byte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
                result.Pixels[(row * columns) + column] = new Rgb(Byte(r * scale), Byte(g * scale), Byte(b * scale));
            }
        }

        return result;
    }

    /// <summary>Writes the picture as PNG, beside its place and renamed into it.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path) => AtomicFile.Write(path, stream => PngFile.Write(stream, this));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(ReadOnlySpan<float> values, float scale, float offset, ReadOnlySpan<Rgb> table, Span<Rgb> colours)
    {
        int last = table.Length - 1;
        for (int i = 0; i < colours.Length; i++)
        {
            float v = (values[i] * scale) + offset;
            // What is no number has the first colour.
            colours[i] = table[v > 0 ? v < last ? (int)v : last : 0];
        }
    }
}
