using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Refinement;
using FsRec.Statistics;
using FsRec.Tests.Optics;
using FsRec.Tests.Statistics;
using MathNet.Numerics.LinearAlgebra;
using Complex = System.Numerics.Complex;

namespace FsRec.Tests.Refinement;

public sealed unsafe class LocalPhaseTests : IDisposable
{
    private const double Highest = 1;
    private readonly ModelGrid _grid = new(new Calibration(18, 16, 0.1, 0.12), 0, 3);
    private readonly WaveUnknowns _unknowns;
    private readonly LocalPhase _phases;
    private readonly ComplexPlane _wave;

    public LocalPhaseTests()
    {
        WaveBand band = _grid.Band;
        _unknowns = new WaveUnknowns(band);
        double[] noise = [0.02, 0.03, 0.01, 0.02];
        var prior = new PriorPowers(0.5, [0.02, 0.03, 0.02, 0.01, 0.01, 0.005, 0.004], [0.2, 0.2, 0.1, 0.08, 0.05, 0.02, 0.01], 0.4);
        double[] foci = [.. Enumerable.Range(0, 4).Select(static n => -90.0 + (15 * n))];
        _unknowns.SetMetric(SampleStatistics.Of(band, new Microscope { C3 = 1e5 }, foci, noise, prior), 0.1, 1);
        // A direct beam and one of a lattice: what a phase makes of them stays in the band.
        _wave = band.CreateSpectrum();
        _wave[band.RowReach, band.ColumnReach] = (band.Grid.Rows * band.Grid.Columns, 0);
        _wave[band.RowReach + 2, band.ColumnReach + 1] = (50, -80);
        _phases = new LocalPhase(_unknowns, _grid);
        _phases.Set(_wave, Highest);
    }

    /// <summary>What is added to a vector is iθψ: a real θ of low frequencies times the wave, each computed here in real space.</summary>
    [Fact]
    public void What_is_added_is_the_wave_times_a_slow_phase()
    {
        WaveBand band = _grid.Band;
        using AlignedBuffer vector = Vector(3);
        using var added = new AlignedBuffer(vector.Length);
        vector.Span.CopyTo(added.Span);
        _phases.Apply(added);
        for (int i = 0; i < _unknowns.Length; i++)
        {
            added.Pointer[i] -= vector.Pointer[i];
        }

        using ComplexPlane spectrum = band.CreateSpectrum();
        _unknowns.ToWave(added.Pointer, spectrum);
        spectrum[band.RowReach, band.ColumnReach] = (0, 0);
        Complex[,] change = InRealSpace(spectrum);
        Complex[,] wave = InRealSpace(_wave);
        double largest = change.Cast<Complex>().Max(static c => c.Magnitude);
        // Phases have no mean, the wave's own is held: what the lattice beam gives to it is left out.
        Complex left = Slope(change, wave);
        var phase = new double[band.Grid.Rows, band.Grid.Columns];
        for (int r = 0; r < band.Grid.Rows; r++)
        {
            for (int c = 0; c < band.Grid.Columns; c++)
            {
                Complex theta = (change[r, c] + left) / (Complex.ImaginaryOne * wave[r, c]);
                Assert.Equal(0, theta.Imaginary / largest, 1e-4);
                phase[r, c] = theta.Real;
            }
        }

        double all = 0;
        double slow = 0;
        for (int ky = -8; ky <= 8; ky++)
        {
            for (int kx = -7; kx <= 7; kx++)
            {
                Complex sum = 0;
                for (int r = 0; r < band.Grid.Rows; r++)
                {
                    for (int c = 0; c < band.Grid.Columns; c++)
                    {
                        sum += phase[r, c] * Complex.Exp(-2 * Math.PI * Complex.ImaginaryOne * (((double)ky * r / band.Grid.Rows) + ((double)kx * c / band.Grid.Columns)));
                    }
                }

                double power = sum.Magnitude * sum.Magnitude;
                all += power;
                slow += band.Grid.SquaredFrequency(ky, kx) <= Highest * Highest ? power : 0;
            }
        }

        Assert.True(all > 0);
        Assert.Equal(1, slow / all, 1e-4);
    }

    [Fact]
    public void The_preconditioner_is_symmetric_and_its_square_is_what_it_says()
    {
        using AlignedBuffer a = Vector(1);
        using AlignedBuffer b = Vector(2);
        using AlignedBuffer pa = Vector(1);
        using AlignedBuffer pb = Vector(2);
        _phases.Apply(pa);
        _phases.Apply(pb);

        Assert.Equal(1, Product(a, pb) / Product(b, pa), 1e-5);
        Assert.Equal(1, (Product(a, a) + _phases.Added(a)) / Product(a, pa), 1e-5);
        Assert.True(_phases.Added(a) > 0.05 * Product(a, a));
    }

