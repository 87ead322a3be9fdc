using FsRec.Alignment;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Alignment;

/// <summary>Shifts of noise whose frequencies all lie on the area's grid: known exactly, and periodic on the area.</summary>
[EveryWidth]
public sealed class AreaCorrelatorTests
{
    [Theory]
    [InlineData(48, 64, 0, 0)]
    [InlineData(48, 64, 0.25, -0.4)]
    [InlineData(48, 64, 1.7, 2.2)]
    [InlineData(45, 63, -2.6, 0.9)]
    [InlineData(64, 33, 0.013, -0.007)]
    [InlineData(33, 64, -1.5, -1.5)]
    public void The_displacement_of_band_limited_noise_is_found(int rows, int columns, double dx, double dy)
    {
        var correlator = new AreaCorrelator(rows, columns);
        using CorrelationWorkspace workspace = correlator.CreateWorkspace(3);
        // The noise's content lies (dx, dy) from b's.
        correlator.Correlate(Noise(rows, columns, dx, dy, 1), Noise(rows, columns, 0, 0, 1), workspace);

        (double x, double y) = correlator.PeakNearCentre(1e-4, workspace);

        // Each centre of mass takes a share of what is left, the larger the narrower the peak; at most half a pixel to start
        // with, five steps leave a few hundredths of it.
        Assert.Equal(dx, x, 0.02);
        Assert.Equal(dy, y, 0.02);
    }

    [Fact]
    public void An_image_with_itself_has_its_peak_at_the_centre()
    {
        var correlator = new AreaCorrelator(40, 50);
        using CorrelationWorkspace workspace = correlator.CreateWorkspace(4);
        float[] image = Noise(40, 50, 0, 0, 2);
        correlator.Correlate(image, image, workspace);

        (double x, double y) = correlator.PeakNearCentre(1e-6, workspace);

        Assert.Equal(0, x, 1e-5);
        Assert.Equal(0, y, 1e-5);
    }

    [Fact]
    public void Exchanged_images_have_the_opposite_displacement()
    {
        var correlator = new AreaCorrelator(40, 50);
        using CorrelationWorkspace workspace = correlator.CreateWorkspace(3);
        float[] a = Noise(40, 50, 0.6, -1.1, 3);
        float[] b = Noise(40, 50, 0, 0, 3);
        correlator.Correlate(a, b, workspace);
        (double forthX, double forthY) = correlator.PeakNearCentre(1e-4, workspace);
        correlator.Correlate(b, a, workspace);

        (double backX, double backY) = correlator.PeakNearCentre(1e-4, workspace);

        Assert.Equal(0, forthX + backX, 1e-4);
        Assert.Equal(0, forthY + backY, 1e-4);
    }

    [Fact]
    public void Inverted_contrast_has_the_same_displacement()
    {
        var correlator = new AreaCorrelator(40, 50);
        using CorrelationWorkspace workspace = correlator.CreateWorkspace(3);
        float[] a = Noise(40, 50, 0.6, -1.1, 4);
        float[] b = Noise(40, 50, 0, 0, 4);
        correlator.Correlate(a, b, workspace);
        (double X, double Y) same = correlator.PeakNearCentre(1e-3, workspace);
        correlator.Correlate([.. a.Select(static v => -v)], b, workspace);

        (double x, double y) = correlator.PeakNearCentre(1e-3, workspace);
        Assert.Equal(same.X, x, 1e-6);
        Assert.Equal(same.Y, y, 1e-6);
    }

    [Fact]
    public void The_patch_is_the_correlation_itself()
    {
        // Against Σ a(r + d) b(r), term by term, at whole pixels.
        const int Rows = 18;
        const int Columns = 21;
        var correlator = new AreaCorrelator(Rows, Columns);
        using CorrelationWorkspace workspace = correlator.CreateWorkspace(2);
        float[] a = Noise(Rows, Columns, 0, 0, 5);
        float[] b = Noise(Rows, Columns, 0, 0, 6);
        correlator.Correlate(a, b, workspace);
        float[] image = [.. workspace.Image()];

        for (int dy = 0; dy < Rows; dy++)
        {
            for (int dx = 0; dx < Columns; dx++)
            {
                double sum = 0;
                for (int r = 0; r < Rows; r++)
                {
                    for (int c = 0; c < Columns; c++)
                    {
                        sum += (double)a[((r + dy) % Rows * Columns) + ((c + dx) % Columns)] * b[(r * Columns) + c];
                    }
                }

                Assert.Equal(sum, image[(dy * Columns) + dx], 2e-5 * Rows * Columns);
            }
        }
    }

    [Theory]
    [InlineData(17, -13)]
    [InlineData(-24, 20)]
    [InlineData(0, 0)]
    public void The_highest_of_all_peaks_is_a_large_displacement_in_whole_pixels(int dx, int dy)
    {
        var correlator = new AreaCorrelator(48, 64);
        using CorrelationWorkspace workspace = correlator.CreateWorkspace(3);
        correlator.Correlate(Noise(48, 64, dx, dy, 7), Noise(48, 64, 0, 0, 7), workspace);

        IReadOnlyList<(int Dx, int Dy)> peaks = correlator.Peaks(4, workspace);

        Assert.Equal(4, peaks.Count);
        Assert.Equal((dx, dy), peaks[0]);
        Assert.Equal(4, peaks.Distinct().Count());
    }

    [Fact]
    public void Nothing_correlates_with_nothing_at_the_centre()
    {
        var correlator = new AreaCorrelator(16, 16);
        using CorrelationWorkspace workspace = correlator.CreateWorkspace(3);
        correlator.Correlate(new float[256], new float[256], workspace);

        (double x, double y) = correlator.PeakNearCentre(0.1, workspace);

        // No maximum stands out: the place is the centre, or what five empty centres of mass make of it.
        Assert.InRange(x, -3, 3);
        Assert.InRange(y, -3, 3);
    }

    /// <summary>Σ cos(2π(ky (y − dy)/rows + kx (x − dx)/columns) + phase) over waves at least 7 pixels long.</summary>
    private static float[] Noise(int rows, int columns, double dx, double dy, int seed)
    {
        var random = new Random(seed);
        var values = new double[rows * columns];
        for (int i = 0; i < 60; i++)
        {
            int ky = random.Next(-(rows / 7), (rows / 7) + 1);
            int kx = random.Next(-(columns / 7), (columns / 7) + 1);
            double phase = 2 * Math.PI * random.NextDouble();
            if (ky == 0 && kx == 0)
            {
                continue;
            }

            for (int j = 0; j < values.Length; j++)
            {
                values[j] += Math.Cos((2 * Math.PI * ((ky * ((j / columns) - dy) / rows) + (kx * ((j % columns) - dx) / columns))) + phase);
            }
        }

        return [.. values.Select(static v => (float)(v / 5))];
    }
}
