using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Resolution;

/// <summary>
/// Whether neighbouring frames share their noise, as running averages do and frames with the same fixed pattern: above the frequencies that
/// carry the specimen their spectra would have unrelated phases otherwise.
/// </summary>
internal static unsafe class SharedNoise
{
    // The mean cosine between two numbers of normal distribution is π/4 of a small correlation; single bright frequencies, as a lattice's, do not move it.
    private const double CosineOfCorrelation = Math.PI / 4;
    private const int Halvings = 50;

    /// <summary>Correlation of the noise of neighbouring frames, a mean over the pairs, and its standard error; 0 where it cannot be told.</summary>
    /// <param name="reconstruction">The series and its displacements.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static (double Correlation, double Error) Measure(Reconstruction reconstruction, int threads, CancellationToken cancellationToken)
    {
        FocalSeries series = reconstruction.Series;
        FrameSpectra spectra = series.Spectra(threads, null, cancellationToken);
        FrequencyGrid grid = FrequencyGrid.Of(series.Calibration);
        double from = NoiseLevel.From * series.Calibration.Nyquist;
        int pairs = series.Count - 1;
        // The columns of each row beyond the specimen's; none of those near the axes, where the spectrum of a frame's edges lies.
        int last = (grid.Columns / 2) - 1;
        int[] first = [.. Enumerable.Range(0, grid.Rows).Select(row => First(grid, FrequencyGrid.Signed(row, grid.Rows), last, from * from))];
        var still = new double[pairs];
        var moved = new double[pairs];
        var counts = new long[pairs];
        using var ramps = new PerWorker<PhaseRamp>(FrameLoop.Workers(threads, pairs), () => new PhaseRamp(grid.Rows, grid.Columns));
        FrameLoop.Run(pairs, threads, cancellationToken, (worker, n) =>
        {
            using SpectrumLease one = spectra.Take(n);
            using SpectrumLease next = spectra.Take(n + 1);
            (FrameDisplacement da, FrameDisplacement db) = (reconstruction.Displacements[n], reconstruction.Displacements[n + 1]);
            // Noise that moved with the specimen, where frames were averaged after they had been aligned.
            PhaseRamp along = ramps[worker];
            along.Set(da.Dx - db.Dx, da.Dy - db.Dy);
            (still[n], moved[n], counts[n]) = Cosines(one.Plane, next.Plane, along, first, last);
        });
        long all = counts.Sum();
        return all == 0
            ? (0, 0)
            : (Correlation(Math.Max(still.Sum(), moved.Sum()) / all), 1 / Math.Sqrt(2 * all) / CosineOfCorrelation);
    }

    /// <summary>The correlation of numbers of normal distribution between which the cosine has a mean, at most 1: cosines of equal numbers are 1.</summary>
    /// <param name="cosine">The mean cosine, −1 to 1.</param>
    internal static double Correlation(double cosine)
    {
        (double low, double high) = (0, 1);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = MeanCosine(middle) < Math.Abs(cosine) ? (middle, high) : (low, middle);
        }

        return Math.CopySign((low + high) / 2, cosine);
    }

    // (E − (1 − ρ²)K) / ρ of the complete elliptic integrals of modulus ρ, which begins as πρ/4 and ends at 1: the mean of the cosine between two complex
    // numbers of normal distribution, π/4 ρ ₂F₁(½, ½; 2; ρ²). By arithmetic-geometric means.
    private static double MeanCosine(double correlation)
    {
        double squared = correlation * correlation;
        (double a, double b, double sum, double power) = (1, Math.Sqrt(1 - squared), squared / 2, 1);
        while (a - b > 1e-15)
        {
            double c = (a - b) / 2;
            (a, b) = ((a + b) / 2, Math.Sqrt(a * b));
            sum += power * c * c;
            power *= 2;
        }

        // K = π/2a and E = K(1 − sum).
        return Math.PI / (2 * a) * (squared - sum) / correlation;
    }

    /// <summary>The first column of a row that counts; the one after the last where none does.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="ky">Number of the row.</param>
    /// <param name="last">The last column.</param>
    /// <param name="from">Square of the frequency beyond which there is nothing of the specimen, in 1/nm².</param>
    internal static int First(FrequencyGrid grid, int ky, int last, double from)
    {
        // Nor at the Nyquist frequency, where the turn that belongs to a displacement has a real part only.
        if (Math.Abs(ky) <= NoiseLevel.Edge || 2 * Math.Abs(ky) == grid.Rows)
        {
            return last + 1;
        }

        int first = last + 1;
        while (first - 1 > NoiseLevel.Edge && grid.SquaredFrequency(ky, first - 1) > from)
        {
            first--;
        }

        return first;
    }

    /// <summary>Sums of the cosines between the numbers of two spectra, as they are and the one turned by a ramp, and how many there are: none where one is 0.</summary>
    /// <param name="a">One spectrum.</param>
    /// <param name="b">The other.</param>
    /// <param name="ramp">What turns it.</param>
    /// <param name="first">First column of each row.</param>
    /// <param name="last">The last column of all.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (double Still, double Moved, long Count) Cosines(ComplexPlane a, ComplexPlane b, PhaseRamp ramp, ReadOnlySpan<int> first, int last)
    {
        (Vector512<double> still, Vector512<double> moved) = (Vector512<double>.Zero, Vector512<double>.Zero);
        long count = 0;
        Vector512<float> lanes = Vector512.Create(0f, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        for (int row = 0; row < first.Length; row++)
        {
            (float uRe, float uIm) = ramp.Row(row);
            (Vector512<float> ur, Vector512<float> ui) = (Vector512.Create(uRe), Vector512.Create(uIm));
            (Vector512<float> kept, Vector512<float> turned) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (int kx = first[row] / ComplexPlane.Lanes * ComplexPlane.Lanes; kx <= last; kx += ComplexPlane.Lanes)
            {
                int at = ComplexPlane.Offset(kx);
                float* p = a.Row(row) + at;
                float* q = b.Row(row) + at;
                (Vector512<float> ar, Vector512<float> ai) = (Vector512.Load(p), Vector512.Load(p + ComplexPlane.Lanes));
                (Vector512<float> br, Vector512<float> bi) = (Vector512.Load(q), Vector512.Load(q + ComplexPlane.Lanes));
                Vector512<float> re = (ar * br) + (ai * bi);
                Vector512<float> im = (ai * br) - (ar * bi);
                Vector512<float> size = Vector512.Sqrt((re * re) + (im * im));
                Vector512<float> here = Vector512.GreaterThanOrEqual(lanes, Vector512.Create((float)(first[row] - kx)))
                    & Vector512.LessThanOrEqual(lanes, Vector512.Create((float)(last - kx)))
                    & Vector512.GreaterThan(size, Vector512<float>.Zero);
                count += BitOperations.PopCount(here.ExtractMostSignificantBits());
                (Vector512<float> vr, Vector512<float> vi) = (Vector512.Load(ramp.Columns + at), Vector512.Load(ramp.Columns + at + ComplexPlane.Lanes));
                kept += Vector512.ConditionalSelect(here, re / size, Vector512<float>.Zero);
                turned += Vector512.ConditionalSelect(here, ((re * ((ur * vr) - (ui * vi))) - (im * ((ur * vi) + (ui * vr)))) / size, Vector512<float>.Zero);
            }

            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(kept);
            still += low + high;
            (low, high) = Vector512.Widen(turned);
            moved += low + high;
        }

        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(ramp);
        return (Vector512.Sum(still), Vector512.Sum(moved), count);
    }
}
