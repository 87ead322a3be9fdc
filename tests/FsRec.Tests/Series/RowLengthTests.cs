using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Tests.Series;

public class RowLengthTests
{
    [Theory]
    [InlineData(48, 80, false)]
    [InlineData(80, 48, true)]
    [InlineData(160, 24, true)]
    public void Exchanged_dimensions_are_noticed(int rows, int columns, bool swapped) =>
        Assert.Equal(swapped ? (48, 80) : null, RowLength.Likelier(Make(rows, columns, 1)));

    [Fact]
    public void Noise_is_no_sign_of_exchanged_dimensions() => Assert.Null(RowLength.Likelier(Make(80, 48, 0)));

    // A smooth pattern of 48 rows of 80 pixels with noise.
    private static FocalSeries Make(int rows, int columns, double contrast)
    {
        var random = new Random(1);
        float[][] frames =
        [
            .. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 48 * 80).Select(i =>
                (float)(100 + (contrast * 10 * (Math.Sin(0.21 * (i % 80)) + Math.Cos((0.13 * (i / 80)) + (0.05 * (i % 80))))) + (10 * random.NextDouble()))).ToArray()),
        ];
        return new FocalSeries(
            new ReconstructionParameters
            {
                Files = new FileParameters { InputFileName = "f_", ImageCount = 3 },
                Image = new ImageParameters { Calibration = new Calibration(rows, columns, 0.05, 0.05) },
                Foci = [-100, -80, -60],
            },
            frames);
    }
}
