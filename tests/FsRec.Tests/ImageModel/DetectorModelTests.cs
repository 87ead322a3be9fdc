using System.Numerics;
using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Optics;

namespace FsRec.Tests.ImageModel;

/// <summary>The full image model of frames whose noise was made white: MTF/√NPS times the image.</summary>
public class DetectorModelTests
{
    private static readonly double[] Mtf = [1, 0.9, 0.75, 0.6, 0.5];
    private static readonly double[] Nps = [1, 0.95, 0.85, 0.75, 0.7];
    private static readonly double[] Noise = [1e-3, 2e-3, 1e-3];

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

    private static FocalSeries Seen { get; } = new(
        Sample.Series.Parameters with { Detector = new() { Mtf = CurveSource.Of(Mtf), Nps = CurveSource.Of(Nps) } },
        [.. Enumerable.Range(0, 3).Select(Sample.GetCounts)]);

    [Fact]
    public void An_image_is_that_without_a_detector_times_MTF_over_the_root_of_NPS()
    {
        // Without a margin the plane is periodic, and the blur can be done to the image.
        SimulationParameters parameters = Sample.Parameters with { Calibration = new Calibration(64, 80, 0.05, 0.05) };
        FocalSeries plain = SeriesSimulator.Simulate(parameters).Series;
        FocalSeries seen = plain.WithParameters(plain.Parameters with { Detector = new() { Mtf = CurveSource.Of([.. Mtf.Zip(Nps, static (m, n) => m / Math.Sqrt(n))]) } });
        Calibration c = plain.Calibration;
        var grid = new ModelGrid(c, 0, 5);
        using ComplexPlane wave = WaveSpectrum.FromWave(SeriesSimulator.Simulate(parameters).TrueWave, grid.Band);
        float[][] sharp = Images(plain, grid, wave);
        float[][] images = Images(seen, grid, wave);
        DetectorCurve curve = DetectorCurve.Even([.. Mtf.Zip(Nps, static (m, n) => m / Math.Sqrt(n))]);
        for (int n = 0; n < 3; n++)
        {
            var image = new Complex[c.Rows, c.Columns];
            for (int i = 0; i < sharp[n].Length; i++)
            {
                image[i / c.Columns, i % c.Columns] = sharp[n][i];
            }

            Complex[,] blurred = NaiveOptics.Inverse(NaiveOptics.Map(NaiveOptics.Forward(image), (r, k, v) => v * curve.At(NaiveOptics.Frequency(c, r, k) / c.Nyquist)));
            for (int i = 0; i < images[n].Length; i++)
            {
                Assert.Equal(blurred[i / c.Columns, i % c.Columns].Real, images[n][i], 1e-5);
            }
        }
    }

    [Fact]
    public void Rows_beyond_the_reach_of_the_detector_make_no_difference()
    {
        var small = new ModelGrid(Seen.Calibration, 16, 5);
        var large = new ModelGrid(Seen.Calibration, 40, 5);
        using ComplexPlane of = WaveSpectrum.FromWave(small.Extend(new ExitWave(Seen.Calibration, [.. Enumerable.Range(0, 2 * Seen.Calibration.PixelCount).Select(static i => i % 2 == 0 ? 1f : 0)])), small.Band);
        using ComplexPlane over = WaveSpectrum.FromWave(large.Extend(new ExitWave(Seen.Calibration, [.. Enumerable.Range(0, 2 * Seen.Calibration.PixelCount).Select(static i => i % 2 == 0 ? 1f : 0)])), large.Band);
        foreach (float[] image in Images(Seen, small, of).Concat(Images(Seen, large, over)))
        {
            Assert.All(image, static v => Assert.Equal(1, v, 5e-4));
        }
    }

    [Fact]
    public void The_gradient_agrees_with_finite_differences()
    {
        var grid = new ModelGrid(Seen.Calibration, 8, 5);
        using var model = new NonlinearModel(Seen, grid, Noise, 1);
        using ComplexPlane wave = WaveSpectrum.FromWave(grid.Extend(Sample.TrueWave), grid.Band);
        FrameState[] states = [new(0.4, -0.3, 1), new(-1, 0.2, -2), new(0.5, 0.1, 0.5)];
        model.WeightBy(wave, states, default);
        using var gradient = new ModelGradient(grid.Band, 3);
        using var spare = new ModelGradient(grid.Band, 3);
        model.Evaluate(wave, states, gradient, default);

        var random = new Random(5);
        using ComplexPlane step = grid.Band.CreateSpectrum();
        double expected = 0;
        for (int r = 0; r < step.Rows; r++)
        {
            for (int c = 0; c < step.Columns; c++)
            {
                if (grid.Band.Contains(r - grid.Band.RowReach, c - grid.Band.ColumnReach))
                {
                    step[r, c] = ((float)random.NextDouble() - 0.5f, (float)random.NextDouble() - 0.5f);
                    expected += (step[r, c].Re * (double)gradient.Wave[r, c].Re) + (step[r, c].Im * (double)gradient.Wave[r, c].Im);
                }
            }
        }

        double Along(double t)
        {
            using ComplexPlane moved = grid.Band.CreateSpectrum();
            moved.CopyFrom(wave);
            SpectrumKernels.AddScaled(step, (float)t, moved);
            return model.Evaluate(moved, states, spare, default);
        }

        Assert.Equal(expected, (Along(0.3) - Along(-0.3)) / 0.6, 2e-3 * Math.Abs(expected));
        double At(double d)
        {
            FrameState[] moved = [.. states];
            moved[1] = moved[1] with { Dx = moved[1].Dx + d, Dz = moved[1].Dz - (3 * d) };
            return model.Evaluate(wave, moved, spare, default);
        }

        double along = gradient.Frames[1].Dx - (3 * gradient.Frames[1].Dz);
        Assert.Equal(along, (At(0.01) - At(-0.01)) / 0.02, 5e-3 * Math.Abs(along));
    }

    private static float[][] Images(FocalSeries series, ModelGrid grid, ComplexPlane wave)
    {
        using var model = new NonlinearModel(series, grid, Noise, 1, crossTerms: 0);
        var images = new float[3][];
        model.Form(wave, [default, default, default], (n, image) => images[n] = [.. image.ToArray()], default);
        return images;
    }
}
