using FsRec.Formats.Images;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Formats.Images;

/// <summary>Formats whose small files the tests write themselves.</summary>
public class SmallFilesTests
{
    [Theory]
    [InlineData(0, false, PixelType.Int8, -1f)]
    [InlineData(1, false, PixelType.UInt8, 255f)]
    public void Bytes_of_an_MRC_have_a_sign_unless_IMODs_flag_says_otherwise(int imod, bool bigEndian, PixelType type, float value)
    {
        // Without IMOD's stamp MRC2014 has them signed; with it and the flag's lowest bit clear they are not.
        byte[] file = SmallFiles.Mrc((2, 2, 1), 0, [255, 1, 2, 3], bigEndian, bytes =>
        {
            if (imod == 1)
            {
                BitConverter.GetBytes(1146047817).CopyTo(bytes, 152);
            }
        });
        ImageFileInfo info = Read(file, ".mrc", out float[] pixels);
        Assert.Equal((type, value, 1f), (info.PixelType, pixels[0], pixels[1]));
        Assert.True(info.RowsRunUpward);
    }

    [Fact]
    public void The_byte_order_of_an_MRC_is_told_by_its_sense_and_not_by_its_stamp()
    {
        // 256 and 2 with the highest byte first; the stamp 44 44 says the opposite.
        byte[] file = SmallFiles.Mrc((2, 1, 1), 1, [1, 0, 0, 2], bigEndian: true);
        ImageFileInfo info = Read(file, ".mrc", out float[] pixels);
        Assert.Equal([256, 2], pixels);
        Assert.Equal((0.04, 0.05), (Math.Round(info.RowSampling!.Value, 6), Math.Round(info.ColumnSampling!.Value, 6)));
    }

    [Fact]
    public void Four_bit_rows_begin_with_a_byte_of_their_own()
    {
        byte[] file = SmallFiles.Mrc((3, 2, 1), 101, [0x21, 0x03, 0x54, 0x06]);
        Read(file, ".mrc", out float[] pixels);
        Assert.Equal([1, 2, 3, 4, 5, 6], pixels);
    }

    [Fact]
    public void An_extended_header_is_passed_over_by_its_size()
    {
        byte[] file = SmallFiles.Mrc((2, 1, 1), 6, [7, 0, 8, 0], extended: 96);
        Read(file, ".mrc", out float[] pixels);
        Assert.Equal([7, 8], pixels);
    }

    [Fact]
    public void Of_a_SER_only_the_valid_images_are_taken()
    {
        ImageFileInfo info = Read(SmallFiles.Ser(5, 2, 3, 4, static i => (short)(i - 5)), ".ser", out float[] pixels);
        Assert.Equal((2, 3, 4), (info.Frames, info.Rows, info.Columns));
        Assert.Equal((0.04, 0.05), (Math.Round(info.RowSampling!.Value, 9), Math.Round(info.ColumnSampling!.Value, 9)));
        Assert.Equal(Enumerable.Range(0, 24).Select(static i => (float)(i - 5)), pixels);
    }

    [Fact]
    public void A_PNG_of_16_bits_keeps_them()
    {
        ImageFileInfo info = Read(SmallFiles.Png(5, 7, static i => (i * 1873) % 65536), ".png", out float[] pixels);
        Assert.Equal(PixelType.UInt16, info.PixelType);
        Assert.Equal(Enumerable.Range(0, 35).Select(static i => (float)((i * 1873) % 65536)), pixels);
    }

    [Fact]
    public void A_DM3_has_its_scale_in_nm_and_its_voltage_in_kV()
    {
        ImageFileInfo info = Read(SmallFiles.Dm3(2, 3, 4, static i => (short)(i * 3)), ".dm3", out float[] pixels);
        Assert.Equal((2, 3, 4, 200.0), (info.Frames, info.Rows, info.Columns, info.Voltage));
        Assert.Equal(0.05, info.ColumnSampling!.Value, 1e-6);
        Assert.Equal(Enumerable.Range(0, 24).Select(static i => i * 3f), pixels);
    }

    [Theory]
    [InlineData("a2", "a10", -1)]
    [InlineData("a010", "a9", 1)]
    [InlineData("a", "b", -1)]
    public void Names_are_ordered_as_people_count(string first, string second, int order) =>
        Assert.Equal(order, Math.Sign(NaturalOrder.Comparer.Compare(first, second)));

