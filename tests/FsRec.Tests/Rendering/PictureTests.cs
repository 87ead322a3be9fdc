using System.Buffers.Binary;
using System.IO.Compression;
using BigGustave;
using FsRec.Rendering;
using FsRec.Rendering.Colors;
using FsRec.Tests.Formats;
using SkiaSharp;

namespace FsRec.Tests.Rendering;

public sealed class PictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 7)]
    [InlineData(64, 50)]
    public void A_PNG_has_the_shape_of_the_data(int rows, int columns)
    {
        Png png = Save(Picture.Draw(new float[rows * columns], rows, columns));

        Assert.Equal((columns, rows), (png.Width, png.Height));
        Assert.Equal(["a.png"], _folder.Names());
    }

    [Fact]
    public void A_reduced_picture_has_the_means_of_what_its_pixels_stand_for()
    {
        // 3 × 5 to 2 × 2: each new pixel is 1.5 rows by 2.5 columns.
        float[] values = [.. Enumerable.Range(0, 15).Select(static i => 10f * i)];
        Picture small = Picture.Draw(values, 3, 5, new RenderOptions { Minimum = 0, Maximum = 255 }).Reduce(2, 2);
        double Mean(int row, int column)
        {
            (double sum, double area) = (0, 0);
            for (int y = 0; y < 3; y++)
            {
                for (int x = 0; x < 5; x++)
                {
                    double share = Math.Max(0, Math.Min((row + 1) * 1.5, y + 1) - Math.Max(row * 1.5, y)) * Math.Max(0, Math.Min((column + 1) * 2.5, x + 1) - Math.Max(column * 2.5, x));
                    sum += share * values[(5 * y) + x];
                    area += share;
                }
            }

            return sum / area;
        }

        for (int i = 0; i < 4; i++)
        {
            Assert.InRange(small.Pixels[i].R, Mean(i / 2, i % 2) - 0.6, Mean(i / 2, i % 2) + 0.6);
        }
    }

    [Fact]
    public void Greys_run_from_black_at_the_minimum_to_white_at_the_maximum()
    {
        // 255 · (v − 1) / 2 for v from 0 to 4, cut at both ends: 63.75 and 127.5 rounded.
        Png png = Save(Picture.Draw([0, 1, 1.5f, 2, 3, 4], 2, 3, new RenderOptions { Minimum = 1, Maximum = 3 }));

        AssertGrey(png, 0, 0, 0);
        AssertGrey(png, 0, 1, 0);
        AssertGrey(png, 0, 2, 64);
        AssertGrey(png, 1, 0, 128);
        AssertGrey(png, 1, 1, 255);
        AssertGrey(png, 1, 2, 255);
    }

    [Fact]
    public void Without_a_range_it_is_that_of_the_data_less_the_share_that_may_be_cut()
    {
        float[] values = [.. Enumerable.Range(0, 100).Select(static i => (float)i)];
        values[0] = -1e6f;
        values[99] = 1e6f;

        Png png = Save(Picture.Draw(values, 10, 10, new RenderOptions { Clip = 0.01 }));

        // One of a hundred is cut at each end: the range is 1 to 98.
        AssertGrey(png, 0, 0, 0);
        AssertGrey(png, 0, 1, 0);
        AssertGrey(png, 9, 8, 255);
        AssertGrey(png, 9, 9, 255);
        AssertGrey(png, 5, 0, (int)Math.Round(255.0 * (50 - 1) / (98 - 1)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(255)]
    [InlineData(256)]
    public void Any_number_of_greys_comes_back(int greys)
    {
        // A PNG library may store few colours as a palette of 1, 2, 4 or 8 bits a pixel; 11 columns fill no whole bytes of the first three.
        float[] values = [.. Enumerable.Range(0, 26 * 11).Select(i => (float)(i % greys))];

        Png png = Save(Picture.Draw(values, 26, 11, new RenderOptions { Minimum = 0, Maximum = 255 }));

        for (int i = 0; i < values.Length; i++)
        {
            AssertGrey(png, i / 11, i % 11, (int)values[i]);
        }
    }

    // Strips that are packed, and such that gain too little by it and are stored; several of them, and a width that fills no whole vector.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Colours_of_many_strips_come_back_by_a_reader_that_checks_the_sums(int noise)
    {
        var random = new Random(9);
        float[] values = [.. Enumerable.Range(0, 1201 * 607).Select(i => (i % 607 / 607f) + (noise * random.NextSingle()))];
        var picture = Picture.DrawComplex(
            new ScalarMap(values, 1201, 607, "", ""), new ScalarMap([.. values.Select(v => noise * 7 * v)], 1201, 607, "", ""), new RenderOptions());

        byte[] png = PngFile.Encode(picture);

        using SKBitmap read = SKBitmap.Decode(png);
        Assert.Equal((1201, 607), (read.Height, read.Width));
        Assert.Equal(picture.Pixels, read.Pixels.Select(static p => new Rgb(p.Red, p.Green, p.Blue)));
        Assert.InRange(png.Length, noise == 1 ? 3 * values.Length : 0, noise == 1 ? 3.05 * values.Length : values.Length);
        AssertChecksum(png);
    }

    // The stream of all IDAT chunks is one of zlib, which ends in the sum of what it holds: the runtime's reader refuses another.
    private static void AssertChecksum(byte[] png)
    {
        using var packed = new MemoryStream();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            Assert.Equal(System.IO.Hashing.Crc32.HashToUInt32(png.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(png, at + 8, length);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        zlib.CopyTo(Stream.Null);
    }

    [Fact]
    public void Constant_data_is_a_picture_too()
    {
        Png png = Save(Picture.Draw([7, 7, 7, 7], 2, 2));

        AssertGrey(png, 1, 1, png.GetPixel(0, 0).R);
    }

    [Fact]
    public void The_outline_of_an_area_is_two_pixels_wide_inside_it()
    {
        var area = new ReferenceArea(3, 5, 8, 9);

        Png png = Save(Picture.Draw(new float[20 * 24], 20, 24, new RenderOptions { Minimum = -1, Maximum = 1 }).Outline(area));

        for (int r = 0; r < 20; r++)
        {
            for (int c = 0; c < 24; c++)
            {
                bool inside = r is >= 3 and < 11 && c is >= 5 and < 14;
                bool core = r is >= 5 and < 9 && c is >= 7 and < 12;
                Pixel pixel = png.GetPixel(c, r);
                Assert.Equal(inside && !core, pixel.R != pixel.B);
            }
        }
    }

    [Fact]
    public void An_outline_beyond_the_picture_is_cut()
    {
        Png png = Save(Picture.Draw(new float[36], 6, 6).Outline(new ReferenceArea(-3, 2, 20, 20)));

        Pixel edge = png.GetPixel(2, 4);
        Assert.NotEqual(edge.R, edge.B);
        Pixel inside = png.GetPixel(5, 4);
        Assert.Equal(inside.R, inside.B);
    }

    [Fact]
    public void Pictures_side_by_side_keep_their_place()
    {
        var black = Picture.Draw([0, 0], 2, 1, new RenderOptions { Minimum = 0, Maximum = 1 });
        var grey = Picture.Draw([1, 1, 1, 1], 2, 2, new RenderOptions { Minimum = 0, Maximum = 5 });

        Png png = Save(Picture.SideBySide([black, grey], gap: 3));

        Assert.Equal((6, 2), (png.Width, png.Height));
        int[] row = [.. Enumerable.Range(0, 6).Select(c => (int)png.GetPixel(c, 1).R)];
        Assert.Equal([0, 255, 255, 255, 51, 51], row);
        Assert.Throws<ArgumentException>(() => Picture.SideBySide([]));
        Assert.Throws<ArgumentException>(() => Picture.SideBySide([black, Picture.Draw([0], 1, 1)]));
    }

    [Fact]
    public void A_phase_has_the_same_colour_at_minus_and_plus_pi_and_the_same_brightness_everywhere()
    {
        var options = new RenderOptions { ColorMap = ColorMap.Cyclic, Minimum = -Math.PI, Maximum = Math.PI };
        Png png = Save(Picture.Draw([.. Enumerable.Range(0, 13).Select(static i => (float)(Math.PI * ((i / 6.0) - 1)))], 1, 13, options));

        Assert.Equal(png.GetPixel(0, 0), png.GetPixel(12, 0));
        Assert.NotEqual(png.GetPixel(0, 0), png.GetPixel(6, 0));
        // Lightness in Oklab, of which a screen's bytes resolve 0.004.
        Assert.All(Enumerable.Range(0, 13), c => Assert.InRange(Oklab.From(new Rgb(png.GetPixel(c, 0).R, png.GetPixel(c, 0).G, png.GetPixel(c, 0).B)).L, 0.716, 0.724));
    }

    [Fact]
    public void The_diverging_map_is_white_in_the_middle_blue_below_and_red_above()
    {
        var options = new RenderOptions { ColorMap = ColorMap.Diverging, Minimum = -1, Maximum = 1 };
        Png png = Save(Picture.Draw([-1, 0, 1], 1, 3, options));

        AssertGrey(png, 0, 1, 255);
        Assert.True(png.GetPixel(0, 0).B > png.GetPixel(0, 0).R);
        Assert.True(png.GetPixel(2, 0).R > png.GetPixel(2, 0).B);
    }

    [Fact]
    public void Values_must_fit_the_shape() =>
        Assert.Throws<ArgumentException>(() => Picture.Draw(new float[5], 2, 3));

    [Fact]
    public void Amplitude_and_phase_of_a_wave_are_drawn_row_by_row()
    {
        // Amplitudes 1, 2, 3, 4; phases 0, π/2, π/2, 0.
        var wave = new ExitWave(new Calibration(2, 2, 1, 1), [1, 0, 0, 2, 0, 3, 4, 0]);

        Png amplitude = Save(WavePictures.Amplitude(wave, new RenderOptions { Minimum = 1, Maximum = 4 }));
        AssertGrey(amplitude, 0, 0, 0);
        AssertGrey(amplitude, 0, 1, 85);
        AssertGrey(amplitude, 1, 0, 170);
        AssertGrey(amplitude, 1, 1, 255);

        // The first and the last colour of Viridis.
        Png phase = Save(WavePictures.Phase(wave, new RenderOptions { Minimum = 0, Maximum = Math.PI / 2 }));
        Assert.Equal((68, 1, 84), Colour(phase, 0, 0));
        Assert.Equal((253, 231, 37), Colour(phase, 0, 1));
        Assert.Equal((253, 231, 37), Colour(phase, 1, 0));
        Assert.Equal((68, 1, 84), Colour(phase, 1, 1));
    }

    private static void AssertGrey(Png png, int row, int column, int grey) => Assert.Equal((grey, grey, grey), Colour(png, row, column));

    private static (int R, int G, int B) Colour(Png png, int row, int column)
    {
        Pixel pixel = png.GetPixel(column, row);
        return (pixel.R, pixel.G, pixel.B);
    }

    private Png Save(Picture picture)
    {
        picture.Save(_folder.File("a.png"));
        return Png.Open(_folder.File("a.png"));
    }
}
