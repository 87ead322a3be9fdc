using FsRec.Series;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Series;

/// <summary>A sample of a frame's pixels.</summary>
[EveryWidth]
public sealed class PixelSampleTests
{
    [Theory]
    [InlineData(512, 512)]
    [InlineData(1024, 1024)]
    [InlineData(2048, 2048)]
    [InlineData(1000, 1000)]
    [InlineData(640, 480)]
    [InlineData(3838, 3710)]
    public void No_column_makes_up_a_sample(int rows, int columns)
    {
        int stride = PixelSample.Stride(rows * columns, 512);
        int[] taken = [.. Enumerable.Range(0, ((rows * columns) + stride - 1) / stride).Select(n => n * stride % columns)];

        // From 480 to 3710 columns: one each, or two.
        Assert.InRange(taken.GroupBy(static c => c).Max(static g => g.Count()), 1, 4);
        Assert.InRange(taken.Length, 480, 520);
    }

    [Fact]
    public void Few_pixels_are_all_taken() => Assert.Equal(1, PixelSample.Stride(700, 512));

    /// <summary>Of 512 columns every 512th pixel is of the first: where that one was dead, nothing in the frame was unusual.</summary>
    [Theory]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1024)]
    public void A_dead_first_column_hides_no_other_defect(int side)
    {
        float[] frame = SmallSeries.Noise(side * side, 200, 14, 5);
        int hot = (side / 2 * side) + 77;
        frame[hot] = 2000;
        int[] column = [.. Enumerable.Range(0, side).Select(row => row * side)];
        Array.ForEach(column, i => frame[i] = 0);

        Assert.Equal(column.Append(hot).Order(), LeftDefects.Find(frame, side, side).Order());
    }
}