    /// <summary>A bowl whose curvature is the inverse of 1 + GGᵀ, by a dense matrix: the first step with it is Newton's, without it there is a way to go.</summary>
    [Fact]
    public void A_bowl_as_soft_as_its_phases_is_crossed_in_one_step()
    {
        int count = _unknowns.Length;
        Matrix<double> product = Matrix<double>.Build.Dense(count, count);
        using (var unit = new AlignedBuffer(count + ComplexPlane.Lanes))
        {
            for (int i = 0; i < count; i++)
            {
                unit.Span.Clear();
                unit.Pointer[i] = 1;
                _phases.Apply(unit);
                product.SetColumn(i, [.. Enumerable.Range(0, count).Select(k => (double)unit.Span[k])]);
            }
        }

        Matrix<double> curvature = product.Inverse();

        double with = AfterOneStep(_phases);
        double without = AfterOneStep(null);

        // Of the way in single precision.
        Assert.InRange(with, 0, 1e-6);
        Assert.InRange(without, 1e-3, 1);

        // The value after one step as a share of that before.
        double AfterOneStep(LocalPhase? phases)
        {
            using var minimiser = new LimitedMemoryBfgs(count) { Phases = phases };
            using var x = new AlignedBuffer(minimiser.Room);
            double before = double.NaN;
            (double value, _) = minimiser.Minimise(
                x,
                (at, gradient) =>
                {
                    Vector<double> distance = Vector<double>.Build.Dense(count, i => at.Span[i] - Math.Sin(0.37 * i));
                    Vector<double> slope = curvature * distance;
                    for (int i = 0; i < count; i++)
                    {
                        gradient.Span[i] = (float)slope[i];
                    }

                    double reached = 0.5 * (distance * slope);
                    before = double.IsNaN(before) ? reached : before;
                    return reached;
                },
                iterations: 1,
                tolerance: 0,
                afterStep: static _ => true);
            return value / before;
        }
    }

    public void Dispose()
    {
        _phases.Dispose();
        _wave.Dispose();
    }

    private AlignedBuffer Vector(int seed)
    {
        var vector = new AlignedBuffer(_unknowns.Length);
        var random = new Random(seed);
        for (int i = 0; i < _unknowns.Length; i++)
        {
            vector.Pointer[i] = (float)(random.NextDouble() - 0.5);
        }

        return vector;
    }

    private double Product(AlignedBuffer a, AlignedBuffer b)
    {
        double sum = 0;
        for (int i = 0; i < _unknowns.Length; i++)
        {
            sum += (double)a.Span[i] * b.Span[i];
        }

        return sum;
    }

    private Complex[,] InRealSpace(ComplexPlane spectrum)
    {
        WaveBand band = _grid.Band;
        var wave = new Complex[band.Grid.Rows, band.Grid.Columns];
        for (int r = 0; r < band.Grid.Rows; r++)
        {
            for (int c = 0; c < band.Grid.Columns; c++)
            {
                for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
                {
                    for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
                    {
                        wave[r, c] += spectrum.Get(band, ky, kx)
                            * Complex.Exp(2 * Math.PI * Complex.ImaginaryOne * (((double)ky * r / band.Grid.Rows) + ((double)kx * c / band.Grid.Columns)));
                    }
                }
            }
        }

        return wave;
    }

    /// <summary>The constant with which a change over i and the wave is real everywhere, by least squares.</summary>
    private static Complex Slope(Complex[,] change, Complex[,] wave)
    {
        (double xx, double xy, double yy, double xz, double yz) = (0, 0, 0, 0, 0);
        for (int r = 0; r < change.GetLength(0); r++)
        {
            for (int c = 0; c < change.GetLength(1); c++)
            {
                // Im((change + x + iy) / iψ) = 0.
                Complex by = 1 / (Complex.ImaginaryOne * wave[r, c]);
                (double z, double x, double y) = ((change[r, c] * by).Imaginary, by.Imaginary, by.Real);
                (xx, xy, yy, xz, yz) = (xx + (x * x), xy + (x * y), yy + (y * y), xz + (x * z), yz + (y * z));
            }
        }

        double determinant = (xx * yy) - (xy * xy);
        return new Complex(-((yy * xz) - (xy * yz)) / determinant, -((xx * yz) - (xy * xz)) / determinant);
    }
}
