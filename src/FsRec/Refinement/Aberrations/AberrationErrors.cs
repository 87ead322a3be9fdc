using System.Numerics;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace FsRec.Refinement;

/// <summary>
/// Covariance of aberrations that are fitted with a wave, from the curvature of the misfit by the linear theory. With y_n = H_n w a frame's
/// spectrum, a parameter changes it by r_n·w; the information is Σ 2 tr S [Σ r_iᵀr_j/σ² − K_iᵀM⁻¹K_j] over half the band, K = Σ_n Hᵀr/σ²
/// and S the power of the wave: the second term is what a wave that moves along takes away. Round aberrations and A1 change the envelope by
/// d_n = −(2πα)² s_n·∂s/2, r_n = d_n H_n; they meet the slope of the foci, r_n = (Z_n − Z̄) πλg² H'_n. For B2 and A2 d_n is odd in g,
/// r_n = i d_n H'_n; they meet displacements linear in the focus, r_n = −2πi g (Z_n − Z̄) H_n. Interference of scattered beams with one
/// another tells more than the theory counts.
/// </summary>
internal static class AberrationErrors
{
    // Slope of the foci, and of the displacements along columns and rows.
    private const int Others = 3;
    private const int All = AberrationStep.Count + Others;

    /// <summary>Standard deviation in nm of the error of a mean focus that is not fitted.</summary>
    public const double MeanFocusError = 3;

    /// <summary>The covariance of the free components, in nm².</summary>
    /// <param name="statistics">The statistics of the series, the band that of the wave on the frames' grid.</param>
    /// <param name="free">The components that are free.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public static Matrix<double> Covariance(SeriesStatistics statistics, IReadOnlyList<int> free, CancellationToken cancellationToken)
    {
        Matrix<double> information = Information(statistics, cancellationToken);
        int focus = AberrationStep.Count - 1;
        int[] used = [.. free, .. free.Contains(focus) ? Array.Empty<int>() : [focus], .. Enumerable.Range(AberrationStep.Count, Others)];
        Matrix<double> part = Matrix<double>.Build.Dense(used.Length, used.Length, (i, j) => information[used[i], used[j]]);
        double[] scale = new double[used.Length];
        for (int i = 0; i < used.Length; i++)
        {
            double expected = used[i] >= AberrationStep.Count ? double.PositiveInfinity
                : i >= free.Count ? MeanFocusError
                : AberrationStep.Expected(used[i], statistics.Microscope);
            part[i, i] += (1 / (expected * expected)) + (1e-12 * part[i, i]);
            scale[i] = part[i, i] > 0 ? 1 / Math.Sqrt(part[i, i]) : 1;
            part[i, i] = Math.Max(part[i, i], double.Epsilon);
        }

        // Components differ by orders of magnitude: with 1 on the diagonal the inverse keeps its digits.
        Matrix<double> unit = Matrix<double>.Build.Dense(used.Length, used.Length, (i, j) => i == j ? 1 : part[i, j] * scale[i] * scale[j]);
        Matrix<double> inverse = unit.Inverse();
        return Matrix<double>.Build.Dense(free.Count, free.Count, (i, j) => inverse[i, j] * scale[i] * scale[j]);
    }

