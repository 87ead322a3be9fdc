using System.Numerics;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Simulation;
using FsRec.Tests.Optics;

namespace FsRec.Tests.Simulation;

/// <summary>Simulated frames have the signal and the noise that their detector's curves say.</summary>
public class DetectorRecordingTests
{
    private static readonly SimulationParameters Periodic = SimulationParameters.Demo with
    {
        Calibration = new Calibration(80, 96, 0.05, 0.05),
        Drift = new DriftModel { Periodic = true },
        Foci = [-80, -60],
        Dose = 0,
        Limit = 5,
    };

    private static readonly double[] Mtf = [1, 0.9, 0.75, 0.6, 0.5];
    private static readonly double[] Nps = [1, 0.85, 0.6, 0.45, 0.4];

    [Fact]
    public void Without_noise_a_frame_is_the_image_times_MTF()
    {
        DetectorCurve curve = DetectorCurve.Even(Mtf);
        Calibration c = Periodic.Calibration;
        float[] sharp = SeriesSimulator.Simulate(Periodic).GetCounts(1);
        float[] seen = SeriesSimulator.Simulate(Periodic with { Detector = new() { Mtf = CurveSource.Of(Mtf) } }).GetCounts(1);
        var image = new Complex[c.Rows, c.Columns];
        for (int i = 0; i < sharp.Length; i++)
        {
            image[i / c.Columns, i % c.Columns] = sharp[i];
        }

        Complex[,] blurred = NaiveOptics.Inverse(NaiveOptics.Map(NaiveOptics.Forward(image), (r, k, v) => v * curve.At(NaiveOptics.Frequency(c, r, k) / c.Nyquist)));
        Assert.True(sharp.Zip(seen).Max(static pair => Math.Abs(pair.First - pair.Second)) > 0.01);
        for (int i = 0; i < seen.Length; i++)
        {
            Assert.Equal(blurred[i / c.Columns, i % c.Columns].Real, seen[i], 5e-6);
        }
    }

    // Two rings of more than 3000 frequencies in ten frames: four standard errors of their mean power.
    [Fact]
    public void The_noise_has_the_power_NPS_and_that_of_its_electrons_at_frequency_0()
    {
        SimulationParameters noisy = Periodic with
        {
            Foci = [.. Enumerable.Repeat(-60.0, 10)],
            Dose = 2000,
            Detector = new() { Mtf = CurveSource.Of(Mtf), Nps = CurveSource.Of(Nps) },
        };
        SimulatedSeries series = SeriesSimulator.Simulate(noisy);
        float[] still = SeriesSimulator.Simulate(noisy with { Dose = 0 }).GetCounts(0);
        DetectorCurve curve = DetectorCurve.Even(Nps);
        Calibration c = noisy.Calibration;
        var (power, expected, count) = (new double[4], new double[4], new int[4]);
        for (int n = 0; n < 10; n++)
        {
            float[] counts = series.GetCounts(n);
            var noise = new Complex[c.Rows, c.Columns];
            for (int i = 0; i < counts.Length; i++)
            {
                noise[i / c.Columns, i % c.Columns] = counts[i] - (noisy.CountsPerPixel * still[i]);
            }

            Complex[,] spectrum = NaiveOptics.Forward(noise);
            for (int r = 0; r < c.Rows; r++)
            {
                for (int k = 0; k < c.Columns; k++)
                {
                    double x = NaiveOptics.Frequency(c, r, k) / c.Nyquist;
                    int ring = (int)(4 * x);
                    if (ring < 4)
                    {
                        power[ring] += spectrum[r, k].Magnitude * spectrum[r, k].Magnitude / counts.Length / noisy.CountsPerPixel;
                        expected[ring] += curve.At(x);
                        count[ring]++;
                    }
                }
            }
        }

        double mean = still.Average(static v => (double)v);
        for (int ring = 0; ring < 4; ring++)
        {
            Assert.Equal(mean, power[ring] / expected[ring], 4 * mean / Math.Sqrt(count[ring] / 2.0));
        }
    }

    [Fact]
    public void The_reconstruction_is_told_of_the_detector_or_of_another()
    {
        var detector = new DetectorParameters { Mtf = CurveSource.Of(Mtf), Nps = CurveSource.Of(Nps) };
        SimulatedSeries series = SeriesSimulator.Simulate(Periodic with { Detector = detector });
        Assert.Equal(detector, series.Series.Parameters.Detector);
        Assert.NotNull(series.Series.Microscope.Detector);
        SimulatedSeries other = SeriesSimulator.Simulate(Periodic with { Detector = detector, NominalDetector = new() });
        Assert.Null(other.Series.Microscope.Detector);
        Assert.Equal(series.GetCounts(0), other.GetCounts(0));
    }
}
