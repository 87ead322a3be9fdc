using FsRec.Formats;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>
/// The spectrum of a detector's noise from frames without a specimen: half of the power of what two of them differ by, in which the illumination and
/// what the detector always shows are gone.
/// </summary>
internal static class BlankFrames
{
    // Of the Nyquist frequency; rings of fewer coefficients are joined with the next.
    private const double RingWidth = 1.0 / 64;
    private const int LeastCoefficients = 400;

    // A spectrum in two directions; of fewer rows or columns it is one of lines.
    private const int LeastSide = 16;
    private const int LeastRings = 4;

    // Of the Nyquist frequency: rings up to there say what the power at frequency 0 is, by a parabola in the frequency's square.
    private const double Start = 0.15;

    /// <summary>Measures the spectrum, relative to frequency 0.</summary>
    /// <param name="path">A file of images, two or more.</param>
    /// <param name="scale">Distances of rows and columns, as those of the series; 0 for square pixels.</param>
    /// <exception cref="DataException">The file is damaged, or holds one image only, small ones, or no noise.</exception>
    public static DetectorCurve Spectrum(string path, Calibration scale)
    {
        var frames = new ImageFrames([path], null);
        (int rows, int columns) = (frames.Infos[0].Rows, frames.Infos[0].Columns);
        if (frames.Total < 2)
        {
            throw Not(FormattableString.Invariant($"one image of {rows}×{columns} px"), "two blank frames or more, by whose difference the noise is known, or a table of its spectrum");
        }

        if (Math.Min(rows, columns) < LeastSide)
        {
            throw Not(FormattableString.Invariant($"images of {rows}×{columns} px"), FormattableString.Invariant($"blank frames of {LeastSide}×{LeastSide} px or more"), "They need not be of the series' size, but of its binning.");
        }

        var image = new ImageParameters
        {
            Calibration = scale is { RowSampling: > 0, ColumnSampling: > 0 } ? scale with { Rows = rows, Columns = columns } : new Calibration(rows, columns, 1, 1),
            FixHotPixels = true,
        };
        FrequencyGrid grid = FrequencyGrid.Of(image.Calibration);
        double unit = image.Calibration.Nyquist * RingWidth;
        int last = (int)(Math.Sqrt(grid.SquaredFrequency(rows / 2, columns / 2)) / unit);
        var (power, squares, count) = (new double[last + 1], new double[last + 1], new long[last + 1]);
        var transform = new RealTransform(rows, columns);
        using RealTransformScratch scratch = transform.CreateScratch();
        using ComplexPlane spectrum = transform.CreateHalfPlane();
        var (first, second) = (new float[image.Calibration.PixelCount], new float[image.Calibration.PixelCount]);
        for (int pair = 0; pair + 1 < frames.Total; pair += 2)
        {
            Read(pair, first);
            Read(pair + 1, second);
            for (int i = 0; i < first.Length; i++)
            {
                first[i] -= second[i];
            }

            transform.Forward(first, spectrum, scratch);
            for (int row = 0; row < rows; row++)
            {
                int ky = FrequencyGrid.Signed(row, rows);
                for (int kx = 1; kx < (columns + 1) / 2; kx++)
                {
                    double g2 = grid.SquaredFrequency(ky, kx);
                    int ring = (int)(Math.Sqrt(g2) / unit);
                    (float re, float im) = spectrum[row, kx];
                    power[ring] += ((double)re * re) + ((double)im * im);
                    squares[ring] += g2 / (image.Calibration.Nyquist * image.Calibration.Nyquist);
                    count[ring]++;
                }
            }
        }

        DetectorCurve? curve = Curve(power, squares, count, out int rings);
        return rings < LeastRings
            ? throw Not(FormattableString.Invariant($"{frames.Total} images of {rows}×{columns} px, too few for a spectrum"), "more or larger blank frames", "They need not be of the series' size, but of its binning.")
            : curve ?? throw Not("images that do not differ by noise", "blank frames, each a recording of its own", "Are they copies of one image, or filtered ones?");

        DetectorCurveException Not(string found, string expected, string? hint = null) => new(DetectorCurveKind.Noise, path, null, found, expected, hint);

        void Read(int n, float[] target)
        {
            frames.Read(n, target);
            FramePreparation.Prepare(target, image, frames.Name(n), frames.HasHeader);
        }
    }

    private static DetectorCurve? Curve(double[] power, double[] squares, long[] count, out int rings)
    {
        List<double> frequencies = [];
        List<double> values = [];
        List<long> weights = [];
        (double p, double x, long n) = (0, 0, 0);
        for (int ring = 0; ring < power.Length; ring++)
        {
            (p, x, n) = (p + power[ring], x + squares[ring], n + count[ring]);
            if (n >= LeastCoefficients)
            {
                frequencies.Add(Math.Sqrt(x / n));
                values.Add(p / n);
                weights.Add(n);
                (p, x, n) = (0, 0, 0);
            }
        }

        rings = frequencies.Count;
        return rings < LeastRings || values.Exists(static v => !(v > 0)) ? null : new DetectorCurve([0, .. frequencies], [AtZero(frequencies, values, weights), .. values]);
    }

    /// <summary>The power at frequency 0: least squares of v₀ + v₁x² on the lowest rings, three at least.</summary>
    private static double AtZero(List<double> frequencies, List<double> values, List<long> weights)
    {
        int rings = Math.Max(3, frequencies.Count(static f => f <= Start));
        (double sw, double sx, double sxx, double sy, double sxy) = (0, 0, 0, 0, 0);
        for (int i = 0; i < rings; i++)
        {
            (double w, double x) = (weights[i], frequencies[i] * frequencies[i]);
            (sw, sx, sxx, sy, sxy) = (sw + w, sx + (w * x), sxx + (w * x * x), sy + (w * values[i]), sxy + (w * x * values[i]));
        }

        double zero = ((sxx * sy) - (sx * sxy)) / ((sxx * sw) - (sx * sx));
        return zero > 0 ? zero : values[0];
    }
}
