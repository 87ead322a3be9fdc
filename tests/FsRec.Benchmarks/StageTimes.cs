using System.Diagnostics;
using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Benchmarks;

/// <summary>
/// Where the time of a frame and iteration goes: the stages of the linear loop on one thread, for frames of 512² with a reference area
/// of 128², as in the example series. Shortest of several rounds.
/// </summary>
internal static class StageTimes
{
    private const int Repetitions = 40;
    private const int Rounds = 15;

    /// <summary>Prints the table.</summary>
    public static void Print()
    {
        var calibration = new Calibration(512, 512, 0.04198, 0.04198);
        var area = new ReferenceArea(192, 192, 128, 128);
        var transform = new RealTransform(512, 512);
        var areas = new AlignmentAreas(transform, calibration, area, new FrequencyBand(1, 4));
        var band = new WaveBand(FrequencyGrid.Of(calibration), 5.5);
        var simulator = new ImageSimulator(band);
        var correlator = new AreaCorrelator(128, 128);
        using AreaWorkspace areaWorkspace = areas.CreateWorkspace();
        using ImageWorkspace imageWorkspace = simulator.CreateWorkspace();
        using CorrelationWorkspace correlation = correlator.CreateWorkspace(3);
        var random = new Random(1);
        float[] frame = [.. Enumerable.Range(0, 512 * 512).Select(_ => 1 + (0.1f * (float)random.NextDouble()))];
        using ComplexPlane spectrum = transform.CreateHalfPlane();
        using RealTransformScratch scratch = transform.CreateScratch();
        using ComplexPlane wave = band.CreateSpectrum();
        wave[band.RowReach, band.ColumnReach] = (512 * 512, 0);
        wave[band.RowReach + 20, band.ColumnReach + 7] = (5000, 700);
        var function = new TransferFunction(new Microscope { Voltage = 300, C3 = 2.7e6, FocusSpread = 6 }, -200);
        using ComplexPlane transfer = FrameOptics.ImageTransfer(band, function, envelopes: true);
        ImageRegion region = ImageRegion.Around(area, calibration, new SoftBandPass(new FrequencyBand(1, 4)).ReachInImage);
        var regionPixels = new float[region.Rows * region.Columns];
        var simulated = new float[area.PixelCount];
        var measured = new float[area.PixelCount];

        Console.WriteLine($"region {region.Rows}x{region.Columns}; milliseconds a call");
        var reference = new FourierTransform(512, 512);
        using FourierScratch referenceScratch = reference.CreateScratch();
        using ComplexPlane plane = new(512, 512);
        Time("c2c 512² (reference)", () => reference.Forward(plane, referenceScratch));
        Time("frame forward (once)", () => transform.Forward(frame, spectrum, scratch));
        Time("transfer table (once)", () => FrameOptics.ImageTransfer(band, function, envelopes: true).Dispose());
        Time("simulate region", () => simulator.Intensity(wave, transfer, region, regionPixels, imageWorkspace));
        Time("simulate and filter", () => areas.Simulated(simulator, wave, transfer, simulated, areaWorkspace, imageWorkspace));
        Time("measured area", () => areas.Measured(spectrum, 1.3, -0.7, measured, areaWorkspace));
        using FrameRegion kept = areas.CreateRegion()!;
        areas.Measured(spectrum, kept, 1.3, -0.7, measured, areaWorkspace);
        Time("the same, kept", () => areas.Measured(spectrum, kept, 1.4, -0.9, measured, areaWorkspace));
        Time("residual", () => AreaStatistics.MeanSquaredDifference(simulated, measured));
        Time("normalise two", () =>
        {
            AreaStatistics.Normalise(simulated);
            AreaStatistics.Normalise(measured);
        });
        Time("correlate", () => correlator.Correlate(measured, simulated, correlation));
        Time("peak", () => correlator.PeakNearCentre(0.1, correlation));
    }

    private static void Time(string stage, Action action)
    {
        for (int i = 0; i < 200; i++)
        {
            action();
        }

        double best = double.PositiveInfinity;
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Repetitions; i++)
            {
                action();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds / Repetitions);
        }

        Console.WriteLine(FormattableString.Invariant($"{stage,-24} {best:0.000}"));
    }
}
