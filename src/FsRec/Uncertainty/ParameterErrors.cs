using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace FsRec.Uncertainty;

/// <summary>
/// Standard errors of displacements and foci from the curvature of the misfit, the wave that is estimated with them taken into account. In
/// the linear theory frame n is y_n = H_n w exp(−2πi g·d_n) + noise; with J_n the derivative by its parameter the information is
/// F_mn = 2 Re Σ [δ_mn |J_n|²/σ_n² − J_m* (H_m M⁻¹ H_nᵀ) J_n / (σ_m²σ_n²)] over half the band, M = Σ HᵀH/σ² + prior: the second term is what
/// a wave that moves along takes away. Where the frames differ from the model by more than their noise, by a factor q in power, the
/// parameters scatter more, with the covariance F⁻¹GF⁻¹, G the same sum with each term times q. What no series tells is held.
/// </summary>
internal static class ParameterErrors
{
    // Bins of g² fine enough for the oscillations of the farthest focus.
    private const int Bins = 4096;

    /// <summary>Computes the errors.</summary>
    /// <param name="statistics">The statistics of the series, the band that of the wave on the frames' grid.</param>
    /// <param name="wave">The wave's spectrum, ψ(0) the number of pixels.</param>
    /// <param name="excess">q of each ring of the prior.</param>
    /// <param name="outliers">Frames that do not belong: mean, tilt and slope that no series tells are those of the others. Their own errors say nothing.</param>
    /// <param name="cancellationToken">Stops between two bins.</param>
    /// <returns>Errors of dx and dy in px, of foci in nm, and of the foci's slope as a share of it.</returns>
    public static (double[] Column, double[] Row, double[] Focus, double Slope) Of(
        SeriesStatistics statistics, ComplexPlane wave, double[] excess, IReadOnlyList<bool> outliers, CancellationToken cancellationToken)
    {
        int frames = statistics.Frames;
        (IReadOnlyList<double> noise, IReadOnlyList<double> foci, double wavelength) = (statistics.Noise, statistics.Foci, statistics.Microscope.Wavelength);
        Moments[] bins = Collect(statistics, wave, cancellationToken);
        Matrix<double> moves = Matrix<double>.Build.Dense(2 * frames, 2 * frames);
        Matrix<double> movesScatter = Matrix<double>.Build.Dense(2 * frames, 2 * frames);
        Matrix<double> focus = Matrix<double>.Build.Dense(frames, frames);
        Matrix<double> focusScatter = Matrix<double>.Build.Dense(frames, frames);
        var h = new (double A, double P)[frames];
        for (int b = 0; b < Bins; b++)
        {
            Moments bin = bins[b];
            if (bin.Count == 0)
            {
                continue;
            }

            cancellationToken.ThrowIfCancellationRequested();
            double g2 = bin.G2 / bin.Count;
            LinearTheory inverse = statistics.Known(g2).Inverse();
            double q = excess[statistics.Prior.Ring(Math.Sqrt(g2))];
            double focusUnit = Math.PI * wavelength * g2;
            for (int n = 0; n < frames; n++)
            {
                h[n] = statistics.Row(n, g2);
            }

            for (int m = 0; m < frames; m++)
            {
                for (int n = m; n < frames && !outliers[m]; n++)
                {
                    if (outliers[n])
                    {
                        continue;
                    }

                    double shared = ((h[m].A * ((inverse.Aa * h[n].A) + (inverse.Ap * h[n].P))) + (h[m].P * ((inverse.Ap * h[n].A) + (inverse.Pp * h[n].P))))
                        / (noise[m] * noise[n]);
                    double weight = 2 * ((m == n ? 1 / noise[n] : 0) - shared);
                    double xx = weight * bin.Xx.Between(h[m], h[n]);
                    double xy = weight * bin.Xy.Between(h[m], h[n]);
                    double yy = weight * bin.Yy.Between(h[m], h[n]);
                    double zz = weight * focusUnit * focusUnit * bin.Power.Between((-h[m].P, h[m].A), (-h[n].P, h[n].A));
                    AddMoves(moves, m, n, frames, xx, xy, yy);
                    AddMoves(movesScatter, m, n, frames, q * xx, q * xy, q * yy);
                    Add(focus, m, n, zz);
                    Add(focusScatter, m, n, q * zz);
                }
            }
        }

        double[] ones = [.. outliers.Select(static o => o ? 0.0 : 1)];
        double mean = foci.Where((_, n) => !outliers[n]).DefaultIfEmpty(double.NaN).Average();
        double[] ramp = [.. foci.Select((z, n) => outliers[n] ? 0 : z - mean)];
        Matrix<double> inverseMoves = Inverse(moves, [[.. ones, .. new double[frames]], [.. new double[frames], .. ones]]);
        Matrix<double> inverseFocus = Inverse(focus, [ones]);
        Matrix<double> covariance = inverseMoves * movesScatter * inverseMoves;
        Matrix<double> focusCovariance = inverseFocus * focusScatter * inverseFocus;
        Matrix<double> projection = Without([ones, ramp]);
        double squares = ramp.Sum(static z => z * z);
        Vector<double> slope = Vector<double>.Build.Dense(ramp) / Math.Max(squares, double.Epsilon);
        return (
            Diagonal(projection * covariance.SubMatrix(0, frames, 0, frames) * projection),
            Diagonal(projection * covariance.SubMatrix(frames, frames, frames, frames) * projection),
            Diagonal(projection * focusCovariance * projection),
            squares > 0 ? Math.Sqrt(Math.Max(0, slope * (focusCovariance * slope))) : double.NaN);
    }