    /// <summary>
    /// By what share of a beam an aberration that is as far off as is expected changes the images between the two ends of a series, RMS over the wave's power. An aberration that
    /// all frames have in common is a factor of the wave, ψ(g) exp(−iχ(g)), before any focus acts, and changes no image of a wave that is free; what is left is how the convergence damps
    /// interference, exp(−(πα)²|Zg + ∂χ|²), where that differs from focus to focus: 2(πα)² (Z_N − Z_1) g·∂s.
    /// </summary>
    /// <param name="statistics">The statistics of the series, the band that of the wave.</param>
    /// <param name="components">The components of the aberration.</param>
    public static double Visible(SeriesStatistics statistics, IReadOnlyList<int> components)
    {
        WaveBand band = statistics.Band;
        double range = statistics.Foci.Max() - statistics.Foci.Min();
        var dampings = new double[AberrationStep.Count];
        (double change, double power) = (0, 0);
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = ky > 0 ? 0 : 1; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                AberrationStep.Dampings(ky * band.Grid.RowStep, kx * band.Grid.ColumnStep, statistics.Microscope, dampings);
                (double amplitude, double phase) = statistics.Prior.At(Math.Sqrt(band.Grid.SquaredFrequency(ky, kx)));
                double of = amplitude + phase;
                // The azimuth is not known: the mean of both components.
                change += of * components.Average(i => Math.Pow(range * dampings[i] * AberrationStep.Expected(i, statistics.Microscope), 2));
                power += of;
            }
        }

        return Math.Sqrt(change / power);
    }

    private static Matrix<double> Information(SeriesStatistics statistics, CancellationToken cancellationToken)
    {
        (WaveBand band, Microscope microscope, IReadOnlyList<double> foci, IReadOnlyList<double> noise) =
            (statistics.Band, statistics.Microscope, statistics.Foci, statistics.Noise);
        double lambda = microscope.Wavelength;
        double angle = Math.PI * microscope.Semiconvergence * 1e-3;
        double mean = foci.Average();
        var other = new AzimuthalAberrations(microscope);
        Matrix<double> information = Matrix<double>.Build.Dense(All, All);
        var steps = new Complex[AberrationStep.Count];
        var rows = new (double A, double P)[All];
        var direct = new double[All, All];
        // K of each parameter, a 2 × 2 matrix: rows of H, columns of r.
        var k = new (double Aa, double Ap, double Pa, double Pp)[All];
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int kx = ky > 0 ? 0 : 1; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                (double gy, double gx) = (ky * band.Grid.RowStep, kx * band.Grid.ColumnStep);
                double g2 = (gy * gy) + (gx * gx);
                (double sa, double sp) = statistics.Prior.At(Math.Sqrt(g2));
                LinearTheory inverse = statistics.Known(g2).Inverse();
                double l2g2 = lambda * lambda * g2;
                double round = l2g2 * (microscope.C3 + (l2g2 * microscope.C5));
                Complex slope = other.Slope(gy, gx) + new Complex(round * gx, round * gy);
                AberrationStep.Slopes(gy, gx, lambda, steps);
                Array.Clear(direct);
                Array.Clear(k);
                for (int n = 0; n < foci.Count; n++)
                {
                    (double a, double p) = statistics.Row(n, g2);
                    Complex s = slope + new Complex(foci[n] * gx, foci[n] * gy);
                    for (int i = 0; i < AberrationStep.Count; i++)
                    {
                        double d = -2 * angle * angle * ((s.Real * steps[i].Real) + (s.Imaginary * steps[i].Imaginary));
                        rows[i] = IsOdd(i) ? (-d * p, d * a) : (d * a, d * p);
                    }

                    double z = foci[n] - mean;
                    double turn = Math.PI * lambda * g2 * z;
                    rows[AberrationStep.Count] = (-turn * p, turn * a);
                    rows[AberrationStep.Count + 1] = (-2 * Math.PI * gx * z * a, -2 * Math.PI * gx * z * p);
                    rows[AberrationStep.Count + 2] = (-2 * Math.PI * gy * z * a, -2 * Math.PI * gy * z * p);
                    for (int i = 0; i < All; i++)
                    {
                        (double ra, double rp) = rows[i];
                        k[i].Aa += a * ra / noise[n];
                        k[i].Ap += a * rp / noise[n];
                        k[i].Pa += p * ra / noise[n];
                        k[i].Pp += p * rp / noise[n];
                        for (int j = i; j < All; j++)
                        {
                            direct[i, j] += ((sa * ra * rows[j].A) + (sp * rp * rows[j].P)) / noise[n];
                        }
                    }
                }

                for (int i = 0; i < All; i++)
                {
                    for (int j = i; j < All; j++)
                    {
                        if (IsOdd(i) == IsOdd(j))
                        {
                            double shared =
                                (sa * ((k[i].Aa * ((inverse.Aa * k[j].Aa) + (inverse.Ap * k[j].Pa))) + (k[i].Pa * ((inverse.Ap * k[j].Aa) + (inverse.Pp * k[j].Pa)))))
                                + (sp * ((k[i].Ap * ((inverse.Aa * k[j].Ap) + (inverse.Ap * k[j].Pp))) + (k[i].Pp * ((inverse.Ap * k[j].Ap) + (inverse.Pp * k[j].Pp)))));
                            information[i, j] += 2 * (direct[i, j] - shared);
                        }
                    }
                }
            }
        }

        return Matrix<double>.Build.Dense(All, All, (i, j) => i <= j ? information[i, j] : information[j, i]);
    }

    private static bool IsOdd(int parameter) => parameter is (>= 3 and <= 6) or > AberrationStep.Count;
}
