using FsRec.Series;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Series;

/// <summary>Against a count pixel by pixel, as the class states it.</summary>
[EveryWidth]
public sealed class UnusualPixelsTests
{
    [Theory]
    [InlineData(40, 64)]
    [InlineData(7, 19)]
    [InlineData(3, 10)]
    [InlineData(5, 3)]
    [InlineData(4, 2)]
    [InlineData(2, 9)]
    [InlineData(1, 9)]
    public void The_pixels_are_those_of_a_count_one_by_one(int rows, int columns)
    {
        for (int seed = 0; seed < 5; seed++)
        {
            var random = new RandomStream(31 + seed, 0);
            float[] frame = [.. Enumerable.Range(0, rows * columns).Select(_ => (float)random.Poisson(3))];
            var unusual = new UnusualPixels(1, 5, 2, 0.5f);

            List<int> found = unusual.Find(frame, rows, columns);

            Assert.Equal(Enumerable.Range(0, frame.Length).Where(i => Expected(frame, rows, columns, i)), found);
            // Counts of three have both kinds, or the comparison would be one of nothing.
            Assert.True(frame.Length < 100 || found.Count > frame.Length / 100);
        }
    }

    private static bool Expected(float[] frame, int rows, int columns, int i)
    {
        (int r, int c) = (i / columns, i % columns);
        if (frame[i] is >= 1 and <= 5)
        {
            return false;
        }

        if (r == 0 || c == 0 || r == rows - 1 || c == columns - 1)
        {
            return true;
        }

        float[] nine = [.. Enumerable.Range(0, 9).Select(k => frame[i + ((k / 3) - 1) * columns + (k % 3) - 1])];
        return nine.Count(n => frame[i] > 2 * n) >= 5 || nine.Count(n => frame[i] < 0.5f * n) >= 5;
    }
}
