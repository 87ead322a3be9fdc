using FsRec.Fourier;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Fourier;

/// <summary>Images filtered in one go against the same in steps.</summary>
[EveryWidth]
public sealed class RealFilterTests
{
    // Rows of a multiple of 32, of 16, and of neither; an even and an odd number of them; columns in one half and in two.
    [Theory]
    [InlineData(64, 48, 11, 33, 4, 16)]
    [InlineData(320, 64, 50, 200, 4, 16)]
    [InlineData(160, 112, 0, 160, 4, 8)]
    [InlineData(160, 640, 3, 150, 4, 4)]
    [InlineData(45, 77, 0, 45, 0, 16)]
    [InlineData(30, 40, 29, 1, 7, 16)]
    public void An_image_is_filtered_as_in_steps(int rows, int columns, int firstRow, int rowCount, int left, int lanes)
    {
        var random = new Random(rows);
        var transform = new RealTransform(rows, columns);
        using RealTransformScratch scratch = transform.CreateScratch();
        using var table = new RealTable((rows / 2) + 1, (columns / 2) + 1, static (ky, kx) => 1.0 / (1 + ky + kx));
        float[] image = [.. Enumerable.Range(0, rows * columns).Select(i =>
            i / columns >= firstRow && i / columns < firstRow + rowCount ? (float)random.NextDouble() : 0)];
        using ComplexPlane spectrum = transform.CreateHalfPlane();
        transform.Forward(image, spectrum, scratch);
        SpectrumKernels.Multiply(spectrum, table);
        transform.InverseColumns(spectrum, scratch);
        var expected = new float[rows * columns];
        transform.InverseRows(spectrum, 0, rows, 0, columns, expected, scratch);

        image.AsSpan(0, firstRow * columns).Fill(float.NaN);
        image.AsSpan((firstRow + rowCount) * columns).Fill(float.NaN);
        var filter = new RealFilter(rows, columns, KernelSetTests.Of(lanes));
        using RealFilterScratch work = filter.CreateScratch();
        for (int pass = 0; pass < 2; pass++)
        {
            filter.Filter(image, firstRow, rowCount, table, work);
            var all = new float[rows * columns];
            filter.InverseRows(0, rows, 0, columns, all, work);
            AssertClose(expected, all);
            int width = columns - left - 3;
            var part = new float[(rows - 1) * width];
            filter.InverseRows(1, rows - 1, left, width, part, work);
            AssertClose([.. Enumerable.Range(0, part.Length).Select(i => expected[((1 + (i / width)) * columns) + left + (i % width)])], part);
        }
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        double difference = expected.Zip(actual, static (x, y) => Math.Pow(x - y, 2)).Sum();
        double size = expected.Sum(static x => Math.Pow(x, 2));
        Assert.True(Math.Sqrt(difference / size) < 1e-6, $"{Math.Sqrt(difference / size):g3}");
    }
}
