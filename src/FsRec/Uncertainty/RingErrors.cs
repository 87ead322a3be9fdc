using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Statistics;

namespace FsRec.Uncertainty;

/// <summary>The error of a wave in rings of frequencies, by the theory of its noise and by what the frames show that the wave does not explain.</summary>
internal static class RingErrors
{
    // Of the best ring's transfer: above, a ring's own frames tell the power of the specimen.
    private const double WellTransferred = 0.02;

    // Of the frame, along each side: where all frames show the specimen, and waves are compared.
    private const double Middle = 0.6;

    // Of the middle, on each side: over which it fades out.
    private const double Fade = 0.25;

    /// <summary>Computes the rings of a wave.</summary>
    /// <param name="information">What the frames say.</param>
    /// <param name="wave">The wave.</param>
    /// <param name="prior">Power spectra of amplitude and phase.</param>
    /// <param name="solution">The powers that the wave was estimated with, and that it shows.</param>
    /// <param name="excess">In each ring, the power of the residuals over that of the noise.</param>
    /// <param name="lowerLimit">Frequency in 1/nm below which the series says little.</param>
    /// <param name="even">
    /// Whether the error is spread evenly, as the linear theory has it: then it is held against the wave in the middle of the frame, where the
    /// specimen is. That of a strong object is where the object is, and is held against the wave of the whole frame as it is made of.
    /// </param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public static RingUncertainty[] Of(
        SeriesInformation information, ExitWave wave, PriorPowers prior, WienerSolution solution, double[] excess, double lowerLimit, bool even, CancellationToken cancellationToken)
    {
        WaveBand band = information.Band;
        int count = prior.Ring(band.Limit) + 1;
        var power = new double[count];
        var noise = new double[count];
        var shownPower = new double[count];
        var transferred = new double[count];
        var specimen = new double[count];
        var points = new int[count];
        (ExitWave windowed, double weight) = Windowed(wave, even ? Window : static n => [.. Enumerable.Repeat(1.0, n)]);
        using ComplexPlane spectrum = WaveSpectrum.FromWave(windowed, band);
        double lowest = Sum(prior.At(lowerLimit));
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int kx = ky > 0 ? 0 : 1; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g = Math.Sqrt(band.Grid.SquaredFrequency(ky, kx));
                int ring = prior.Ring(g);
                LinearTheory data = information.At(ky, kx);
                PriorPower shown = solution.Shown.At(ky, kx);
                LinearTheory variance = data.Error(solution.Used.At(ky, kx), shown);
                (float re, float im) = spectrum[band.RowReach + ky, band.ColumnReach + kx];
                (float mre, float mim) = spectrum[band.RowReach - ky, band.ColumnReach - kx];
                power[ring] += ((re * re) + (im * im) + (mre * mre) + (mim * mim)) / weight;
                noise[ring] += 2 * (variance.Aa + variance.Pp);
                shownPower[ring] += 2 * Sum(shown);
                transferred[ring] += 0.5 * (data.Aa + data.Pp);
                // Below the lower limit powers are not those of the frames but go on from there, without bounds.
                double expected = Sum(prior.At(g));
                specimen[ring] += 0.5 * (g < lowerLimit ? Math.Min(expected, lowest) : expected);
                points[ring]++;
            }
        }

        int[] rings = [.. Enumerable.Range(0, count).Where(i => points[i] > 0)];
        double best = rings.Max(i => transferred[i] / points[i]);
        int[] seen = [.. rings.Where(i => transferred[i] / points[i] >= WellTransferred * best)];
        // Beyond, noise over next to no transfer would pass for a specimen without bounds.
        double usual = Math.Exp(seen.Average(i => Math.Log(specimen[i] / points[i])));
        double pixels = (double)band.Grid.Rows * band.Grid.Columns;
        return [.. rings.Select(i => new RingUncertainty(
            i * prior.Step,
            Math.Sqrt((power[i] + noise[i]) / pixels),
            Math.Sqrt(excess[i] * noise[i] / pixels),
            Math.Min(
                (Math.Min(shownPower[i], 4 * specimen[i]) / noise[i]) - 1,
                transferred[i] / points[i] * (i > seen[^1] ? Math.Min(usual, specimen[i] / points[i]) : specimen[i] / points[i])))
        {
            Noise = Math.Sqrt(noise[i] / pixels),
        })];
    }

    private static double Sum(PriorPower power) => power.Amplitude + power.Phase;

    /// <summary>
    /// The scattered wave over its vacuum, seen through a window, and the sum of the window's squares.
    /// </summary>
    private static (ExitWave Wave, double Weight) Windowed(ExitWave wave, Func<int, double[]> window)
    {
        Calibration c = wave.Calibration;
        double[] rows = window(c.Rows);
        double[] columns = window(c.Columns);
        ReadOnlySpan<float> source = wave.Interleaved;
        (double re, double im, double sum, double squares) = (0, 0, 0, 0);
        for (int r = 0, i = 0; r < c.Rows; r++)
        {
            for (int k = 0; k < c.Columns; k++, i += 2)
            {
                double w = rows[r] * columns[k];
                (re, im, sum, squares) = (re + (w * source[i]), im + (w * source[i + 1]), sum + w, squares + (w * w));
            }
        }

        (re, im) = (re / sum, im / sum);
        (double vacuumRe, double vacuumIm) = wave.Mean();
        double vacuum = Math.Sqrt((vacuumRe * vacuumRe) + (vacuumIm * vacuumIm));
        var data = new float[source.Length];
        for (int r = 0, i = 0; r < c.Rows; r++)
        {
            for (int k = 0; k < c.Columns; k++, i += 2)
            {
                double w = rows[r] * columns[k] / vacuum;
                (data[i], data[i + 1]) = ((float)(w * (source[i] - re)), (float)(w * (source[i + 1] - im)));
            }
        }

        return (new ExitWave(c, data), squares);
    }

    /// <summary>1 in the middle, falling to 0 by a cosine.</summary>
    private static double[] Window(int count)
    {
        double half = 0.5 * Middle * count;
        double fade = 2 * Fade * half;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            double inside = half - Math.Abs(i + 0.5 - (0.5 * count));
            return inside <= 0 ? 0 : inside >= fade ? 1 : 0.5 * (1 - Math.Cos(Math.PI * inside / fade));
        })];
    }
}
