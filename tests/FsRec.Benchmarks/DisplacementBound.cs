using System.Globalization;
using FsRec.Alignment;
using FsRec.Optics;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace FsRec.Benchmarks;

/// <summary>
/// The Cramér–Rao bound of the displacements of a simulated series: what no estimator without bias can do better than, from noise-free
/// frames and the noise that the series has. Once with the wave known, once with the wave estimated from the same frames by the linear
/// theory, common part and tilt taken out of both as they are out of the errors in the table.
/// </summary>
internal static class DisplacementBound
{
    // Frequencies along the axes hold the frames' edges, which say nothing of a displacement.
    private const int AxisReach = 4;

    /// <summary>Prints the bound of cases; seeds as for the table, and envelopes in place of tilts.</summary>
    public static void Run(string[] args)
    {
        int[] seeds = TruthCase.Seeds(args);
        foreach (TruthCase c in TruthCase.All.Where(c => args.Contains(c.Name)))
        {
            foreach (int seed in seeds)
            {
                SimulationParameters noisy = c.Series with { Seed = seed, SpatialCoherence = SpatialCoherence.Envelope };
                SimulatedSeries simulated = SeriesSimulator.Simulate(noisy with { Dose = 0 });
                double variance = 1 / noisy.CountsPerPixel;
                double[] known = Known(simulated, variance);
                (double rms, double[] frames) = Estimated(simulated, variance);
                Console.WriteLine(FormattableString.Invariant(
                    $"| {c.Name} | {seed} | {Math.Sqrt(known.Average(static e => e * e)):0.0000} px with the wave known | {rms:0.0000} px with the wave estimated; frames {string.Join(' ', frames.Select(static f => f.ToString("0.000", CultureInfo.InvariantCulture)))} |"));
            }
        }
    }

    /// <summary>Each frame's error against its own noise-free image, both axes together: information Σ |∂I|²/variance, variance ∝ I.</summary>
    private static double[] Known(SimulatedSeries simulated, double variance)
    {
        Calibration c = simulated.Series.Calibration;
        var errors = new double[simulated.Series.Count];
        for (int n = 0; n < errors.Length; n++)
        {
            float[] image = simulated.GetCounts(n);
            (double xx, double xy, double yy) = (0, 0, 0);
            for (int r = 3; r < c.Rows - 3; r++)
            {
                for (int k = 3; k < c.Columns - 3; k++)
                {
                    int i = (r * c.Columns) + k;
                    double weight = 1 / (variance * Math.Max(image[i], 0.1f));
                    double dx = Slope(image, i, 1);
                    double dy = Slope(image, i, c.Columns);
                    xx += weight * dx * dx;
                    xy += weight * dx * dy;
                    yy += weight * dy * dy;
                }
            }

            errors[n] = Math.Sqrt((xx + yy) / ((xx * yy) - (xy * xy)));
        }

        return errors;
    }

    /// <summary>The derivative from six neighbours, exact for polynomials of the sixth degree.</summary>
    private static double Slope(float[] image, int at, int step) =>
        (0.75 * ((double)image[at + step] - image[at - step]))
        - (0.15 * ((double)image[at + (2 * step)] - image[at - (2 * step)]))
        + (((double)image[at + (3 * step)] - image[at - (3 * step)]) / 60);

    /// <summary>
    /// F_mn = 2 Re Σ k k' [δ_mn |y_n|²/σ² − y_m* (H_m M⁻¹ H_nᵀ) y_n / σ⁴] over half the band, y_n the noise-free frame moved back: the
    /// second term is what a wave that moves along takes away.
    /// </summary>
    private static (double Rms, double[] Frames) Estimated(SimulatedSeries simulated, double variance)
    {
        FocalSeries series = simulated.Series;
        int frames = series.Count;
        double[] noise = [.. Enumerable.Repeat(variance, frames)];
        var statistics = SeriesStatistics.Of(series.WithFoci([.. simulated.TrueFoci.Select(static f => f.Defocus)]), noise, 0, null, default);
        WaveBand band = statistics.Band;
        var points = new AlignmentPoints(series, statistics, 0, default);
        var ramps = simulated.TrueDisplacements.Select(d => points.Ramp(d.Dx, d.Dy)).ToArray();
        Matrix<double> f = Matrix<double>.Build.Dense(2 * frames, 2 * frames);
        var y = new (double Re, double Im)[frames];
        for (int i = 0; i < points.Count; i++)
        {
            if (Math.Abs(points.Ky[i]) <= AxisReach || points.Kx[i] <= AxisReach)
            {
                continue;
            }

            double kx = 2 * Math.PI * points.Kx[i] / band.Grid.Columns;
            double ky = 2 * Math.PI * points.Ky[i] / band.Grid.Rows;
            LinearTheory inverse = statistics.Data(points.G2[i]).With(new PriorPower(1e6 * variance, 1e6 * variance)).Inverse();
            for (int n = 0; n < frames; n++)
            {
                (float rr, float ri) = ramps[n].Rows[points.Ky[i] + band.RowReach];
                (float cr, float ci) = ramps[n].Columns[points.Kx[i]];
                (double fr, double fi) = ((rr * cr) - (ri * ci), (rr * ci) + (ri * cr));
                (float re, float im) = points.Data(n)[i];
                y[n] = ((re * fr) - (im * fi), (re * fi) + (im * fr));
            }

            for (int m = 0; m < frames; m++)
            {
                (float ma, float mp) = points.Rows(m)[i];
                double a = ((inverse.Aa * ma) + (inverse.Ap * mp)) / (variance * variance);
                double p = ((inverse.Ap * ma) + (inverse.Pp * mp)) / (variance * variance);
                for (int n = m; n < frames; n++)
                {
                    (float na, float np) = points.Rows(n)[i];
                    double weight = 2 * ((m == n ? 1 / variance : 0) - ((a * na) + (p * np))) * ((y[m].Re * y[n].Re) + (y[m].Im * y[n].Im));
                    f[m, n] += weight * kx * kx;
                    f[frames + m, frames + n] += weight * ky * ky;
                    f[m, frames + n] += weight * kx * ky;
                    if (m != n)
                    {
                        f[n, frames + m] += weight * kx * ky;
                    }
                }
            }
        }

        for (int i = 0; i < 2 * frames; i++)
        {
            for (int j = 0; j < i; j++)
            {
                f[i, j] = f[j, i];
            }
        }

        Matrix<double> covariance = Projected(f, [.. series.Foci]);
        double[] errors = [.. Enumerable.Range(0, frames).Select(n => Math.Sqrt(covariance[n, n] + covariance[frames + n, frames + n]))];
        return (Math.Sqrt(errors.Average(static e => e * e)), errors);
    }

    /// <summary>The inverse on what is left without mean and part linear in the foci.</summary>
    private static Matrix<double> Projected(Matrix<double> information, double[] foci)
    {
        int frames = foci.Length;
        double mean = foci.Average();
        Matrix<double> soft = Matrix<double>.Build.Dense(2 * frames, 4);
        for (int n = 0; n < frames; n++)
        {
            soft[n, 0] = soft[frames + n, 1] = 1;
            soft[n, 2] = soft[frames + n, 3] = foci[n] - mean;
        }

        Matrix<double> basis = soft.Svd().U.SubMatrix(0, 2 * frames, 4, (2 * frames) - 4);
        return basis * (basis.Transpose() * information * basis).Inverse() * basis.Transpose();
    }
}
