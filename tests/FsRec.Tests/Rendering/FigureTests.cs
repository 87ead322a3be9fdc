using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml.Linq;
using BigGustave;
using BitMiracle.LibTiff.Classic;
using FsRec.Rendering;
using FsRec.Tests.Formats;

namespace FsRec.Tests.Rendering;

public sealed class FigureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.05, "2 nm")] // 256 px are 12.8 nm, three tenths 3.84
    [InlineData(0.02, "1 nm")] // 5.12, 1.54
    [InlineData(0.0002, "10 pm")] // 0.0512, 0.0154
    [InlineData(30, "2 µm")] // 7680, 2304
    public void The_scale_bar_is_of_a_round_length_and_as_long_as_it_says(double sampling, string text)
    {
        var map = new ScalarMap(new float[256 * 256], 256, 256, "phase", "rad") { RowSampling = sampling, ColumnSampling = sampling };
        XDocument svg = XDocument.Parse(new ImageFigure(map).ToSvg());

        Assert.Contains(text, Texts(svg));
        Assert.Contains("rad", Texts(svg));
        double length = text switch { "2 nm" => 2, "1 nm" => 1, "10 pm" => 0.01, _ => 2000 };
        Assert.Contains(svg.Descendants().Where(static e => e.Name.LocalName == "rect"), rect => Math.Abs(Number(rect, "width") - (length / sampling)) < 0.01);
    }

    [Fact]
    public void A_figure_without_a_bar_leaves_no_gap_in_a_grid()
    {
        var map = new ScalarMap(new float[256 * 256], 256, 256, "amplitude", "");
        var plain = new ImageFigure(map, new RenderOptions { ColorBar = false, Title = "" });
        var bar = new ImageFigure(map, new RenderOptions { ColorBar = true });

        var grid = new GridFigure([plain, bar, bar, plain], 2);
        double gap = Math.Max(8, bar.Width / 40);

        // A column is as wide, and a row as high, as what is in it needs.
        Assert.Equal((2 * bar.Width) + gap, grid.Width, 9);
        Assert.Equal((2 * bar.Height) + gap, grid.Height, 9);
        Assert.Equal(plain.Width + bar.Width + gap, new GridFigure([plain, bar], 2).Width, 9);
        Assert.Equal(plain.Height + bar.Height + gap, new GridFigure([plain, plain, bar, bar], 2).Height, 9);
        Assert.Equal(plain.Width, new GridFigure([plain], 3).Width, 9);
    }

    [Fact]
    public void A_figure_as_PNG_has_the_size_of_the_drawing_times_the_scale()
    {
        var map = new ScalarMap([.. Enumerable.Range(0, 300 * 400).Select(static i => (float)i)], 300, 400, "amplitude", "") { RowSampling = 0.1, ColumnSampling = 0.1 };
        var figure = new ImageFigure(map, new RenderOptions { ColorBar = false, ScaleBar = false });
        figure.Save(_folder.File("f.png"), 2);
        using FileStream file = File.OpenRead(_folder.File("f.png"));
        var png = Png.Open(file);

        Assert.Equal((int)Math.Ceiling(2 * figure.Width), png.Width);
        Assert.Equal((int)Math.Ceiling(2 * figure.Height), png.Height);
        // Values grow to the last pixel, which is white.
        Assert.InRange(png.GetPixel(png.Width - 4, (int)(2 * (figure.Height - (0.4 * 12.5))) - 4).R, 250, 255);
    }

    [Fact]
    public void Grey_of_16_bits_holds_the_values_to_a_part_in_65535_and_tells_its_range()
    {
        float[] values = [.. Enumerable.Range(0, 200 * 300).Select(static i => MathF.Sin(i * 0.37f))];
        var map = new ScalarMap(values, 200, 300, "phase", "rad") { RowSampling = 0.1, ColumnSampling = 0.2 };
        map.SaveGray16(_folder.File("g.png"), new RenderOptions { Minimum = -1, Maximum = 1 });
        byte[] file = File.ReadAllBytes(_folder.File("g.png"));
        using (var stream = new MemoryStream(file))
        {
            // Another reader takes it, its checksums among the rest.
            var png = Png.Open(stream);
            Assert.Equal((300, 200, (byte)16), (png.Width, png.Height, png.Header.BitDepth));
        }

        ushort[] levels = Levels(file, 200, 300);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.InRange(-1 + (2 * levels[i] / 65535.0) - values[i], -2.0 / 65535, 2.0 / 65535);
        }

        Assert.Contains("phase = -1 + ", System.Text.Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        Assert.Contains("sCAL", System.Text.Encoding.Latin1.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_TIFF_holds_the_values_themselves_and_the_pixel_size()
    {
        float[] values = [.. Enumerable.Range(0, 35).Select(static i => (i * 1.1f) - 7)];
        FloatTiff.Save(_folder.File("t.tif"), new ScalarMap(values, 5, 7, "phase", "rad") { RowSampling = 0.05, ColumnSampling = 0.05 });
        using var tiff = Tiff.Open(_folder.File("t.tif"), "r");

        Assert.Equal(7, tiff.GetField(TiffTag.IMAGEWIDTH)[0].ToInt());
        Assert.Equal(1e7 / 0.05, tiff.GetField(TiffTag.XRESOLUTION)[0].ToDouble(), 1e3);
        var line = new byte[28];
        var read = new float[7];
        for (int row = 0; row < 5; row++)
        {
            Assert.True(tiff.ReadScanline(line, row));
            Buffer.BlockCopy(line, 0, read, 0, line.Length);
            Assert.Equal(values[(row * 7)..((row + 1) * 7)], read);
        }
    }

    [Fact]
    public void Extremes_of_a_few_pixels_do_not_set_the_range()
    {
        float[] values = [.. Enumerable.Range(0, 10000).Select(static i => i / 10000f)];
        (values[5], values[6], values[7]) = (1e9f, -1e9f, float.NaN);
        (double low, double high) = new ScalarMap(values, 100, 100, "", "").Range(new RenderOptions { Clip = 0.01 });

        Assert.InRange(low, 0.009, 0.012);
        Assert.InRange(high, 0.988, 0.991);
    }

    [Fact]
    public void A_part_that_lies_outside_is_refused()
    {
        var map = new ScalarMap(new float[100], 10, 10, "", "");
        Assert.Equal(12, map.Crop(1, 2, 3, 4).Values.Length);
        Assert.Throws<FsRecException>(() => map.Crop(8, 8, 3, 3));
    }

    [Theory]
    [InlineData(TerminalProtocol.HalfBlock)]
    [InlineData(TerminalProtocol.Sixel)]
    [InlineData(TerminalProtocol.Kitty)]
    public void A_terminal_gets_what_its_protocol_says(TerminalProtocol protocol)
    {
        Picture picture = Picture.Draw([0, 1, 1, 0], 2, 2, new RenderOptions { Minimum = 0, Maximum = 1 });
        string text = TerminalPicture.Encode(picture, protocol, 80, 24);

        switch (protocol)
        {
            case TerminalProtocol.HalfBlock:
                // Black over white, then white over black.
                Assert.Equal("\u001b[38;2;0;0;0m\u001b[48;2;255;255;255m▀\u001b[38;2;255;255;255m\u001b[48;2;0;0;0m▀\u001b[0m\n", text);
                break;
            case TerminalProtocol.Sixel:
                // Colour 0 black, 39 white; bits of the two rows: 1 and 2.
                Assert.Equal("\u001bP0;1;0q\"1;1;2;2#0;2;0;0;0#39;2;100;100;100#0@A$#39A@$-\u001b\\\n", text);
                break;
            default:
                Assert.StartsWith("\u001b_Ga=T,f=100,m=0;", text, StringComparison.Ordinal);
                byte[] png = Convert.FromBase64String(text[(text.IndexOf(';', StringComparison.Ordinal) + 1)..text.IndexOf("\u001b\\", StringComparison.Ordinal)]);
                using (var stream = new MemoryStream(png))
                {
                    Assert.Equal(255, Png.Open(stream).GetPixel(1, 0).R);
                }

                break;
        }
    }

    [Fact]
    public void A_large_picture_fits_the_terminal()
    {
        string text = TerminalPicture.Encode(Picture.Draw(new float[500 * 400], 500, 400), TerminalProtocol.HalfBlock, 40, 10);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(10, lines.Length);
        Assert.All(lines, static line => Assert.Equal(16, line.Count(static c => c == '▀')));
    }

    private static IEnumerable<string> Texts(XDocument svg) => svg.Descendants().Where(static e => e.Name.LocalName == "text").Select(static e => e.Value);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The levels of a PNG of 16-bit grey whose rows are differences of neighbours.</summary>
    private static ushort[] Levels(byte[] file, int rows, int columns)
    {
        using var packed = new MemoryStream();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            if (file.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(file, at + 8, length);
            }

            at += 12 + length;
        }

        packed.Position = 0;
        using var inflate = new ZLibStream(packed, CompressionMode.Decompress);
        var levels = new ushort[rows * columns];
        var line = new byte[1 + (2 * columns)];
        for (int row = 0; row < rows; row++)
        {
            inflate.ReadExactly(line);
            Assert.Equal(1, line[0]);
            for (int i = 3; i < line.Length; i++)
            {
                line[i] += line[i - 2];
            }

            for (int c = 0; c < columns; c++)
            {
                levels[(row * columns) + c] = BinaryPrimitives.ReadUInt16BigEndian(line.AsSpan(1 + (2 * c)));
            }
        }

        return levels;
    }
}
