using FsRec.Fourier;
using FsRec.Resolution;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Resolution;

public unsafe class SharedNoiseTests
{
    private const int Rows = 11;
    private const int Columns = 90;

    [Fact]
    [EveryWidth]
    public void Cosines_are_summed_from_the_first_column_of_each_row_to_the_last()
    {
        var random = new Random(1);
        int last = 43;
        int[] first = [.. Enumerable.Range(0, Rows).Select(r => r < 2 ? last + 1 : 3 * r)];
        using var a = new ComplexPlane(Rows, (Columns / 2) + 1);
        using var b = new ComplexPlane(Rows, (Columns / 2) + 1);
        using var ramp = new PhaseRamp(Rows, Columns);
        ramp.Set(1.3, -0.4);
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < a.Columns; c++)
            {
                a[r, c] = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
                b[r, c] = c == 40 ? (0, 0) : (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
            }
        }

        (double still, double moved, long count) = (0, 0, 0);
        for (int r = 0; r < Rows; r++)
        {
            for (int c = first[r]; c <= last; c++)
            {
                if (c != 40)
                {
                    double angle = 2 * Math.PI * ((1.3 * c / Columns) - (0.4 * FrequencyGrid.Signed(r, Rows) / Rows));
                    double between = Math.Atan2(b[r, c].Im, b[r, c].Re) - Math.Atan2(a[r, c].Im, a[r, c].Re);
                    (still, moved, count) = (still + Math.Cos(between), moved + Math.Cos(angle - between), count + 1);
                }
            }
        }

        (double foundStill, double foundMoved, long found) = SharedNoise.Cosines(a, b, ramp, first, last);
        Assert.Equal(count, found);
        Assert.Equal(still, foundStill, 1e-4);
        Assert.Equal(moved, foundMoved, 1e-4);
    }

    // Numbers z and ρz + √(1 − ρ²)w of independent normal z and w; of 200,000 the mean cosine scatters by 0.002. No frame shares more than all of its noise.
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(-0.7)]
    public void The_correlation_is_that_of_numbers_of_normal_distribution(double correlation)
    {
        var random = new Random(8);
        (double Re, double Im) Normal()
        {
            (double length, double angle) = (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())), 2 * Math.PI * random.NextDouble());
            return (length * Math.Cos(angle), length * Math.Sin(angle));
        }

        const int Count = 200_000;
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            ((double Re, double Im) z, (double Re, double Im) w) = (Normal(), Normal());
            double rest = Math.Sqrt(1 - (correlation * correlation));
            (double re, double im) = ((correlation * z.Re) + (rest * w.Re), (correlation * z.Im) + (rest * w.Im));
            sum += ((z.Re * re) + (z.Im * im)) / Math.Sqrt(((z.Re * z.Re) + (z.Im * z.Im)) * ((re * re) + (im * im)));
        }

        Assert.Equal(correlation, SharedNoise.Correlation(sum / Count), 0.01);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(-1, -1)]
    [InlineData(1.0000001, 1)]
    [InlineData(0.0785398163, 0.1)]
    [InlineData(0, 0)]
    public void Cosines_of_equal_numbers_are_a_correlation_of_1_and_small_ones_four_over_pi_of_one(double cosine, double correlation) =>
        Assert.Equal(correlation, SharedNoise.Correlation(cosine), 2e-4);

    // cos(πd) is no turn: cosines with it would be too small where noise moves along, by one row in 48 of a frame of 48 rows.
    [Theory]
    [InlineData(48, -24, 10)]
    [InlineData(48, -23, 5)]
    [InlineData(48, 23, 5)]
    [InlineData(49, -24, 5)]
    [InlineData(48, 4, 10)]
    public void Rows_near_the_axis_and_that_of_the_Nyquist_frequency_do_not_count(int rows, int ky, int first) =>
        Assert.Equal(first, SharedNoise.First(FrequencyGrid.Of(new Calibration(rows, 20, 0.05, 0.05)), ky, 9, 0));
}