    private static void AddMoves(Matrix<double> matrix, int m, int n, int frames, double xx, double xy, double yy)
    {
        Add(matrix, m, n, xx);
        Add(matrix, m + frames, n + frames, yy);
        Add(matrix, m, n + frames, xy);
        if (m != n)
        {
            Add(matrix, n, m + frames, xy);
        }
    }

    private static void Add(Matrix<double> matrix, int row, int column, double value)
    {
        matrix[row, column] += value;
        if (row != column)
        {
            matrix[column, row] += value;
        }
    }

    /// <summary>The covariance with some directions held: they are made stiff.</summary>
    private static Matrix<double> Inverse(Matrix<double> information, double[][] held)
    {
        double stiff = 0;
        for (int i = 0; i < information.RowCount; i++)
        {
            stiff = Math.Max(stiff, information[i, i]);
        }

        foreach (double[] direction in held)
        {
            Vector<double> u = Vector<double>.Build.Dense(direction).Normalize(2);
            information += 1e3 * stiff * u.OuterProduct(u);
        }

        // A frame that says nothing is as uncertain as can be, but the others must not suffer.
        return (information + Matrix<double>.Build.DenseIdentity(information.RowCount).Multiply(1e-9 * stiff)).Inverse();
    }

    /// <summary>The projection that takes some directions out.</summary>
    private static Matrix<double> Without(double[][] directions)
    {
        int count = directions[0].Length;
        Matrix<double> projection = Matrix<double>.Build.DenseIdentity(count);
        foreach (double[] direction in directions)
        {
            Vector<double> u = projection * Vector<double>.Build.Dense(direction);
            if (u.L2Norm() > 1e-9)
            {
                u = u.Normalize(2);
                projection -= u.OuterProduct(u);
            }
        }

        return projection;
    }

    private static double[] Diagonal(Matrix<double> covariance) => [.. covariance.Diagonal().Select(static v => Math.Sqrt(Math.Max(0, v)))];

    /// <summary>Expected second moments of amplitude and phase, what is known of them and what is not, in bins of g².</summary>
    private static Moments[] Collect(SeriesStatistics statistics, ComplexPlane wave, CancellationToken cancellationToken)
    {
        WaveBand band = statistics.Band;
        var bins = new Moments[Bins];
        double pixels = (double)band.Grid.Rows * band.Grid.Columns;
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int kx = ky > 0 ? 0 : 1; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                LinearTheory variance = statistics.Known(g2).Inverse();
                (float re, float im) = wave[band.RowReach + ky, band.ColumnReach + kx];
                (float mre, float mim) = wave[band.RowReach - ky, band.ColumnReach - kx];
                // a = (ψ(g) + ψ*(−g)) / 2, p = (ψ(g) − ψ*(−g)) / 2i.
                (double ar, double ai) = (0.5 * (re + mre), 0.5 * (im - mim));
                (double pr, double pi) = (0.5 * (im + mim), -0.5 * (re - mre));
                LinearTheory power = new(
                    (((ar * ar) + (ai * ai)) / pixels) + variance.Aa,
                    (((ar * pr) + (ai * pi)) / pixels) + variance.Ap,
                    (((pr * pr) + (pi * pi)) / pixels) + variance.Pp);
                double x = 2 * Math.PI * kx / band.Grid.Columns;
                double y = 2 * Math.PI * ky / band.Grid.Rows;
                ref Moments bin = ref bins[Math.Min(Bins - 1, (int)(Bins * g2 / (band.Limit * band.Limit)))];
                bin.Count++;
                bin.G2 += g2;
                bin.Power.Add(power, 1);
                bin.Xx.Add(power, x * x);
                bin.Xy.Add(power, x * y);
                bin.Yy.Add(power, y * y);
            }
        }

        return bins;
    }

    private struct Moments
    {
        public int Count;
        public double G2;
        public Moment Power;
        public Moment Xx;
        public Moment Xy;
        public Moment Yy;
    }

    /// <summary>A weighted sum of |a|², Re a*p and |p|².</summary>
    private struct Moment
    {
        private double _aa;
        private double _ap;
        private double _pp;

        public void Add(LinearTheory power, double weight)
        {
            _aa += weight * power.Aa;
            _ap += weight * power.Ap;
            _pp += weight * power.Pp;
        }

        /// <summary>Re (h·w)* (k·w).</summary>
        public readonly double Between((double A, double P) h, (double A, double P) k) =>
            (h.A * k.A * _aa) + (((h.A * k.P) + (h.P * k.A)) * _ap) + (h.P * k.P * _pp);
    }
}
