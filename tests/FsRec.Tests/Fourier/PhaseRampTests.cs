using FsRec.Fourier;
using FsRec.Tests.Series;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Fourier;

/// <summary>Displacements as phase ramps: the image moves by (−dx, −dy).</summary>
[EveryWidth]
public sealed class PhaseRampTests
{
    [Theory]
    [InlineData(24, 30, 3, 5)]
    [InlineData(25, 31, -4, 7)]
    [InlineData(32, 33, 16, -33)]
    [InlineData(33, 64, 100, 200)]
    public void Whole_pixels_roll_the_image(int rows, int columns, int dx, int dy)
    {
        float[] image = SmallSeries.Noise(rows * columns, 0, 1, 1);

        float[] moved = Move(image, rows, columns, dx, dy);

        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                Assert.Equal(image[(Modulo(r + dy, rows) * columns) + Modulo(c + dx, columns)], moved[(r * columns) + c], 5e-6);
            }
        }
    }

    [Theory]
    [InlineData(24, 30, 0.37, -2.81)]
    [InlineData(25, 31, -5.5, 0.5)]
    [InlineData(40, 17, 12.125, 7.3)]
    public void A_fraction_of_a_pixel_moves_a_wave_by_that_fraction(int rows, int columns, double dx, double dy)
    {
        float[] image = Wave(rows, columns, 0, 0);

        float[] moved = Move(image, rows, columns, dx, dy);

        float[] expected = Wave(rows, columns, dx, dy);
        for (int i = 0; i < image.Length; i++)
        {
            Assert.Equal(expected[i], moved[i], 3e-6);
        }
    }

    [Theory]
    [InlineData(0.3, 0)]
    [InlineData(0, 0.3)]
    [InlineData(0.5, 0.25)]
    public void At_Nyquist_only_the_cosine_is_left(double dx, double dy)
    {
        // Stripes (−1)^c moved by dx have no real shift: the real part of exp(iπ dx) is what a real image can hold. A chequerboard
        // has the real part of exp(iπ(dx + dy)).
        float[] stripes = [.. Enumerable.Range(0, 12 * 16).Select(static i => i % 2 == 0 ? 1f : -1f)];
        float[] chequers = [.. Enumerable.Range(0, 12 * 16).Select(static i => ((i / 16) + (i % 16)) % 2 == 0 ? 1f : -1f)];

        float[] movedStripes = Move(stripes, 12, 16, dx, dy);
        float[] movedChequers = Move(chequers, 12, 16, dx, dy);

        for (int i = 0; i < stripes.Length; i++)
        {
            Assert.Equal(Math.Cos(Math.PI * dx) * stripes[i], movedStripes[i], 1e-6);
            Assert.Equal(Math.Cos(Math.PI * (dx + dy)) * chequers[i], movedChequers[i], 1e-6);
        }
    }

    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    public void Rows_of_opposite_frequency_have_conjugate_factors_and_Nyquist_a_real_one(int rows)
    {
        using var ramp = new PhaseRamp(rows, 10);
        ramp.Set(0.4, 1.7);

        for (int k = 1; k < rows; k++)
        {
            (float re, float im) = ramp.Row(k);
            Assert.Equal((re, -im), ramp.Row(rows - k));
        }

        Assert.Equal((1f, 0f), ramp.Row(0));
        Assert.True(rows % 2 == 1 || ramp.Row(rows / 2).Im == 0);
    }

    [Fact]
    public void There_and_back_is_the_image_again()
    {
        float[] image = SmallSeries.Noise(33 * 35, 0, 1, 2);

        float[] back = Move(Move(image, 33, 35, 1.234, -7.89), 33, 35, -1.234, 7.89);

        for (int i = 0; i < image.Length; i++)
        {
            Assert.Equal(image[i], back[i], 5e-6);
        }
    }

    private static float[] Wave(int rows, int columns, double dx, double dy) =>
        [.. Enumerable.Range(0, rows * columns).Select(i =>
        {
            double y = ((i / columns) + dy) / rows;
            double x = ((i % columns) + dx) / columns;
            return (float)(Math.Sin(2 * Math.PI * ((3 * y) + (2 * x)) + 0.4) + (0.5 * Math.Cos(2 * Math.PI * ((5 * y) - (7 * x)))));
        })];

    private static float[] Move(float[] image, int rows, int columns, double dx, double dy)
    {
        var transform = new RealTransform(rows, columns);
        using RealTransformScratch scratch = transform.CreateScratch();
        using ComplexPlane spectrum = transform.CreateHalfPlane();
        using ComplexPlane moved = transform.CreateHalfPlane();
        using var ramp = new PhaseRamp(rows, columns);
        using var all = new RealTable((rows / 2) + 1, (columns / 2) + 1, static (_, _) => 1);
        transform.Forward(image, spectrum, scratch);
        ramp.Set(dx, dy);
        SpectrumKernels.MultiplyRamped(spectrum, ramp, all, moved);
        transform.InverseColumns(moved, scratch);
        var result = new float[image.Length];
        transform.InverseRows(moved, 0, rows, 0, columns, result, scratch);
        return result;
    }

    private static int Modulo(int value, int count) => ((value % count) + count) % count;
}
