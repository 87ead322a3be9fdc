using FsRec.Fourier;
using FsRec.Fourier.Kernels;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Fourier;

/// <summary>Rows and columns filtered apart against the whole image filtered by its spectrum.</summary>
[EveryWidth]
public sealed unsafe class SeparableFilterTests
{
    // Blocks of columns in pairs and one left over; rows in pairs and one left over; columns in one half and in two; all rows and a few.
    [Theory]
    [InlineData(64, 64, 11, 33, 4, 16)]
    [InlineData(320, 48, 50, 200, 4, 16)]
    [InlineData(160, 112, 0, 160, 0, 8)]
    [InlineData(160, 640, 3, 150, 64, 4)]
    [InlineData(45, 80, 0, 45, 17, 16)]
    [InlineData(30, 144, 29, 1, 32, 16)]
    public void An_image_is_filtered_as_by_its_spectrum(int rows, int columns, int firstRow, int rowCount, int left, int lanes)
    {
        KernelSet kernels = KernelSetTests.Of(lanes);
        static double AlongRows(int k) => 1.0 / (1 + k);
        static double AlongColumns(int k) => Math.Exp(-0.01 * k);
        var random = new Random(rows);
        float[] pixels = [.. Enumerable.Range(0, rows * columns).Select(i =>
            i / columns >= firstRow && i / columns < firstRow + rowCount ? (float)random.NextDouble() : 0)];
        var expected = new float[rows * columns];
        var whole = new RealFilter(rows, columns, kernels);
        using var table = new RealTable((rows / 2) + 1, (columns / 2) + 1, static (ky, kx) => AlongRows(ky) * AlongColumns(kx));
        using RealFilterScratch work = whole.CreateScratch();
        whole.Filter(pixels, firstRow, rowCount, table, work);
        whole.InverseRows(0, rows, 0, columns, expected, work);

        using SeparableFilter filter = SeparableFilter.Create(rows, columns, AlongRows, AlongColumns, kernels)!;
        using FourierScratch scratch = filter.CreateScratch();
        using var image = new AlignedBuffer(rows * columns);
        int width = columns - (2 * left);
        int wantedRow = rows / 4;
        int wanted = rows / 2;
        for (int pass = 0; pass < 2; pass++)
        {
            image.Span.Fill(float.NaN);
            pixels.AsSpan(firstRow * columns, rowCount * columns).CopyTo(image.Span[(firstRow * columns)..]);
            float* first = image.Pointer + (firstRow * columns);
            var source = new ImageRows(first, columns);
            filter.FilterRows(ref source, rowCount, first, scratch);
            filter.FilterColumns(image.Pointer, firstRow, rowCount, wantedRow, wanted, left, width, scratch);
            AssertClose(expected, image, columns, wantedRow, wanted, left, width);

            // Columns first, and only some that may differ from zero.
            image.Span.Fill(float.NaN);
            pixels.AsSpan(firstRow * columns, rowCount * columns).CopyTo(image.Span[(firstRow * columns)..]);
            filter.FilterColumns(image.Pointer, firstRow, rowCount, wantedRow, wanted, 0, columns, scratch);
            first = image.Pointer + (wantedRow * columns);
            source = new ImageRows(first, columns);
            filter.FilterRows(ref source, wanted, first, scratch);
            AssertClose(expected, image, columns, wantedRow, wanted, 0, columns);
        }
    }

    [Fact]
    public void Rows_that_are_no_multiple_of_a_block_are_left_to_others() =>
        Assert.Null(SeparableFilter.Create(64, 72, static _ => 1, static _ => 1));

    private static void AssertClose(float[] expected, AlignedBuffer image, int columns, int firstRow, int rows, int firstColumn, int width)
    {
        double difference = 0;
        double size = 0;
        for (int r = firstRow; r < firstRow + rows; r++)
        {
            for (int c = firstColumn; c < firstColumn + width; c++)
            {
                difference += Math.Pow(expected[(r * columns) + c] - image.Span[(r * columns) + c], 2);
                size += Math.Pow(expected[(r * columns) + c], 2);
            }
        }

        // Each is within 5·10⁻⁷ a transform of exact ones.
        Assert.True(Math.Sqrt(difference / size) < 1.5e-6, $"{Math.Sqrt(difference / size):g3}");
    }

    private readonly struct ImageRows(float* image, int columns) : IPixelRows
    {
        public void Load(int row, float* target) => new ReadOnlySpan<float>(image + (row * columns), columns).CopyTo(new Span<float>(target, columns));
    }
}
