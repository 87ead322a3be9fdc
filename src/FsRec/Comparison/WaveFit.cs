using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Unknowns = MathNet.Numerics.LinearAlgebra.Vector<double>;

namespace FsRec.Comparison;

/// <summary>
/// Finds what a wave differs by from the truth that no focal series can tell. The phase Φ is linear in the unknowns; they are fitted by
/// Gauss–Newton steps on Σ |W exp(−iΦ) − sT|². Starting places are peaks of the cross-correlation over translation and defocus: a crystal
/// offers many, so several are refined on the spectra as they are and the best goes on. From there the wave is corrected as a whole
/// before the window is put on again, so that the window does not pull.
/// </summary>
internal sealed class WaveFit
{
    private const int MostRounds = 20;
    private const int TrialRounds = 6;
    private const int PeaksADefocus = 4;
    private const int Trials = 12;
    private const int TermCount = 6;
    private const int PhaseTerm = 0;

    private readonly ComparisonPlanes _planes;
    private readonly WaveComparisonOptions _options;
    private readonly double _wavelength;
    private readonly double _c3;
    private readonly double[] _terms;
    private readonly int[] _free;

    /// <summary>Prepares a fit.</summary>
    public WaveFit(ComparisonPlanes planes, WaveComparisonOptions options)
    {
        _planes = planes;
        _options = options;
        _wavelength = options.Microscope?.Wavelength ?? 0;
        _c3 = options.Microscope?.C3 ?? 0;
        _terms = new double[TermCount * planes.Frequencies.Count];
        for (int i = 0; i < planes.Frequencies.Count; i++)
        {
            SetTerms(planes.Frequencies[i].Gy, planes.Frequencies[i].Gx, _terms.AsSpan(TermCount * i, TermCount));
        }

        bool tilt = options.FitTilt && _c3 != 0;
        bool[] fitted = [!options.PhaseFromMean, options.FitShift, options.FitShift, FitsDefocus, tilt, tilt];
        _free = [.. Enumerable.Range(0, TermCount).Where(i => fitted[i])];
    }

    private bool FitsDefocus => _options.FitDefocus && _wavelength > 0;

    /// <summary>Fits, and leaves the planes with the corrected wave.</summary>
    public FittedWave Run()
    {
        double[] values = BestStart();
        Correct(values);
        for (int round = 0; round < MostRounds; round++)
        {
            double[] step = Step(Products(new double[TermCount]), out _);
            for (int i = 0; i < TermCount; i++)
            {
                values[i] += step[i];
            }

            Correct(values);
            // Rad, px and nm below what any comparison shows.
            if (Math.Abs(step[0]) < 1e-6 && Math.Abs(step[1]) < 1e-5 && Math.Abs(step[2]) < 1e-5 && Math.Abs(step[3]) < 1e-4)
            {
                break;
            }
        }

        return new FittedWave(values[PhaseTerm], values[1], values[2], values[3], values[4], values[5]);
    }

    /// <summary>The terms of Φ: its derivatives by phase, shifts in px, defocus in nm and tilts in rad.</summary>
    private void SetTerms(double gy, double gx, Span<double> terms)
    {
        double g2 = (gy * gy) + (gx * gx);
        double coma = -2 * Math.PI * _c3 * _wavelength * _wavelength * g2;
        terms[PhaseTerm] = 1;
        terms[1] = -2 * Math.PI * gx / (_planes.Grid.Columns * _planes.Grid.ColumnStep);
        terms[2] = -2 * Math.PI * gy / (_planes.Grid.Rows * _planes.Grid.RowStep);
        terms[3] = -Math.PI * _wavelength * g2;
        terms[4] = coma * gx;
        terms[5] = coma * gy;
    }

    private static double Sum(ReadOnlySpan<double> terms, double[] values)
    {
        double sum = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            sum += values[i] * terms[i];
        }

