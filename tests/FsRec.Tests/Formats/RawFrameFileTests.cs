using FsRec.Formats;

namespace FsRec.Tests.Formats;

public sealed class RawFrameFileTests : IDisposable
{
    private static readonly Calibration Shape = new(3, 5, 0.05, 0.05);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, "img_000.raw")]
    [InlineData(7, "img_007.raw")]
    [InlineData(42, "img_042.raw")]
    [InlineData(999, "img_999.raw")]
    [InlineData(1000, "img_1000.raw")]
    [InlineData(12345, "img_12345.raw")]
    public void An_image_number_has_at_least_three_digits(int number, string name) =>
        Assert.Equal(name, RawFrameFile.Name("img_", number));

    [Fact]
    public void A_frame_comes_back_bit_by_bit()
    {
        float[] pixels = [1, -2.5f, float.NaN, float.PositiveInfinity, -0f, float.Epsilon, 3e38f, 0, 1, 2, 3, 4, 5, 6, 7];
        RawFrameFile.Write(_folder.File("a.raw"), pixels);

        var read = new float[15];
        RawFrameFile.Read(_folder.File("a.raw"), Shape, read);

        Assert.Equal(pixels.Select(BitConverter.SingleToInt32Bits), read.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Pixels_are_little_endian_and_rows_follow_one_another()
    {
        RawFrameFile.Write(_folder.File("a.raw"), [1, 2]);

        // IEEE 754: 1 is 0x3F800000, 2 is 0x40000000.
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0x40], File.ReadAllBytes(_folder.File("a.raw")));
    }

    [Fact]
    public void A_longer_target_is_not_written_beyond_the_frame()
    {
        RawFrameFile.Write(_folder.File("a.raw"), new float[15]);
        var target = new float[20];
        Array.Fill(target, 9);

        RawFrameFile.Read(_folder.File("a.raw"), Shape, target);

        Assert.All(target[..15], static value => Assert.Equal(0, value));
        Assert.All(target[15..], static value => Assert.Equal(9, value));
    }

    [Fact]
    public void A_size_that_fits_another_shape_and_another_number_names_both()
    {
        File.WriteAllBytes(_folder.File("a.raw"), new byte[64]);

        string message = Assert.Throws<DataException>(() => RawFrameFile.Read(_folder.File("a.raw"), Shape with { Rows = 2, Columns = 4 }, new float[8])).Message;

        Assert.Contains("Dimensions=[4, 4]; or it holds float64 (Pixeltype=Float64)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, "16-bit integers (Pixeltype=UInt16 or Int16)")] // 15 pixels of 2 bytes
    [InlineData(120, "float64 (Pixeltype=Float64)")] // 15 pixels of 8 bytes
    [InlineData(144, "Dimensions=[6, 6]")] // 6·6 pixels of 4 bytes
    [InlineData(59, "still being written")]
    [InlineData(61, "header")]
    [InlineData(0, "still being written")]
    public void A_file_of_the_wrong_size_is_refused_with_both_sizes_and_a_hint(int bytes, string hint)
    {
        string path = _folder.File("a.raw");
        File.WriteAllBytes(path, new byte[bytes]);

        string message = Assert.Throws<DataException>(() => RawFrameFile.Read(path, Shape, new float[15])).Message;

        Assert.Contains($"'{path}' has {bytes} bytes", message, StringComparison.Ordinal);
        Assert.Contains("take 60.", message, StringComparison.Ordinal);
        Assert.Contains(hint, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("img_000.raw")]
    [InlineData("nowhere/img_000.raw")]
    public void A_missing_file_is_named_with_the_keys_to_check(string name)
    {
        string path = _folder.File(name);

        string message = Assert.Throws<DataException>(() => RawFrameFile.Read(path, Shape, new float[15])).Message;

        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("NImages", message, StringComparison.Ordinal);
        Assert.Contains("basename000.raw", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_place_of_a_frame_is_a_data_error()
    {
        Directory.CreateDirectory(_folder.File("a.raw"));

        Assert.Throws<DataException>(() => RawFrameFile.Read(_folder.File("a.raw"), Shape, new float[15]));
    }
}
