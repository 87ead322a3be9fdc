using System.Numerics;
using FsCheck.Xunit;
using FsRec.Fourier;

namespace FsRec.Tests.Fourier;

/// <summary>What holds for transforms of any shape and content.</summary>
public sealed class TransformPropertyTests
{
    [Property(MaxTest = 40)]
    public void Inverse_undoes_forward(byte rows, byte columns, int seed)
    {
        using var run = new Run(rows, columns, seed);
        Complex[,] start = PlaneSamples.ToComplex(run.Plane);
        run.Transform.Forward(run.Plane, run.Scratch);
        run.Transform.Inverse(run.Plane, run.Scratch);
        AssertClose(run.Plane, start);
    }

    [Property(MaxTest = 40)]
    public void Energy_is_kept(byte rows, byte columns, int seed)
    {
        using var run = new Run(rows, columns, seed);
        double before = Energy(run.Plane);
        run.Transform.Forward(run.Plane, run.Scratch);
        double after = Energy(run.Plane) / ((double)run.Plane.Rows * run.Plane.Columns);
        Assert.Equal(1, after / before, 1e-6);
    }

    [Property(MaxTest = 40)]
    public void A_shift_is_a_phase_ramp(byte rows, byte columns, byte down, byte right, int seed)
    {
        using var run = new Run(rows, columns, seed);
        (int n, int m) = (run.Plane.Rows, run.Plane.Columns);
        using var shifted = new ComplexPlane(n, m);
        for (int r = 0; r < n; r++)
        {
            for (int c = 0; c < m; c++)
            {
                shifted[(r + down) % n, (c + right) % m] = run.Plane[r, c];
            }
        }

        run.Transform.Forward(run.Plane, run.Scratch);
        run.Transform.Forward(shifted, run.Scratch);
        Complex[,] expected = PlaneSamples.ToComplex(run.Plane);
        for (int r = 0; r < n; r++)
        {
            for (int c = 0; c < m; c++)
            {
                double turns = ((double)r * down % n / n) + ((double)c * right % m / m);
                expected[r, c] *= Complex.FromPolarCoordinates(1, -2 * Math.PI * turns);
            }
        }

        AssertClose(shifted, expected);
    }

    [Property(MaxTest = 40)]
    public void Sums_become_sums(byte rows, byte columns, sbyte factor, int seed)
    {
        using var run = new Run(rows, columns, seed);
        using ComplexPlane other = PlaneSamples.Random(run.Plane.Rows, run.Plane.Columns, seed + 1);
        using ComplexPlane sum = PlaneSamples.Copy(run.Plane);
        float a = factor / 64f;
        Each(sum, (r, c) =>
        {
            ((float re, float im), (float re2, float im2)) = (run.Plane[r, c], other[r, c]);
            sum[r, c] = (re + (a * re2), im + (a * im2));
        });
        run.Transform.Forward(run.Plane, run.Scratch);
        run.Transform.Forward(other, run.Scratch);
        run.Transform.Forward(sum, run.Scratch);
        Complex[,] expected = PlaneSamples.ToComplex(run.Plane);
        Complex[,] otherSpectrum = PlaneSamples.ToComplex(other);
        Each(sum, (r, c) => expected[r, c] += a * otherSpectrum[r, c]);
        AssertClose(sum, expected);
    }

    private static void AssertClose(ComplexPlane plane, Complex[,] expected)
    {
        double error = PlaneSamples.RelativeError(plane, expected);
        Assert.True(error <= 1e-6, $"{plane.Rows} × {plane.Columns}: {error:e2}");
    }

    private static double Energy(ComplexPlane plane)
    {
        double sum = 0;
        Each(plane, (r, c) =>
        {
            (float re, float im) = plane[r, c];
            sum += ((double)re * re) + ((double)im * im);
        });
        return sum;
    }

    private static void Each(ComplexPlane plane, Action<int, int> action)
    {
        for (int r = 0; r < plane.Rows; r++)
        {
            for (int c = 0; c < plane.Columns; c++)
            {
                action(r, c);
            }
        }
    }

    /// <summary>A random plane of up to 128 × 128 and what transforms it.</summary>
    private sealed class Run : IDisposable
    {
        public Run(byte rows, byte columns, int seed)
        {
            Plane = PlaneSamples.Random((rows / 2) + 1, (columns / 2) + 1, seed);
            Transform = new FourierTransform(Plane.Rows, Plane.Columns);
            Scratch = Transform.CreateScratch();
        }

        public ComplexPlane Plane { get; }

        public FourierTransform Transform { get; }

        public FourierScratch Scratch { get; }

        public void Dispose()
        {
            Plane.Dispose();
            Scratch.Dispose();
        }
    }
}
