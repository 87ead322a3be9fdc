using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Statistics;
using FsRec.Tests.Statistics;
using FsRec.Tests.Widths;

namespace FsRec.Tests.ImageModel;

public class NonlinearModelTests(ITestOutputHelper output)
{
    private static readonly SimulatedSeries Sample = SeriesSimulator.Simulate(SimulationParameters.Demo with
    {
        Calibration = new Calibration(60, 76, 0.05, 0.045),
        Microscope = new Microscope { Voltage = 200, C3 = 5e5, Semiconvergence = 0.2, FocusSpread = 5, ImageSpread = 30 },
        FirstFocus = -60,
        LastFocus = 20,
        FrameCount = 3,
        Drift = new DriftModel { LargestStep = 2, Periodic = true },
        Limit = 5,
        Dose = 0,
    });

    private static readonly double[] Noise = [1e-3, 2e-3, 1e-3];

    [Fact]
    [EveryWidth]
    public void Without_a_margin_the_model_is_the_simulators()
    {
        // Sides of 64 × 80 need no rounding up; the wave is cut to the band of the model for both.
        SimulationParameters parameters = Sample.Parameters with { Calibration = new Calibration(64, 80, 0.05, 0.05), Limit = 6.66 };
        SimulatedSeries simulated = SeriesSimulator.Simulate(parameters);
        var grid = new ModelGrid(parameters.Calibration, 0, 2.0 / 3 * parameters.Calibration.Nyquist);
        using var model = new NonlinearModel(simulated.Series, grid, Noise, 1, crossTerms: 0);
        using ComplexPlane wave = WaveSpectrum.FromWave(simulated.TrueWave, grid.Band);
        FrameState[] states = [.. simulated.TrueDisplacements.Select(static d => new FrameState(d.Dx, d.Dy, 0))];

        double worst = 0;
        model.Simulate(
            wave,
            states,
            (n, image) =>
            {
                float[] frame = simulated.Series.GetFrame(n);
                for (int i = 0; i < frame.Length; i++)
                {
                    worst = Math.Max(worst, Math.Abs(frame[i] - image[i]));
                }
            },
            default);

        Assert.InRange(worst, 0, 1e-3);
    }

    [Fact]
    [EveryWidth]
    public void Weights_come_with_the_sums_of_squares_under_them()
    {
        var grid = new ModelGrid(Sample.Series.Calibration, 8, 5);
        using var model = new NonlinearModel(Sample.Series, grid, Noise, 1, 2);
        using ComplexPlane wave = WaveSpectrum.FromWave(grid.Extend(Sample.TrueWave), grid.Band);
        FrameState[] states = [new(0.4, -0.3, 1), new(-1, 0.2, -2), new(0.5, 0.1, 0.5)];
        model.Simulate(wave, states, static (_, _) => { }, default);
        double[] before = [.. model.ChiSquares];

        model.WeightBy(wave, states, default);
        double[] found = [.. model.ChiSquares];

        model.Simulate(wave, states, static (_, _) => { }, default);
        Assert.Equal(model.ChiSquares, found);
        Assert.NotEqual(before, found);
    }

