using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Tests.Series;

public class RowLengthTests
{
    private const int Rows = 48;
    private const int Columns = 96;

    [Theory]
    [InlineData(48, 96)]
    [InlineData(96, 48)]
    [InlineData(24, 192)]
    [InlineData(16, 288)]
    [InlineData(288, 16)]
    [InlineData(144, 32)]
    [InlineData(32, 144)]
    public void Another_shape_than_the_pixels_have_is_noticed(int rows, int columns)
    {
        (int, int)? expected = columns == Columns ? null : (Rows, Columns);
        foreach (double noise in new[] { 0, 1, 2.0 })
        {
            Assert.Equal(expected, RowLength.Likelier(Make(rows, columns, noise, Smooth(false))));
            Assert.Equal(expected, RowLength.Likelier(Make(rows, columns, noise, Smooth(true))));
        }
    }

    // Where the pixels are of a crystal, they are alike at many lags, and only the right one must not be doubted.
    [Theory]
    [InlineData(12, 12)]
    [InlineData(6, 8)]
    [InlineData(4, 4)]
    [InlineData(1000, 4)]
    [InlineData(48, 1000)]
    [InlineData(4, 1000)]
    [InlineData(24, 5)]
    public void The_true_shape_of_a_crystal_is_not_doubted(double across, double down)
    {
        foreach (double noise in new[] { 0, 1, 2.0 })
        {
            Func<double, double, double> lattice = (y, x) => Math.Cos(2 * Math.PI * x / across) + Math.Cos(2 * Math.PI * y / down);
            Assert.Null(RowLength.Likelier(Make(Rows, Columns, noise, lattice)));

            // Two cells, alike in all, across the frame.
            Func<double, double, double> pattern = Smooth(true);
            Assert.Null(RowLength.Likelier(Make(Rows, Columns, noise, (y, x) => pattern(y, 2 * x) + lattice(y, x))));
        }
    }

    [Fact]
    public void Fringes_of_three_pixels_along_the_rows_are_no_sign_of_another_shape() =>
        Assert.Null(RowLength.Likelier(Make(Rows, Columns, 1, static (y, x) => Math.Cos(2 * Math.PI * x / 24) + Math.Cos(2 * Math.PI * y / 3))));

    [Fact]
    public void Two_rows_of_a_crystal_taken_for_one_are_noticed()
    {
        Func<double, double, double> pattern = Smooth(false);
        Assert.Equal((Rows, Columns), RowLength.Likelier(Make(Rows / 2, 2 * Columns, 1, (y, x) => Math.Cos(2 * Math.PI * x / 12) + Math.Cos(2 * Math.PI * y / 12) + pattern(y, x))));
    }

    [Fact]
    public void Noise_is_no_sign_of_another_shape() => Assert.Null(RowLength.Likelier(Make(96, 48, 5, static (_, _) => 0)));

    [Fact]
    public void Noise_of_whole_rows_is_no_sign_of_another_shape()
    {
        var random = new Random(3);
        double[] offsets = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())];
        Assert.Null(RowLength.Likelier(Make(Rows, Columns, 1, (y, _) => 2 * offsets[(int)y])));
    }

    // Of pixels 16 apart in rows of 5760, one pair in 360 is of two rows.
    [Fact]
    public void Noise_of_whole_rows_is_no_sign_of_much_shorter_ones()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            double[] offsets = [.. Enumerable.Range(0, 91).Select(_ => 2 * random.NextDouble())];
            float[][] frames = [.. Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, 91 * 5760).Select(i => (float)(100 + offsets[i / 5760] + (10 * random.NextDouble()))).ToArray())];
            Assert.Null(RowLength.Likelier(Series(91, 5760, frames)));
        }
    }

    // A sum of waves in all directions, of periods of 8 pixels and more; with whole periods in the frame or not.
    private static Func<double, double, double> Smooth(bool periodic)
    {
        var random = new Random(2);
        (double Ky, double Kx, double Phase)[] waves =
        [
            .. Enumerable.Range(0, 400).Select(_ =>
            {
                (double ky, double kx) = (((12 * random.NextDouble()) - 6) / Rows, ((24 * random.NextDouble()) - 12) / Columns);
                return (periodic ? Math.Round(ky * Rows) / Rows : ky, periodic ? Math.Round(kx * Columns) / Columns : kx, 6.3 * random.NextDouble());
            }),
        ];
        return (y, x) => waves.Sum(w => Math.Cos((2 * Math.PI * ((w.Ky * y) + (w.Kx * x))) + w.Phase)) / 14;
    }

    // Frames whose pixels are of 48 rows of 96, given as of another shape; their contrast is about 1, and the noise as much as is said.
    private static FocalSeries Make(int rows, int columns, double noise, Func<double, double, double> pattern)
    {
        var random = new Random(1);
        double[] truth = [.. Enumerable.Range(0, Rows * Columns).Select(i => pattern(i / Columns, i % Columns))];
        float[][] frames = [.. Enumerable.Range(0, 8).Select(_ => truth.Select(v => (float)(100 + v + (noise * Math.Sqrt(12) * (random.NextDouble() - 0.5)))).ToArray())];
        return Series(rows, columns, frames);
    }

    private static FocalSeries Series(int rows, int columns, float[][] frames) =>
        new(
            new ReconstructionParameters
            {
                Files = new FileParameters { InputFileName = "f_", ImageCount = frames.Length },
                Image = new ImageParameters { Calibration = new Calibration(rows, columns, 0.05, 0.05) },
                Foci = [.. Enumerable.Range(0, frames.Length).Select(static n => -100.0 + (20 * n))],
            },
            frames);
}
