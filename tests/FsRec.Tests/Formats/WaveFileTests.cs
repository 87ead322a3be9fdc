using System.Runtime.InteropServices;
using FsRec.Formats;

namespace FsRec.Tests.Formats;

public sealed class WaveFileTests : IDisposable
{
    private static readonly Calibration Shape = new(2, 3, 0.05, 0.04);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_wave_comes_back_bit_by_bit_with_its_calibration()
    {
        float[] data = [1, -2, 0.1f, 1e-30f, -0f, 3e38f, float.Epsilon, 7, 8, 9, -10, 11];
        WaveFile.Write(_folder.File("a.wav"), new ExitWave(Shape, data));

        ExitWave wave = WaveFile.Read(_folder.File("a.wav"), Shape);

        Assert.Equal(Shape, wave.Calibration);
        Assert.Equal(data.Select(BitConverter.SingleToInt32Bits), wave.Interleaved.ToArray().Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void A_wave_is_written_as_complex64_real_part_first()
    {
        WaveFile.Write(_folder.File("a.wav"), new ExitWave(Shape, [1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));

        byte[] bytes = File.ReadAllBytes(_folder.File("a.wav"));

        Assert.Equal(6 * 8, bytes.Length);
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0x40], bytes[..8]);
    }

    [Fact]
    public void Pairs_of_float16_are_told_by_the_size()
    {
        // 4 bytes a pixel; all values have an exact float16.
        Half[] halves = [(Half)1, (Half)(-0.5), (Half)0.25, (Half)2048, (Half)0, (Half)65504, (Half)3, (Half)4, (Half)5, (Half)6, (Half)7, (Half)8];
        File.WriteAllBytes(_folder.File("a.wav"), MemoryMarshal.AsBytes<Half>(halves).ToArray());

        ExitWave wave = WaveFile.Read(_folder.File("a.wav"), Shape);

        Assert.Equal([1, -0.5f, 0.25f, 2048, 0, 65504, 3, 4, 5, 6, 7, 8], wave.Interleaved.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(47)]
    [InlineData(96)] // complex128
    public void Any_other_size_is_refused_with_the_sizes_that_would_fit(int bytes)
    {
        string path = _folder.File("a.wav");
        File.WriteAllBytes(path, new byte[bytes]);

        string message = Assert.Throws<DataException>(() => WaveFile.Read(path, Shape)).Message;

        Assert.Contains($"'{path}' has {bytes} bytes", message, StringComparison.Ordinal);
        Assert.Contains("48", message, StringComparison.Ordinal);
        Assert.Contains("24", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, 9)]
    [InlineData(float.NaN, 8)]
    [InlineData(float.PositiveInfinity, 9)]
    [InlineData(float.NegativeInfinity, 8)]
    public void What_is_not_finite_is_refused_with_its_place(float value, int at)
    {
        string path = _folder.File("a.wav");
        var data = new float[12];
        data[at] = value;
        File.WriteAllBytes(path, MemoryMarshal.AsBytes<float>(data).ToArray());

        string message = Assert.Throws<DataException>(() => WaveFile.Read(path, Shape)).Message;

        // Values 8 and 9 are the fifth pixel: row 1, column 1 of 2×3.
        Assert.Contains("row 1, column 1", message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_wave_asks_for_a_reconstruction_first()
    {
        string message = Assert.Throws<DataException>(() => WaveFile.Read(_folder.File("none.wav"), Shape)).Message;

        Assert.Contains("none.wav", message, StringComparison.Ordinal);
        Assert.Contains("Run a reconstruction first", message, StringComparison.Ordinal);
    }
}