    // For a wave of uneven power in a frame of little noise the number that Limit asks for is not enough.
    [Fact]
    public void More_nodes_are_taken_where_the_noise_would_not_hide_the_rest()
    {
        var band = new WaveBand(FrequencyGrid.Of(Sample.Series.Calibration), 6);
        var microscope = new Microscope { Voltage = 200, C3 = 1.2e6, FocusSpread = 4 };
        double[] flat = [.. Enumerable.Repeat(1e-3, 64)];
        var prior = new PriorPowers(0.1, flat, flat, 0);

        (int noisy, double noisyError) = FocusNodes.Choose(SampleStatistics.Of(band, microscope, [0], [1e-2], prior));
        (int quiet, double quietError) = FocusNodes.Choose(SampleStatistics.Of(band, microscope, [0], [1e-8], prior));

        Assert.Equal(3, noisy);
        Assert.InRange(noisyError, 1e-6, 0.1);
        Assert.InRange(quiet, noisy + 1, 8);
        Assert.InRange(quietError, 1e-6, 0.1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(300, 1)]
    [InlineData(300, 2)]
    [InlineData(0, 1, true)]
    [EveryWidth]
    public void The_gradient_agrees_with_finite_differences(double coma, int crossTerms, bool background = false)
    {
        var grid = new ModelGrid(Sample.Series.Calibration, 8, 5);
        var series = new FocalSeries(
            Sample.Series.Parameters with { Microscope = Sample.Series.Microscope with { B2 = coma, B2Azimuth = 20, A1 = coma / 50, A2 = -coma } },
            [.. Enumerable.Range(0, 3).Select(n => Sample.GetCounts(n).Select(v => v + (background ? 0.3f : 0)).ToArray())]);
        using var model = new NonlinearModel(series, grid, Noise, 1, crossTerms) { FitsBackground = background };
        using ComplexPlane wave = WaveSpectrum.FromWave(grid.Extend(Sample.TrueWave), grid.Band);
        using ComplexPlane step = RandomStep(grid.Band);
        FrameState[] states = [new(0.4, -0.3, 1), new(-1, 0.2, -2), new(0.5, 0.1, 0.5)];
        if (background)
        {
            // Near the truth, where contrast is that of the model less the background's share.
            states = [.. Sample.TrueDisplacements.Zip(states, static (d, s) => new FrameState(d.Dx + (0.2 * s.Dx), d.Dy + (0.2 * s.Dy), s.Dz))];
        }

        model.WeightBy(wave, states, default);
        using var gradient = new ModelGradient(grid.Band, 3);
        model.Evaluate(wave, states, gradient, default);

        double expected = 0;
        for (int r = 0; r < step.Rows; r++)
        {
            for (int c = 0; c < step.Columns; c++)
            {
                expected += (step[r, c].Re * (double)gradient.Wave[r, c].Re) + (step[r, c].Im * (double)gradient.Wave[r, c].Im);
            }
        }

        using var spare = new ModelGradient(grid.Band, 3);
        double Along(double t)
        {
            using var moved = grid.Band.CreateSpectrum();
            moved.CopyFrom(wave);
            SpectrumKernels.AddScaled(step, (float)t, moved);
            return model.Evaluate(moved, states, spare, default);
        }

        double Of(int frame, Func<FrameState, FrameState> change)
        {
            FrameState[] changed = [.. states];
            changed[frame] = change(changed[frame]);
            return model.Evaluate(wave, changed, spare, default);
        }

        // 0.23 of the mean at the truth, and more for what the moves take of the contrast.
        Assert.All(model.Backgrounds, b => Assert.InRange(b, background ? 0.2 : 0, background ? 0.5 : 0));
        // Near the best wave the slope is small against the curvature, and the step has to be, too.
        (double t, double within) = background ? (0.02, 1e-2) : (0.05, 3e-3);
        Assert.Equal(1, (Along(t) - Along(-t)) / (2 * t) / expected, within);
        for (int n = 0; n < 3; n++)
        {
            Assert.Equal(1, (Of(n, s => s with { Dx = s.Dx + 0.01 }) - Of(n, s => s with { Dx = s.Dx - 0.01 })) / 0.02 / gradient.Frames[n].Dx, within);
            Assert.Equal(1, (Of(n, s => s with { Dy = s.Dy + 0.01 }) - Of(n, s => s with { Dy = s.Dy - 0.01 })) / 0.02 / gradient.Frames[n].Dy, within);
            Assert.Equal(1, (Of(n, s => s with { Dz = s.Dz + 0.05 }) - Of(n, s => s with { Dz = s.Dz - 0.05 })) / 0.1 / gradient.Frames[n].Dz, within);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [EveryWidth]
    public void The_gradient_by_the_aberrations_agrees_with_finite_differences(int crossTerms)
    {
        var grid = new ModelGrid(Sample.Series.Calibration, 8, 5);
        using var model = new NonlinearModel(Sample.Series, grid, Noise, 1, crossTerms, refineAberrations: true);
        using ComplexPlane wave = WaveSpectrum.FromWave(grid.Extend(Sample.TrueWave), grid.Band);
        FrameState[] states = [new(0.4, -0.3, 1), new(-1, 0.2, -2), new(0.5, 0.1, 0.5)];
        using var gradient = new ModelGradient(grid.Band, 3);
        // So large that the envelope changes by some per cent.
        double[] at = [2e4, 30, -20, 3000, 2000, -800, 500, 10];
        double[] steps = [5e3, 7, 7, 1500, 1500, 500, 500, 5];
        double Of(double[] values)
        {
            model.SetStep(new AberrationStep(values));
            return model.Evaluate(wave, states, gradient, default);
        }

        Of(at);
        double[] expected = model.StepGradient(wave);
        for (int i = 0; i < at.Length; i++)
        {
            double[] up = [.. at];
            double[] down = [.. at];
            up[i] += steps[i];
            down[i] -= steps[i];
            double slope = (Of(up) - Of(down)) / (2 * steps[i]);
            output.WriteLine(FormattableString.Invariant($"{i}: {expected[i]:0.00000e0} by adjoint, {slope:0.00000e0} by difference"));
            Assert.Equal(1, slope / expected[i], 0.01);
        }
    }

    // The illumination of a gold particle summed up tilt by tilt, against the envelope on the wave and against its cross terms. The bar is
    // the noise of 1000 electrons/Å²: 0.07 a pixel. The cross terms leave less than half of the envelope's error.
    [Fact]
    public void Cross_terms_bring_the_model_nearer_to_a_sum_over_tilts()
    {
        SimulationParameters parameters = new()
        {
            Specimen = SpecimenKind.GoldParticle,
            Calibration = new Calibration(160, 160, 0.045, 0.045),
            Microscope = new Microscope { Voltage = 200, C3 = 1.2e6, Semiconvergence = 0.1, FocusSpread = 4, ImageSpread = 20, A1 = 8, A1Azimuth = 30, B2 = 60, A2 = 80 },
            Foci = [-120, -60],
            Drift = new DriftModel { Periodic = true },
            Dose = 0,
            SpatialCoherence = SpatialCoherence.Tilts,
        };
        SimulatedSeries simulated = SeriesSimulator.Simulate(parameters);
        var grid = new ModelGrid(parameters.Calibration, 0, 2.0 / 3 * parameters.Calibration.Nyquist);

        double envelope = Error(crossTerms: 0);
        double cross = Error(crossTerms: 1);
        double second = Error(crossTerms: 2);

        output.WriteLine(FormattableString.Invariant($"RMS difference of an image: envelope {envelope:0.00000}, with cross terms {cross:0.00000}, to second order {second:0.00000}"));
        Assert.InRange(cross, 0, 0.5 * envelope);
        Assert.InRange(cross, 0, 0.07 / 5);

        double Error(int crossTerms)
        {
            using var model = new NonlinearModel(simulated.Series, grid, [5e-3, 5e-3], 1, crossTerms);
            using ComplexPlane wave = WaveSpectrum.FromWave(simulated.TrueWave, grid.Band);
            new AzimuthalAberrations(parameters.Microscope).Apply(wave, grid.Band);
            double sum = 0;
            model.Simulate(
                wave,
                new FrameState[2],
                (n, image) =>
                {
                    ReadOnlySpan<float> frame = simulated.Series.GetFrame(n);
                    for (int i = 0; i < frame.Length; i++)
                    {
                        sum += (frame[i] - image[i]) * (double)(frame[i] - image[i]);
                    }
                },
                default);
            return Math.Sqrt(sum / (2 * parameters.Calibration.PixelCount));
        }
    }

    [Fact]
    [EveryWidth]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var grid = new ModelGrid(Sample.Series.Calibration, 8, 5);
        using ComplexPlane wave = WaveSpectrum.FromWave(grid.Extend(Sample.TrueWave), grid.Band);
        (double Value, FrameState[] Frames, float[] Wave) Run(int threads)
        {
            using var model = new NonlinearModel(Sample.Series, grid, Noise, threads);
            using var gradient = new ModelGradient(grid.Band, 3);
            double value = model.Evaluate(wave, new FrameState[3], gradient, default);
            float[] values = [.. Enumerable.Range(0, grid.Band.Rows).SelectMany(r =>
                Enumerable.Range(0, grid.Band.Columns).Select(c => gradient.Wave[r, c].Re))];
            return (value, gradient.Frames, values);
        }

        var one = Run(1);
        var three = Run(3);
        Assert.Equal(one.Value, three.Value);
        Assert.Equal(one.Frames, three.Frames);
        Assert.Equal(one.Wave, three.Wave);
    }

    private static ComplexPlane RandomStep(WaveBand band)
    {
        var random = new Random(5);
        ComplexPlane step = band.CreateSpectrum();
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                if (band.Contains(ky, kx))
                {
                    step[ky + band.RowReach, kx + band.ColumnReach] = ((float)(20 * (random.NextDouble() - 0.5)), (float)(20 * (random.NextDouble() - 0.5)));
                }
            }
        }

        return step;
    }
}
