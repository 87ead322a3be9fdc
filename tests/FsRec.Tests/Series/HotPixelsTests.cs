using FsRec.Series;

namespace FsRec.Tests.Series;

/// <summary>Repairs of a frame of noise, 1 ± 0.1; its differences from the local median have a deviation of about 0.1 too.</summary>
public sealed class HotPixelsTests
{
    private const int Rows = 24;
    private const int Columns = 31;

    [Theory]
    [InlineData(1e9f)]
    [InlineData(6f)]
    [InlineData(-4f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.MaxValue)]
    public void One_bad_pixel_becomes_the_median_of_its_neighbours(float value)
    {
        foreach ((int row, int column) in ((int, int)[])[(10, 15), (0, 0), (Rows - 1, Columns - 1), (0, 7), (12, 0)])
        {
            float[] clean = Clean();
            float[] frame = Clean();
            frame[(row * Columns) + column] = value;

            Assert.Equal(1, HotPixels.Repair(frame, Rows, Columns, "a"));

            float[] expected = Clean();
            expected[(row * Columns) + column] = Median(Neighbours(clean, row, column));
            Assert.Equal(expected, frame);
        }
    }

    [Fact]
    public void A_clean_frame_is_not_touched()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            float[] frame = SmallSeries.Noise(Rows * Columns, 1, 0.1, seed);
            float[] before = [.. frame];

            Assert.Equal(0, HotPixels.Repair(frame, Rows, Columns, "a"));
            Assert.Equal(before, frame);
        }
    }

    /// <summary>
    /// Of seven electrons a pixel one in a million has 23 or more; eight million pixels have some, and none of them is a defect. One of 80 is: chance makes that of
    /// none in 10⁵⁰.
    /// </summary>
    [Fact]
    public void Chance_among_few_electrons_is_no_defect()
    {
        const int size = 448;
        for (int frame = 0; frame < 40; frame++)
        {
            var random = new RandomStream(77, frame);
            float[] counts = [.. Enumerable.Range(0, size * size).Select(_ => (float)random.Poisson(7))];
            Assert.Empty(LeftDefects.Find(counts, size, size));
            counts[(100 * size) + 200] = 80;
            Assert.Single(LeftDefects.Find(counts, size, size));
        }
    }

    [Fact]
    public void A_constant_frame_is_not_touched()
    {
        var frame = new float[Rows * Columns];
        Array.Fill(frame, 0.1f);

        Assert.Equal(0, HotPixels.Repair(frame, Rows, Columns, "a"));
        Assert.All(frame, static value => Assert.Equal(0.1f, value));
    }

    [Fact]
    public void A_pixel_of_a_billion_does_not_hide_the_others()
    {
        float[] frame = Clean();
        int[] bad = [At(3, 3), At(3, 20), At(15, 8), At(20, 28)];
        frame[bad[0]] = 1e9f;
        frame[bad[1]] = 1e5f;
        frame[bad[2]] = 10;
        frame[bad[3]] = -8;

        Assert.Equal(4, HotPixels.Repair(frame, Rows, Columns, "a"));

        // Back within six deviations of the mean, where all of this frame's clean pixels lie.
        Assert.All(bad, i => Assert.InRange(frame[i], 0.4f, 1.6f));
        AssertOthersUntouched(frame, bad);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    public void A_dead_column_is_filled_from_both_sides(float value)
    {
        // One column of 256 at 0 gives the differences a deviation of √(1/256) = 0.06: ten of these are below 1.
        const int Wide = 256;
        float[] clean = SmallSeries.Noise(Rows * Wide, 1, 0.05, 5);
        float[] frame = [.. clean];
        for (int row = 0; row < Rows; row++)
        {
            frame[(row * Wide) + 11] = value;
        }

        Assert.Equal(Rows, HotPixels.Repair(frame, Rows, Wide, "a"));

        for (int i = 0; i < frame.Length; i++)
        {
            int row = i / Wide;
            float expected = i % Wide != 11 ? clean[i]
                : Median([.. from r in Enumerable.Range(row - 1, 3) where r is >= 0 and < Rows from c in (int[])[10, 12] select clean[(r * Wide) + c]]);
            Assert.Equal(expected, frame[i]);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    public void A_cluster_without_values_is_filled_from_its_surroundings(int side)
    {
        float[] frame = Clean();
        int[] bad = [.. from row in Enumerable.Range(7, side) from column in Enumerable.Range(9, side) select At(row, column)];
        foreach (int i in bad)
        {
            frame[i] = float.NaN;
        }

        Assert.Equal(side * side, HotPixels.Repair(frame, Rows, Columns, "a"));

        Assert.All(bad, i => Assert.InRange(frame[i], 0.4f, 1.6f));
        AssertOthersUntouched(frame, bad);
    }

    [Fact]
    public void A_pair_of_hot_pixels_is_found()
    {
        float[] frame = Clean();
        int[] bad = [At(10, 10), At(10, 11)];
        frame[bad[0]] = 500;
        frame[bad[1]] = 400;

        Assert.Equal(2, HotPixels.Repair(frame, Rows, Columns, "a"));
        Assert.All(bad, i => Assert.InRange(frame[i], 0.4f, 1.6f));
        AssertOthersUntouched(frame, bad);
    }

    [Fact]
    public void A_frame_without_good_pixels_is_beyond_repair()
    {
        var frame = new float[Rows * Columns];
        Array.Fill(frame, float.NaN);

        string message = Assert.Throws<DataException>(() => HotPixels.Repair(frame, Rows, Columns, "img_007")).Message;

        Assert.Contains("img_007", message, StringComparison.Ordinal);
    }

    private static int At(int row, int column) => (row * Columns) + column;

    private static float[] Clean() => SmallSeries.Noise(Rows * Columns, 1, 0.1, 1);

    private static void AssertOthersUntouched(float[] frame, int[] bad)
    {
        float[] clean = Clean();
        for (int i = 0; i < frame.Length; i++)
        {
            Assert.True(frame[i] == clean[i] || bad.Contains(i), $"Pixel {i} was {clean[i]} and is {frame[i]}.");
        }
    }

    private static List<float> Neighbours(float[] frame, int row, int column)
    {
        var values = new List<float>();
        for (int r = Math.Max(0, row - 1); r <= Math.Min(Rows - 1, row + 1); r++)
        {
            for (int c = Math.Max(0, column - 1); c <= Math.Min(Columns - 1, column + 1); c++)
            {
                if ((r, c) != (row, column))
                {
                    values.Add(frame[At(r, c)]);
                }
            }
        }

        return values;
    }

    private static float Median(List<float> values)
    {
        values.Sort();
        int n = values.Count;
        return n % 2 == 1 ? values[n / 2] : (values[(n / 2) - 1] + values[n / 2]) / 2;
    }
}
