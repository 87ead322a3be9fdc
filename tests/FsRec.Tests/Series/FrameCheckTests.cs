using System.Buffers.Binary;
using FsRec.Series;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Series;

/// <summary>Numbers that are no image are refused with their likely cause, and defects of a detector are seen.</summary>
public sealed class FrameCheckTests
{
    private const int Rows = 32;
    private const int Columns = 40;
    private static readonly Calibration Shape = new(Rows, Columns, 0.05, 0.05);

    [Fact]
    public void Floats_of_the_other_byte_order_are_recognised()
    {
        float[] swapped = [.. Counts().Select(static v => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReverseEndianness(BitConverter.SingleToInt32Bits(v))))];

        string message = Refused(swapped);

        Assert.Contains("other byte order", message, StringComparison.Ordinal);
        Assert.Contains("-BigEndian", message, StringComparison.Ordinal);
        // Of counts of 200 with a deviation of 14.
        Assert.Matches(@"mean (199|200)", message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whole_numbers_of_32_bits_are_recognised(bool swapped)
    {
        float[] integers = [.. Counts().Select(v => (int)v).Select(v => BitConverter.Int32BitsToSingle(swapped ? BinaryPrimitives.ReverseEndianness(v) : v))];

        string message = Refused(integers);

        Assert.Contains("-PixelType Int32", message, StringComparison.Ordinal);
        Assert.Equal(swapped, message.Contains("-BigEndian", StringComparison.Ordinal));
    }

    [Fact]
    public void A_mean_that_nothing_recorded_is_refused()
    {
        Assert.Contains("1.4", Refused([.. Counts().Select(static v => v * 7e-44f)]), StringComparison.Ordinal);
        Assert.Contains("none of a recorded image", Refused([.. Counts().Select(static v => v * 1e25f)]), StringComparison.Ordinal);
    }

    [Fact]
    [EveryWidth]
    public void One_pixel_that_would_decide_over_the_frame_is_refused_and_can_be_repaired()
    {
        float[] frame = Counts();
        frame[(5 * Columns) + 7] = 3e38f;

        string message = Refused(frame);

        Assert.Contains("row 5, column 7", message, StringComparison.Ordinal);
        Assert.Contains("Fixhotpix", message, StringComparison.Ordinal);
        FocalSeries repaired = Series([Counts(), frame], fix: true);
        Assert.Equal([0, 1], repaired.DefectivePixels);
    }

    [Fact]
    public void Hot_pixels_that_are_left_are_counted()
    {
        float[] frame = Counts();
        var random = new Random(3);
        int[] hot = [.. Enumerable.Range(0, 30).Select(n => ((n / 6 * 6) + 1) * Columns + (n % 6 * 6) + 2)];
        foreach (int i in hot)
        {
            frame[i] = 50 * 200;
        }

        Assert.Equal([0, 30], Series([Counts(), frame], fix: false).DefectivePixels);
    }

    [Theory]
    [InlineData(0.02)] // Most pixels get no electron.
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Counts_of_any_dose_have_no_defects(double mean)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new RandomStream(seed, 0);
            float[] frame = [.. Enumerable.Range(0, Rows * Columns).Select(_ => (float)random.Poisson(mean))];
            frame[0] = Math.Max(frame[0], 1);
            Assert.Equal([0], Series([frame], fix: false).DefectivePixels);
        }
    }

    [Fact]
    public void Two_dead_rows_and_a_cluster_are_wider_than_a_neighbourhood_and_are_repaired()
    {
        float[] frame = Counts();
        for (int i = 0; i < 2 * Columns; i++)
        {
            frame[(10 * Columns) + i] = 0;
        }

        for (int i = 0; i < 9; i++)
        {
            frame[((20 + (i / 3)) * Columns) + 15 + (i % 3)] = 9000;
        }

        float[] repaired = Series([frame], fix: true).GetFrame(0);

        // Back within six deviations of the mean.
        Assert.All(Enumerable.Range(10 * Columns, 2 * Columns), i => Assert.InRange(repaired[i], 0.55f, 1.45f));
        Assert.All(Enumerable.Range(0, 9), i => Assert.InRange(repaired[((20 + (i / 3)) * Columns) + 15 + (i % 3)], 0.55f, 1.45f));
    }

    private static string Refused(float[] frame)
    {
        string message = Assert.Throws<DataException>(() => Series([Counts(), frame], fix: false)).Message;
        Assert.Contains("frame 1", message, StringComparison.Ordinal);
        return message;
    }

    private static FocalSeries Series(float[][] frames, bool fix)
    {
        var parameters = SmallSeries.Parameters(Shape, 4, [.. frames.Select(static (_, n) => -100.0 + (20 * n))]);
        return new FocalSeries(parameters with { Image = parameters.Image with { FixHotPixels = fix } }, frames);
    }

    /// <summary>200 electrons a pixel.</summary>
    private static float[] Counts() => SmallSeries.Noise(Rows * Columns, 200, 14, 5);
}