        return sum;
    }

    private void Correct(double[] values) => _planes.Apply((gy, gx) =>
    {
        Span<double> terms = stackalloc double[TermCount];
        SetTerms(gy, gx, terms);
        return Sum(terms, values);
    });

    private double[] BestStart()
    {
        double step = 1 / (4 * Math.Max(_wavelength, 1e-6) * _planes.Frequencies.Max(static f => f.G2));
        int steps = FitsDefocus ? (int)Math.Ceiling(_options.DefocusRange / step) : 0;
        var starts = new List<(double X, double Y, double Defocus, double Height)>();
        for (int i = -steps; i <= steps; i++)
        {
            double defocus = i * step;
            starts.AddRange(_options.FitShift
                ? _planes.CorrelationPeaks(Math.PI * _wavelength * defocus, PeaksADefocus).Select(p => (p.X, p.Y, defocus, p.Height))
                : [(0, 0, defocus, 0)]);
        }

        // The wave as it lies always takes part.
        IEnumerable<double[]> trials = starts.OrderByDescending(static s => s.Height).Take(_options.FitShift ? Trials : starts.Count)
            .Prepend((0, 0, 0, 0))
            .Select(s => new[] { _planes.PhaseOfMeans, s.Item1, s.Item2, s.Item3, 0, 0 });
        (double[] Values, double Agreement) best = ([], double.NegativeInfinity);
        foreach (double[] trial in trials)
        {
            double agreement = Refine(trial);
            best = agreement > best.Agreement ? (trial, agreement) : best;
        }

        return best.Values;
    }

    /// <summary>Refines a start on the spectra as they are, and tells how well it agrees then.</summary>
    private double Refine(double[] values)
    {
        if (!_options.PhaseFromMean)
        {
            Complex sum = 0;
            foreach (Complex product in Products(values))
            {
                sum += product;
            }

            values[PhaseTerm] += sum.Phase;
        }

        for (int round = 0; round < TrialRounds; round++)
        {
            double[] step = Step(Products(values), out _);
            for (int i = 0; i < TermCount; i++)
            {
                values[i] += step[i];
            }
        }

        Step(Products(values), out double agreement);
        return agreement;
    }

    /// <summary>W T* exp(−iΦ) at each frequency.</summary>
    private Complex[] Products(double[] values)
    {
        var products = new Complex[_planes.Frequencies.Count];
        for (int i = 0; i < products.Length; i++)
        {
            BandFrequency f = _planes.Frequencies[i];
            products[i] = _planes.Wave(f) * Complex.Conjugate(_planes.Truth(f))
                * Complex.FromPolarCoordinates(1, -Sum(_terms.AsSpan(TermCount * i, TermCount), values));
        }

        return products;
    }

    /// <summary>One Gauss–Newton step; what is not fitted stays.</summary>
    /// <param name="products">W T* exp(−iΦ) at each frequency.</param>
    /// <param name="agreement">Σ Re W T* exp(−iΦ), which the fit makes largest.</param>
    private double[] Step(Complex[] products, out double agreement)
    {
        var step = new double[TermCount];
        var normal = new double[TermCount * TermCount];
        var right = new double[TermCount];
        double truth = 0;
        agreement = 0;
        for (int n = 0; n < products.Length; n++)
        {
            Complex t = _planes.Truth(_planes.Frequencies[n]);
            double weight = (t.Real * t.Real) + (t.Imaginary * t.Imaginary);
            truth += weight;
            agreement += products[n].Real;
            ReadOnlySpan<double> terms = _terms.AsSpan(TermCount * n, TermCount);
            for (int i = 0; i < TermCount; i++)
            {
                right[i] += terms[i] * products[n].Imaginary;
                for (int j = 0; j < TermCount; j++)
                {
                    normal[(i * TermCount) + j] += weight * terms[i] * terms[j];
                }
            }
        }

        if (_free.Length == 0)
        {
            return step;
        }

        // Terms differ by orders of magnitude; on a common scale a hair on the diagonal keeps a term that nothing sets at rest.
        double[] scale = [.. _free.Select(i => normal[i * (TermCount + 1)] is > 0 and var d ? 1 / Math.Sqrt(d) : 0)];
        Matrix<double> scaled = Matrix<double>.Build.Dense(scale.Length, scale.Length, (i, j) =>
            (normal[(_free[i] * TermCount) + _free[j]] * scale[i] * scale[j]) + (i == j ? 1e-9 : 0));
        Unknowns solution = scaled.Solve(Unknowns.Build.Dense(scale.Length, i => right[_free[i]] * scale[i]));
        double amplitude = Math.Max(agreement / truth, 0.1);
        for (int i = 0; i < scale.Length; i++)
        {
            step[_free[i]] = solution[i] * scale[i] / amplitude;
        }

        return step;
    }
}
