using System.Globalization;
using System.Text;
using FsRec.Rendering.Colors;

namespace FsRec.Rendering;

/// <summary>A picture as the text that makes a terminal show it.</summary>
public static class TerminalPicture
{
    private const string Escape = "\u001b";

    // Kitty takes a picture in parts of so many characters.
    private const int KittyChunk = 4096;

    // Six levels of each part of a colour, and greys: what a sixel terminal surely has room for.
    private const int Levels = 6;
    private const int Grays = 40;

    /// <summary>The text that shows a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="protocol">What the terminal understands.</param>
    /// <param name="columns">Columns of the terminal that it may take.</param>
    /// <param name="rows">Rows of the terminal that it may take.</param>
    /// <param name="cellWidth">Pixels of a character, across.</param>
    /// <param name="cellHeight">Pixels of a character, down.</param>
    public static string Encode(Picture picture, TerminalProtocol protocol, int columns, int rows, int cellWidth = 10, int cellHeight = 20)
    {
        (int across, int down) = protocol == TerminalProtocol.HalfBlock
            ? Fit(picture, columns, 2 * rows)
            : Fit(picture, columns * cellWidth, rows * cellHeight);
        // Half blocks are large: an enlarged picture would say no more.
        Picture scaled = Reduce(picture, down, across);
        return protocol switch
        {
            TerminalProtocol.Sixel => Sixel(scaled),
            TerminalProtocol.Kitty => Kitty(scaled),
            _ => HalfBlocks(scaled),
        };
    }

    private static (int Columns, int Rows) Fit(Picture picture, int columns, int rows)
    {
        double scale = Math.Min(1, Math.Min(columns / (double)picture.Columns, rows / (double)picture.Rows));
        return (Math.Max(1, (int)(picture.Columns * scale)), Math.Max(1, (int)(picture.Rows * scale)));
    }

    /// <summary>Means over the pixels that fall into one, in linear light near enough for a look.</summary>
    private static Picture Reduce(Picture picture, int rows, int columns)
    {
        if (rows == picture.Rows && columns == picture.Columns)
        {
            return picture;
        }

        var result = new Picture(rows, columns);
        for (int r = 0; r < rows; r++)
        {
            (int top, int bottom) = Span(r, rows, picture.Rows);
            for (int c = 0; c < columns; c++)
            {
                (int left, int right) = Span(c, columns, picture.Columns);
                (long red, long green, long blue) = (0, 0, 0);
                for (int y = top; y < bottom; y++)
                {
                    for (int x = left; x < right; x++)
                    {
                        Rgb p = picture.Pixels[(y * picture.Columns) + x];
                        (red, green, blue) = (red + p.R, green + p.G, blue + p.B);
                    }
                }

                int count = (bottom - top) * (right - left);
                result.Pixels[(r * columns) + c] = new Rgb((byte)(red / count), (byte)(green / count), (byte)(blue / count));
            }
        }

        return result;
    }

    private static (int First, int End) Span(int index, int count, int source)
    {
        int first = (int)((long)index * source / count);
        return (first, Math.Max(first + 1, (int)((long)(index + 1) * source / count)));
    }

    private static string HalfBlocks(Picture picture)
    {
        var text = new StringBuilder();
        for (int row = 0; row < picture.Rows; row += 2)
        {
            (Rgb? upper, Rgb? lower) = (null, null);
            for (int column = 0; column < picture.Columns; column++)
            {
                Rgb top = picture.Pixels[(row * picture.Columns) + column];
                Rgb? bottom = row + 1 < picture.Rows ? picture.Pixels[((row + 1) * picture.Columns) + column] : null;
                if (top != upper)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{Escape}[38;2;{top.R};{top.G};{top.B}m");
                    upper = top;
                }

                if (bottom != lower || column == 0)
                {
                    text.Append(bottom is { } b ? string.Create(CultureInfo.InvariantCulture, $"{Escape}[48;2;{b.R};{b.G};{b.B}m") : Escape + "[49m");
                    lower = bottom;
                }

                text.Append('▀');
            }

            text.Append(Escape + "[0m\n");
        }

        return text.ToString();
    }

    private static string Kitty(Picture picture)
    {
        string data = Convert.ToBase64String(PngFile.Encode(picture));
        var text = new StringBuilder();
        for (int at = 0; at < data.Length; at += KittyChunk)
        {
            string part = data[at..Math.Min(data.Length, at + KittyChunk)];
            string first = at == 0 ? "a=T,f=100," : "";
            text.Append(CultureInfo.InvariantCulture, $"{Escape}_G{first}m={(at + KittyChunk < data.Length ? 1 : 0)};{part}{Escape}\\");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Six rows at a time, colour by colour: each character holds a column of six pixels, of which those of the colour are set.</summary>
    private static string Sixel(Picture picture)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Escape}P0;1;0q\"1;1;{picture.Columns};{picture.Rows}");
        int[] indices = [.. picture.Pixels.Select(Index)];
        foreach (int index in indices.Distinct().Order())
        {
            Rgb c = Colour(index);
            text.Append(CultureInfo.InvariantCulture, $"#{index};2;{c.R * 100 / 255};{c.G * 100 / 255};{c.B * 100 / 255}");
        }

        for (int band = 0; band < picture.Rows; band += 6)
        {
            int height = Math.Min(6, picture.Rows - band);
            int[] used = [.. Enumerable.Range(0, height * picture.Columns).Select(i => indices[(band * picture.Columns) + i]).Distinct().Order()];
            foreach (int colour in used)
            {
                text.Append(CultureInfo.InvariantCulture, $"#{colour}");
                Line(text, indices, band, height, picture.Columns, colour);
                text.Append('$');
            }

            text.Append('-');
        }

        return text.Append(Escape + "\\\n").ToString();
    }

    private static void Line(StringBuilder text, int[] indices, int band, int height, int columns, int colour)
    {
        (int last, int run) = (-1, 0);
        for (int column = 0; column <= columns; column++)
        {
            int bits = -1;
            if (column < columns)
            {
                bits = 0;
                for (int k = 0; k < height; k++)
                {
                    bits |= indices[((band + k) * columns) + column] == colour ? 1 << k : 0;
                }
            }

            if (bits == last)
            {
                run++;
                continue;
            }

            if (run > 3)
            {
                text.Append(CultureInfo.InvariantCulture, $"!{run}").Append((char)(63 + last));
            }
            else if (run > 0)
            {
                text.Append((char)(63 + last), run);
            }

            (last, run) = (bits, 1);
        }
    }

    private static int Index(Rgb p)
    {
        if (p.IsGray)
        {
            return ((p.R * (Grays - 1)) + 127) / 255;
        }

        static int Level(byte v) => ((v * (Levels - 1)) + 127) / 255;
        return Grays + (((Level(p.R) * Levels) + Level(p.G)) * Levels) + Level(p.B);
    }

    private static Rgb Colour(int index)
    {
        if (index < Grays)
        {
            return Rgb.Gray((byte)(index * 255 / (Grays - 1)));
        }

        int i = index - Grays;
        static byte Level(int v) => (byte)(v * 255 / (Levels - 1));
        return new Rgb(Level(i / (Levels * Levels)), Level(i / Levels % Levels), Level(i % Levels));
    }
}
