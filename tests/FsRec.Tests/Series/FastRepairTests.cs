using FsRec.Series;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Series;

/// <summary>Repairs of hot pixels against their plain definition: the same pixels, and in their places the same numbers.</summary>
[EveryWidth]
public sealed class FastRepairTests
{
    public static TheoryData<int, int> Shapes => new()
    {
        { 1, 1 }, { 1, 9 }, { 9, 1 }, { 2, 40 }, { 40, 2 }, { 3, 3 }, { 3, 17 }, { 5, 18 }, { 7, 19 }, { 8, 33 }, { 24, 31 }, { 33, 64 }, { 70, 130 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Repairs_are_those_of_the_plain_definition(int rows, int columns)
    {
        int replaced = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            float[] frame = Frame(rows, columns, seed);
            float[] expected = [.. frame];
            int count = Outcome(() => PlainHotPixels.Repair(expected, rows, columns, "a"));

            Assert.Equal(count, Outcome(() => HotPixels.Repair(frame, rows, columns, "a")));
            Assert.Equal(expected.Select(BitConverter.SingleToInt32Bits), frame.Select(BitConverter.SingleToInt32Bits));
            replaced += Math.Max(0, count);
        }

        // Or the comparison would be one of nothing.
        Assert.True(rows * columns < 100 || replaced > 100, $"{replaced}");
    }

    [Fact]
    public void A_number_of_a_rank_is_that_of_an_array_in_order()
    {
        var random = new RandomStream(5, 0);
        for (int length = 1; length < 60; length++)
        {
            foreach (double mean in (double[])[2, 1e4])
            {
                float[] values = [.. Enumerable.Range(0, length).Select(_ => (float)random.Poisson(mean))];
                float[] ordered = [.. values.Order()];
                Assert.All(Enumerable.Range(0, length), rank => Assert.Equal(ordered[rank], Selection.OfRank([.. values], rank)));
                Assert.Equal((ordered[(length - 1) / 2] + ordered[length / 2]) / 2, Selection.Median([.. values]));
            }
        }
    }

    private static int Outcome(Func<int> repair)
    {
        try
        {
            return repair();
        }
        catch (DataException)
        {
            return -1;
        }
    }

    /// <summary>Noise about a slope, of few electrons or of many, with pixels, clusters, rows and columns that are hot, dead or no numbers.</summary>
    private static float[] Frame(int rows, int columns, int seed)
    {
        var random = new RandomStream(1000 + seed, 0);
        double mean = (seed % 4) switch { 0 => 3, 1 => 8, 2 => 400, _ => 1e4 };
        float[] frame = [.. Enumerable.Range(0, rows * columns).Select(i => (float)random.Poisson(mean * (1 + ((double)(i % columns) / columns))))];
        // Half of a window of more than 1.7·10³⁸ has a median that is no finite number, and stands for nothing.
        float[] kinds = [0, (float)mean * 9, (float)mean * 60, 1e9f, float.NaN, float.PositiveInfinity, -5 * (float)mean, 1e30f];
        for (int n = 0; n < 1 + (frame.Length * (seed % 5) / 200); n++)
        {
            frame[Below(frame.Length)] = kinds[Below(kinds.Length)];
        }

        (int top, int left, int height, int width) = (Below(rows), Below(columns), 1 + Below(6), 1 + Below(6));
        if (seed % 3 == 1)
        {
            (top, height) = seed % 2 == 0 ? (0, rows) : (top, height);
            (left, width) = seed % 2 == 1 ? (0, columns) : (left, width);
        }

        float kind = kinds[Below(kinds.Length)];
        for (int r = top; r < Math.Min(rows, top + height) && seed % 3 > 0; r++)
        {
            for (int c = left; c < Math.Min(columns, left + width); c++)
            {
                frame[(r * columns) + c] = seed % 7 == 0 ? kind + (float)random.Poisson(5) : kind;
            }
        }

        return frame;

        int Below(int count) => (int)(random.Uniform() * count);
    }
}
