using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Formats;

namespace FsRec.Tests.Series;

public sealed class NumberTypeTests
{
    private const int Side = 64;

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(8e5)]
    public void The_bits_of_floating_point_numbers_are_known(double mean)
    {
        float[] numbers = [.. SmallSeries.Noise(Side * Side, mean, mean / 5, 3)];
        numbers[7] = 0;
        numbers[9] = -1;

        Assert.True(NumberType.AreFloats([.. numbers.Select(static v => (float)BitConverter.SingleToInt32Bits(v))]));
        Assert.True(NumberType.AreFloats([.. numbers.Select(static v => (float)BitConverter.SingleToUInt32Bits(v))]));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(200)]
    [InlineData(4e6)]
    [InlineData(5e8)]
    public void Counts_are_none(double mean) =>
        Assert.False(NumberType.AreFloats([.. SmallSeries.Noise(Side * Side, mean, Math.Sqrt(mean), 3).Select(static v => MathF.Max(0, MathF.Round(v)))]));

    [Theory]
    [InlineData(PixelType.UInt32, 1)]
    [InlineData(PixelType.Int32, 1)]
    [InlineData(PixelType.Float32, 0)]
    public void Files_that_are_read_as_another_type_are_a_doubt_that_names_the_key(PixelType type, int doubts)
    {
        using var folder = new TemporaryFolder();
        ReconstructionParameters parameters = SmallSeries.Parameters(new Calibration(Side, Side, 0.05, 0.05), 4, -100, -80, -60);
        parameters = parameters with
        {
            Files = parameters.Files with { InputPath = folder.File("in"), OutputPath = folder.File("out"), PixelType = type },
        };
        Directory.CreateDirectory(folder.File("in"));
        for (int n = 0; n < 3; n++)
        {
            File.WriteAllBytes(folder.File($"in/img_{n:000}.raw"), [.. SmallSeries.Noise(Side * Side, 30, 5, n).SelectMany(BitConverter.GetBytes)]);
        }

        RunMessage[] warnings = [.. RunWarnings.Of(SeriesReader.Open(parameters)).Where(static m => m.Id == WarningIds.OtherNumberType)];

        Assert.Equal(doubts, warnings.Length);
        Assert.All(warnings, static m => Assert.Contains("Pixeltype=Float32", m.Text, StringComparison.Ordinal));
        Assert.True(RunWarnings.IsDoubt(WarningIds.OtherNumberType));
    }
}
