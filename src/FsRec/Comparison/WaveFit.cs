using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Unknowns = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace FsRec.Comparison;

/// <summary>
/// Finds what a wave differs by from the truth that no focal series can tell: first translation and defocus from the highest peak of
/// the cross-correlation, then all of it by Gauss–Newton steps on Σ |W exp(−iΦ) − sT|², Φ linear in what is fitted. The wave is
/// corrected as a whole before the window is put on again, so that the window does not pull.
/// </summary>
internal sealed class WaveFit(ComparisonPlanes planes, WaveComparisonOptions options)
{
    private const int MostRounds = 20;
    private const int TermCount = 6;
    private const int PhaseTerm = 0;

    private readonly double _wavelength = options.Microscope?.Wavelength ?? 0;
    private readonly double _c3 = options.Microscope?.C3 ?? 0;

    private bool FitsDefocus => options.FitDefocus && _wavelength > 0;

    /// <summary>Fits, and leaves the planes with the corrected wave.</summary>
    public FittedWave Run()
    {
        double[] values = Start();
        bool[] fitted = [!options.PhaseFromMean, options.FitShift, options.FitShift, FitsDefocus, options.FitTilt && _c3 != 0, options.FitTilt && _c3 != 0];
        if (options.PhaseFromMean)
        {
            values[PhaseTerm] = planes.PhaseOfMeans;
        }

        Correct(values);
        for (int round = 0; round < MostRounds; round++)
        {
            double[] step = Step(fitted);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] += step[i];
            }

            Correct(values);
            // Px and nm below what any comparison shows.
            if (Math.Abs(step[0]) < 1e-6 && Math.Abs(step[1]) < 1e-5 && Math.Abs(step[2]) < 1e-5 && Math.Abs(step[3]) < 1e-4)
            {
                break;
            }
        }

        return Fitted(values);
    }

    private static FittedWave Fitted(double[] v) => new(v[PhaseTerm], v[1], v[2], v[3], v[4], v[5]);

    /// <summary>The terms of Φ: its derivatives by phase, shifts in px, defocus in nm and tilts in rad.</summary>
    private void SetTerms(double gy, double gx, Span<double> terms)
    {
        double g2 = (gy * gy) + (gx * gx);
        double coma = -2 * Math.PI * _c3 * _wavelength * _wavelength * g2;
        terms[PhaseTerm] = 1;
        terms[1] = -2 * Math.PI * gx / (planes.Grid.Columns * planes.Grid.ColumnStep);
        terms[2] = -2 * Math.PI * gy / (planes.Grid.Rows * planes.Grid.RowStep);
        terms[3] = -Math.PI * _wavelength * g2;
        terms[4] = coma * gx;
        terms[5] = coma * gy;
    }

    private void Correct(double[] values) => planes.Apply((gy, gx) =>
    {
        Span<double> terms = stackalloc double[TermCount];
        SetTerms(gy, gx, terms);
        double sum = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            sum += values[i] * terms[i];
        }

        return sum;
    });

    private double[] Start()
    {
        double step = 1 / (4 * Math.Max(_wavelength, 1e-6) * planes.Frequencies.Max(static f => f.G2));
        int steps = FitsDefocus ? (int)Math.Ceiling(options.DefocusRange / step) : 0;
        (double X, double Y, double Height, double Defocus) best = (0, 0, -1, 0);
        for (int i = -steps; i <= steps && (options.FitShift || steps > 0); i++)
        {
            double defocus = i * step;
            (double x, double y, double height) = planes.CorrelationPeak(Math.PI * _wavelength * defocus);
            best = height > best.Height ? (x, y, height, defocus) : best;
        }

        double[] values = [0, options.FitShift ? best.X : 0, options.FitShift ? best.Y : 0, best.Defocus, 0, 0];
        Correct(values);
        Complex cross = 0;
        foreach (BandFrequency f in planes.Frequencies)
        {
            cross += planes.Wave(f) * Complex.Conjugate(planes.Truth(f));
        }

        values[PhaseTerm] = cross.Phase;
        return values;
    }

    private double[] Step(bool[] fitted)
    {
        int[] free = [.. Enumerable.Range(0, fitted.Length).Where(i => fitted[i])];
        var step = new double[fitted.Length];
        if (free.Length == 0)
        {
            return step;
        }

        Matrix<double> normal = Matrix<double>.Build.Dense(free.Length, free.Length);
        Unknowns right = Unknowns.Build.Dense(free.Length);
        Span<double> terms = stackalloc double[TermCount];
        double truth = 0;
        double cross = 0;
        foreach (BandFrequency f in planes.Frequencies)
        {
            Complex t = planes.Truth(f);
            Complex product = planes.Wave(f) * Complex.Conjugate(t);
            double weight = (t.Real * t.Real) + (t.Imaginary * t.Imaginary);
            truth += weight;
            cross += product.Real;
            SetTerms(f.Gy, f.Gx, terms);
            for (int i = 0; i < free.Length; i++)
            {
                right[i] += terms[free[i]] * product.Imaginary;
                for (int j = 0; j < free.Length; j++)
                {
                    normal[i, j] += weight * terms[free[i]] * terms[free[j]];
                }
            }
        }

        // Terms differ by orders of magnitude; on a common scale a hair on the diagonal keeps a term that nothing sets at rest.
        Unknowns scale = normal.Diagonal().Map(static d => d > 0 ? 1 / Math.Sqrt(d) : 0);
        Matrix<double> scaled = Matrix<double>.Build.Dense(free.Length, free.Length, (i, j) =>
            (normal[i, j] * scale[i] * scale[j]) + (i == j ? 1e-9 : 0));
        double amplitude = Math.Max(cross / truth, 1e-3);
        Unknowns solution = scaled.Solve(right.PointwiseMultiply(scale)).PointwiseMultiply(scale) / amplitude;
        for (int i = 0; i < free.Length; i++)
        {
            step[free[i]] = solution[i];
        }

        return step;
    }
}