    [Theory]
    [InlineData("µm", 1000.0)]
    [InlineData("\u03BCm", 1000.0)]
    [InlineData("micron", 1000.0)]
    [InlineData("Å", 0.1)]
    [InlineData("[n_m]", null)]
    [InlineData("1/nm", null)]
    [InlineData("pm", 0.001)]
    public void Units_become_nm(string unit, double? factor) => Assert.Equal(factor, LengthUnit.ToNanometres(unit));

    // A cell of 384 px of 0.45 Å and ImageJ's 22222222 px in 1000000 nm are 0.045 nm; a scale that is measured keeps its digits.
    [Theory]
    [InlineData(384 * 0.45f / 384, "Å", 0.045)]
    [InlineData(1000000.0 / 22222222, "nm", 0.045)]
    [InlineData(0.02392791775876109, "nm", 0.02392791775876109)]
    public void A_scale_is_the_number_that_was_meant(double scale, string unit, double nanometres) =>
        Assert.Equal(nanometres, LengthUnit.Sampling(scale, unit));

    [Fact]
    public void A_directory_that_points_to_itself_is_an_error_that_names_the_place()
    {
        // One field, ImageWidth = 1, and the next directory at the same place.
        byte[] file = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0];
        Assert.Contains("byte 8", Error(file, ".tif"), StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_nested_without_end_are_an_error()
    {
        byte[] group = SmallFiles.Group();
        for (int i = 0; i < 100; i++)
        {
            group = SmallFiles.Group(SmallFiles.Named("", group));
        }

        Assert.Contains("nested", Error(SmallFiles.Root(group), ".dm3"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_short_is_an_error_that_says_what_is_missing()
    {
        byte[] file = SmallFiles.Ser(1, 1, 3, 4, static i => 1)[..^3];
        Assert.Contains("3×4 px Int16", Error(file, ".ser"), StringComparison.Ordinal);
    }

    private static string Error(byte[] bytes, string suffix)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("file" + suffix);
        File.WriteAllBytes(path, bytes);
        string message = Assert.Throws<DataException>(() => ImageFile.Open(path).Dispose()).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        return message;
    }

    private static ImageFileInfo Read(byte[] bytes, string suffix, out float[] pixels)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("file" + suffix);
        File.WriteAllBytes(path, bytes);
        using var file = ImageFile.Open(path);
        ImageFileInfo info = file.Main.Info;
        pixels = new float[info.Frames * info.PixelCount];
        for (int frame = 0; frame < info.Frames; frame++)
        {
            file.Main.Read(frame, pixels.AsSpan(frame * info.PixelCount, info.PixelCount));
        }

        return info;
    }

    [Fact]
    public void A_png_without_an_image_says_so()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "empty.png");
        byte[] bytes = SmallFiles.Png(4, 4, static i => i);
        for (int at = bytes.AsSpan().IndexOf("IDAT"u8); at >= 0; at = bytes.AsSpan().IndexOf("IDAT"u8))
        {
            "IDOT"u8.CopyTo(bytes.AsSpan(at));
        }

        File.WriteAllBytes(path, bytes);
        Assert.Contains("no IDAT", Assert.Throws<DataException>(() => ImageFile.Open(path)).Message, StringComparison.Ordinal);
    }

    // Many pixels are converted at a time, those that are left one by one.
    [EveryWidth]
    [Fact]
    public void Numbers_of_cameras_are_the_same_at_every_length()
    {
        var random = new Random(16);
        for (int length = 0; length < 100; length++)
        {
            var bytes = new byte[2 * length];
            random.NextBytes(bytes);
            Same(PixelType.UInt8, 1, [.. bytes[..length].Select(static v => (float)v)]);
            Same(PixelType.UInt16, 2, [.. Enumerable.Range(0, length).Select(i => (float)BitConverter.ToUInt16(bytes, 2 * i))]);
            Same(PixelType.Int16, 2, [.. Enumerable.Range(0, length).Select(i => (float)BitConverter.ToInt16(bytes, 2 * i))]);

            void Same(PixelType type, int size, float[] expected)
            {
                var values = new float[length];
                PixelConversion.Convert(bytes.AsSpan(0, size * length).ToArray(), type, !BitConverter.IsLittleEndian, values);
                Assert.Equal(expected, values);
            }
        }
    }

    [Fact]
    public void Of_a_description_by_TIA_it_is_told_where_the_images_are()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("scan.emi");
        File.WriteAllBytes(path, [0x4A, 0x4B, 1, 2, 3, 4, 5, 6]);

        Assert.Contains(".ser", Assert.Throws<DataException>(() => ImageFile.Open(path)).Message, StringComparison.Ordinal);
    }
}
