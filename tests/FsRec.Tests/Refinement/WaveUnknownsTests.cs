using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Refinement;
using FsRec.Statistics;
using FsRec.Tests.Optics;
using FsRec.Tests.Statistics;

namespace FsRec.Tests.Refinement;

public sealed unsafe class WaveUnknownsTests : IDisposable
{
    private static readonly WaveBand Band = new(FrequencyGrid.Of(new Calibration(48, 40, 0.05, 0.06)), 3);
    private readonly WaveUnknowns _unknowns = new(Band);
    private readonly ComplexPlane _wave = BandSamples.Random(Band, 0.3, 4);

    public WaveUnknownsTests()
    {
        double[] noise = [0.02, 0.03, 0.01, 0.02, 0.05, 0.02];
        var prior = new PriorPowers(0.5, [0.02, 0.03, 0.02, 0.01, 0.01, 0.005, 0.004], [0.2, 0.2, 0.1, 0.08, 0.05, 0.02, 0.01], 0.4);
        double[] foci = [.. Enumerable.Range(0, 6).Select(static n => -90.0 + (15 * n))];
        _unknowns.SetMetric(SampleStatistics.Of(Band, new Microscope { C3 = 1e5 }, foci, noise, prior), 0.1, 1);
    }

    [Fact]
    public void A_wave_comes_back_from_its_unknowns()
    {
        using AlignedBuffer u = Unknowns();
        using ComplexPlane back = Band.CreateSpectrum();
        _unknowns.ToWave(u.Pointer, back);
        double pixels = (double)Band.Grid.Rows * Band.Grid.Columns;
        for (int ky = -Band.RowReach; ky <= Band.RowReach; ky++)
        {
            for (int kx = -Band.ColumnReach; kx <= Band.ColumnReach; kx++)
            {
                // Float32 through a product with the inverse and back.
                Assert.Equal(0, (_wave.Get(Band, ky, kx) - back.Get(Band, ky, kx)).Magnitude / pixels, 1e-6);
            }
        }
    }

    /// <summary>Pull is the adjoint of ToWave, with the prior's own gradient: the slope along a direction is that of the value.</summary>
    [Fact]
    public void The_gradient_is_the_slope_of_misfit_and_prior()
    {
        using ComplexPlane weights = BandSamples.Random(Band, 1, 9);
        using AlignedBuffer u = Unknowns();
        using var gradient = new AlignedBuffer(_unknowns.Length);
        using var direction = new AlignedBuffer(_unknowns.Length);
        var random = new Random(2);
        for (int i = 0; i < _unknowns.Length; i++)
        {
            direction.Pointer[i] = (float)(random.NextDouble() - 0.5);
        }

        _unknowns.Pull(u.Pointer, weights, gradient.Pointer);
        double slope = 0;
        for (int i = 0; i < _unknowns.Length; i++)
        {
            slope += (double)gradient.Pointer[i] * direction.Pointer[i];
        }

        // The value is linear and quadratic in u: central differences of any width are exact but for float32.
        double difference = (Value(u, direction, 20, weights) - Value(u, direction, -20, weights)) / 40;
        Assert.Equal(1, difference / slope, 1e-4);
    }

    public void Dispose() => _wave.Dispose();

    private AlignedBuffer Unknowns()
    {
        var u = new AlignedBuffer(_unknowns.Length);
        _unknowns.FromWave(_wave, u.Pointer);
        return u;
    }

    /// <summary>Re Σ conj(weights) ψ without ψ(0), which is held, and the prior.</summary>
    private double Value(AlignedBuffer u, AlignedBuffer direction, float step, ComplexPlane weights)
    {
        using var moved = new AlignedBuffer(_unknowns.Length);
        for (int i = 0; i < _unknowns.Length; i++)
        {
            moved.Pointer[i] = u.Pointer[i] + (step * direction.Pointer[i]);
        }

        using ComplexPlane wave = Band.CreateSpectrum();
        using var ignored = new AlignedBuffer(_unknowns.Length);
        _unknowns.ToWave(moved.Pointer, wave);
        double value = _unknowns.Pull(moved.Pointer, weights, ignored.Pointer);
        for (int ky = -Band.RowReach; ky <= Band.RowReach; ky++)
        {
            for (int kx = -Band.ColumnReach; kx <= Band.ColumnReach; kx++)
            {
                if ((ky, kx) != (0, 0))
                {
                    value += (System.Numerics.Complex.Conjugate(weights.Get(Band, ky, kx)) * wave.Get(Band, ky, kx)).Real;
                }
            }
        }

        return value;
    }
}
