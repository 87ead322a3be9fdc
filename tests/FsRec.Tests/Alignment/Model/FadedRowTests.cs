using FsRec.Alignment;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Alignment.Model;

[EveryWidth]
public sealed class FadedRowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(512)]
    public void A_row_is_faded_and_its_sum_before_is_told(int length)
    {
        var random = new Random(length);
        float[] image = [.. Enumerable.Range(0, length).Select(_ => (float)random.NextDouble())];
        float[] columns = [.. Enumerable.Range(0, length).Select(_ => (float)(0.2 + random.NextDouble()))];
        double sum = image.Sum(static v => (double)v);
        float[] faded = [.. image.Zip(columns, static (v, c) => v * (0.7f * c))];

        double told = AlignmentImages.FadeRow(image, 0.7f, columns);

        // Sums of doubles in another order.
        Assert.Equal(sum, told, 1e-12 * length);
        Assert.Equal(faded, image);
    }
}
