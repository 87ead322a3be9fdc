using FsRec.Fourier;
using FsRec.Tests.Series;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Fourier;

/// <summary>The half-plane transforms of frames against the complex transform of the same image.</summary>
[EveryWidth]
public sealed class RealTransformTests
{
    /// <summary>Rows and columns, even and odd, below, at and beyond one block of 16 and one batch of 32 rows.</summary>
    public static TheoryData<int, int> Shapes => new()
    {
        { 1, 1 }, { 1, 2 }, { 2, 1 }, { 2, 3 }, { 3, 2 }, { 5, 7 }, { 7, 16 }, { 16, 15 }, { 31, 17 }, { 32, 30 }, { 32, 31 },
        { 33, 32 }, { 33, 33 }, { 64, 62 }, { 65, 64 }, { 35, 63 }, { 40, 65 }, { 66, 96 }, { 67, 90 }, { 31, 101 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_is_the_left_half_of_the_complex_transform(int rows, int columns)
    {
        float[] image = SmallSeries.Noise(rows * columns, 0.3, 1, (rows * 1000) + columns);
        using ComplexPlane half = Forward(image, rows, columns);

        var transform = new FourierTransform(rows, columns);
        using var plane = new ComplexPlane(rows, columns);
        using FourierScratch scratch = transform.CreateScratch();
        for (int i = 0; i < image.Length; i++)
        {
            plane[i / columns, i % columns] = (image[i], 0);
        }

        transform.Forward(plane, scratch);
        // Coefficients are of the size √(rows · columns); float32 rounding is 6e-8 of that, some operations deep.
        double tolerance = 1e-6 * Math.Sqrt(rows * columns);
        Assert.Equal((columns / 2) + 1, half.Columns);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < half.Columns; c++)
            {
                Assert.Equal(plane[r, c].Re, half[r, c].Re, tolerance);
                Assert.Equal(plane[r, c].Im, half[r, c].Im, tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Inverse_undoes_forward(int rows, int columns)
    {
        float[] image = SmallSeries.Noise(rows * columns, 0.3, 1, (rows * 1000) + columns);

        float[] back = Inverse(image, rows, columns, 0, rows, 0, columns);

        for (int i = 0; i < image.Length; i++)
        {
            Assert.Equal(image[i], back[i], 3e-6);
        }
    }

    [Theory]
    [InlineData(66, 96, 0, 66, 0, 96)]
    [InlineData(66, 96, 17, 33, 31, 48)]
    [InlineData(66, 96, 65, 1, 95, 1)]
    [InlineData(67, 91, 3, 64, 15, 17)]
    [InlineData(67, 91, 34, 33, 1, 90)]
    [InlineData(33, 31, 32, 1, 0, 31)]
    [InlineData(33, 31, 5, 28, 16, 15)]
    public void A_rectangle_is_cut_out_of_the_full_inverse(int rows, int columns, int top, int height, int left, int width)
    {
        float[] image = SmallSeries.Noise(rows * columns, 0, 1, 3);

        float[] part = Inverse(image, rows, columns, top, height, left, width);

        for (int r = 0; r < height; r++)
        {
            for (int c = 0; c < width; c++)
            {
                Assert.Equal(image[((top + r) * columns) + left + c], part[(r * width) + c], 3e-6);
            }
        }
    }

    [Fact]
    public void The_mean_is_the_first_coefficient()
    {
        float[] image = SmallSeries.Noise(45 * 38, 100, 1, 4);
        using ComplexPlane half = Forward(image, 45, 38);

        Assert.Equal(image.Sum(static v => (double)v), half[0, 0].Re, 45 * 38 * 100 * 3e-7);
        Assert.Equal(0, half[0, 0].Im);
    }

    private static ComplexPlane Forward(float[] image, int rows, int columns)
    {
        var transform = new RealTransform(rows, columns);
        ComplexPlane half = transform.CreateHalfPlane();
        using RealTransformScratch scratch = transform.CreateScratch();
        transform.Forward(image, half, scratch);
        return half;
    }

    private static float[] Inverse(float[] image, int rows, int columns, int top, int height, int left, int width)
    {
        var transform = new RealTransform(rows, columns);
        using RealTransformScratch scratch = transform.CreateScratch();
        using ComplexPlane half = Forward(image, rows, columns);
        transform.InverseColumns(half, scratch);
        var part = new float[height * width];
        transform.InverseRows(half, top, height, left, width, part, scratch);
        return part;
    }
}
