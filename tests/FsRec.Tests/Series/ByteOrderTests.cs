using System.Buffers.Binary;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Formats;

namespace FsRec.Tests.Series;

public sealed class ByteOrderTests
{
    private const int Side = 64;

    [Theory]
    [InlineData(800, 1)]
    [InlineData(20000, 1)]
    [InlineData(90, 1)]
    [InlineData(250, 16)]
    [InlineData(120, 256)]
    public void Only_exchanged_bytes_are_noticed(double mean, int factor)
    {
        ushort[] counts = [.. Counts(mean).Select(v => (ushort)(v * factor))];

        Assert.False(ByteOrder.IsOther([.. counts.Select(static v => (float)v)]));
        if (factor == 1 && mean > byte.MaxValue)
        {
            Assert.True(ByteOrder.IsOther([.. counts.Select(static v => (float)BinaryPrimitives.ReverseEndianness(v))]));
            Assert.True(ByteOrder.IsOther([.. counts.Select(static v => (float)(short)BinaryPrimitives.ReverseEndianness(v))]));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Files_that_are_read_in_the_wrong_order_are_a_doubt_that_names_the_key(bool wrong)
    {
        using var folder = new TemporaryFolder();
        ReconstructionParameters parameters = SmallSeries.Parameters(new Calibration(Side, Side, 0.05, 0.05), 4, -100, -80, -60);
        parameters = parameters with
        {
            Files = parameters.Files with { InputPath = folder.File("in"), OutputPath = folder.File("out"), PixelType = PixelType.UInt16, BigEndian = wrong },
        };
        Directory.CreateDirectory(folder.File("in"));
        for (int n = 0; n < 3; n++)
        {
            File.WriteAllBytes(folder.File($"in/img_{n:000}.raw"), [.. Counts(800).SelectMany(static v => BitConverter.GetBytes((ushort)v))]);
        }

        RunMessage[] warnings = [.. RunWarnings.Of(SeriesReader.Open(parameters)).Where(static m => m.Id == WarningIds.OtherByteOrder)];

        Assert.Equal(wrong ? 1 : 0, warnings.Length);
        Assert.All(warnings, static m => Assert.Contains("Bigendian=No", m.Text, StringComparison.Ordinal));
        Assert.True(RunWarnings.IsDoubt(WarningIds.OtherByteOrder));
    }

    private static float[] Counts(double mean) => [.. SmallSeries.Noise(Side * Side, mean, Math.Sqrt(mean), 7).Select(static v => MathF.Max(0, MathF.Round(v)))];
}
