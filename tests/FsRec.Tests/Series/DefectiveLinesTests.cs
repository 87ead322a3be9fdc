using FsRec.Series;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Series;

/// <summary>Rows and columns that are defective among noise of 7 %, 200 electrons a pixel, and a specimen's contrast of 40 %.</summary>
[EveryWidth]
public sealed class DefectiveLinesTests
{
    private const int Rows = 150;
    private const int Columns = 203;

    [Theory]
    [InlineData(0f, 1)]
    [InlineData(0f, 2)]
    [InlineData(0f, 3)]
    [InlineData(3f, 1)]
    [InlineData(3f, 3)]
    [InlineData(0.2f, 2)]
    public void Dead_and_bright_lines_are_found_wholly_and_nothing_else(float times, int wide)
    {
        foreach (int at in (int[])[0, 1, 70, Rows - wide])
        {
            float[] frame = Specimen(1);
            int[] bad = [.. Enumerable.Range(at * Columns, wide * Columns)];
            Array.ForEach(bad, i => frame[i] *= times);
            Assert.Equal(bad, DefectiveLines.Find(frame, Rows, Columns, 200).Order());

            frame = Specimen(2);
            bad = [.. from row in Enumerable.Range(0, Rows) from column in Enumerable.Range(at, wide) select (row * Columns) + column];
            Array.ForEach(bad, i => frame[i] *= times);
            Assert.Equal(bad, DefectiveLines.Find(frame, Rows, Columns, 200).Order());
        }
    }

    /// <summary>A camera that is read out from its middle loses half of a column: pieces are 67 or 68 pixels long here, and 0 to 67 is one.</summary>
    [Fact]
    public void Half_of_a_line_is_found()
    {
        float[] frame = Specimen(3);
        int[] bad = [.. from column in Enumerable.Range(0, 67) from row in (int[])[40, 41] select (row * Columns) + column];
        Array.ForEach(bad, i => frame[i] = 0);

        Assert.Equal(bad.Order(), DefectiveLines.Find(frame, Rows, Columns, 200).Order());
    }

    [Fact]
    public void Fringes_and_edges_along_lines_are_a_specimens()
    {
        for (double period = 2; period < 40; period *= 1.07)
        {
            Assert.Empty(DefectiveLines.Find(Lines(r => 1 + (0.95 * Math.Cos(2 * Math.PI * r / period))), Rows, Columns, 200));
        }

        foreach (double thick in (double[])[0.05, 0.2, 0.45])
        {
            Assert.Empty(DefectiveLines.Find(Lines(r => r < 71 ? 1 : thick), Rows, Columns, 200));
            Assert.Empty(DefectiveLines.Find(Lines(r => r is < 66 or > 75 ? 1 : thick), Rows, Columns, 200));
        }
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(7)]
    public void Chance_among_few_electrons_is_no_defect(double mean)
    {
        for (int n = 0; n < 40; n++)
        {
            var random = new RandomStream(78, n);
            float[] counts = [.. Enumerable.Range(0, Rows * Columns).Select(_ => (float)random.Poisson(mean))];
            Assert.Empty(DefectiveLines.Find(counts, Rows, Columns, (float)mean));
        }
    }

    [Fact]
    public void One_hot_pixel_is_no_bright_line()
    {
        float[] frame = Specimen(4);
        frame[(70 * Columns) + 30] = 1e9f;

        Assert.Empty(DefectiveLines.Find(frame, Rows, Columns, 200));
    }

    [Fact]
    public void Frames_too_small_to_have_lines_about_a_line_have_none_that_are_defective()
    {
        var frame = new float[12 * 12];
        Array.Fill(frame, 1f);
        Array.Clear(frame, 12, 12);

        Assert.Empty(DefectiveLines.Find(frame, 12, 12, 1));
    }

    /// <summary>Two dead rows fill the nine pixels about each of theirs, and alone they are lost in the contrast of 40 %.</summary>
    [Fact]
    public void Two_dead_rows_are_repaired_and_told_where_they_are_left()
    {
        float[] frame = Specimen(5);
        float[] clean = [.. frame];
        Array.Clear(frame, 70 * Columns, 2 * Columns);

        Assert.Equal(2 * Columns, LeftDefects.Find(frame, Rows, Columns).Count);
        Assert.Equal(2 * Columns, HotPixels.Repair(frame, Rows, Columns, "a"));
        for (int i = 0; i < frame.Length; i++)
        {
            if (i / Columns is 70 or 71)
            {
                Assert.InRange(frame[i], 50, 400);
            }
            else
            {
                Assert.Equal(clean[i], frame[i]);
            }
        }
    }

    private static float[] Specimen(int seed)
    {
        float[] noise = SmallSeries.Noise(Rows * Columns, 200, 14, seed);
        return [.. noise.Select((v, i) => v + (float)(80 * Math.Cos(0.9 * (i / Columns)) * Math.Cos((0.7 * (i % Columns)) + (0.2 * (i / Columns)))))];
    }

    private static float[] Lines(Func<int, double> level)
    {
        float[] noise = SmallSeries.Noise(Rows * Columns, 0, 14, 9);
        return [.. noise.Select((v, i) => v + (float)(200 * level(i / Columns)))];
    }
}
