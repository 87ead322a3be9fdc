using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Formats;

namespace FsRec.Tests.Series;

/// <summary>The noise of a detector is measured from blank frames, whatever illuminates them.</summary>
public sealed class BlankFramesTests : IDisposable
{
    private static readonly double[] Nps = [1, 0.85, 0.6, 0.45, 0.4];

    private readonly TemporaryFolder _folder = new();

    // Eight frames are four differences; a ring of 1/8 of the Nyquist frequency has 1600 coefficients or more in each, 4·1.3 % at four standard
    // errors, and the value at frequency 0 is known to as much.
    [Fact]
    public void The_spectrum_is_that_of_the_detector()
    {
        string path = Write(8, 0.2);
        DetectorCurve measured = BlankFrames.Spectrum(path, new Calibration(0, 0, 0, 0));
        DetectorCurve expected = DetectorCurve.Even(Nps);
        Assert.InRange(measured.Reach, 1.2, 1.5);
        for (double x = 0.1; x < 1; x += 0.125)
        {
            double found = Enumerable.Range(-4, 9).Average(i => measured.At(x + (i / 64.0 / 4)));
            Assert.Equal(1, found / expected.At(x), 0.1);
        }

        // As the key has it, with the series' own calibration.
        float[] frame = SmallSeries.Noise(480, 50, 5, 3);
        var series = new FocalSeries(
            SmallSeries.Parameters(new Calibration(24, 20, 0.05, 0.05), 4, -10) with { Detector = new() { Nps = CurveSource.Of(path) } }, [frame]);
        Assert.Equal(1 / Math.Sqrt(expected.At(0.5)), series.Microscope.Detector!.Signal(25), 0.05);
        Assert.Contains(path, series.SourceFiles);
    }

    [Fact]
    public void One_frame_is_not_enough()
    {
        string path = Write(1, 0);
        DataException e = Assert.Throws<DataException>(() => BlankFrames.Spectrum(path, new Calibration(0, 0, 0, 0)));
        Assert.Contains("holds one image; expected two blank frames", e.Message, StringComparison.Ordinal);
        ParameterFinding finding = Assert.Single(SeriesDetector.Check(SmallSeries.Parameters(new Calibration(24, 20, 0.05, 0.05), 4, -10) with { Detector = new() { Nps = CurveSource.Of(path) } }));
        Assert.Equal("NPS", finding.Key);
        Assert.Contains("holds one image", finding.Found, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Blank frames of a detector under a light that falls off to one side.</summary>
    private string Write(int count, double slope)
    {
        SimulatedSeries blank = SeriesSimulator.Simulate(SimulationParameters.Demo with
        {
            CustomSpecimen = new SimulatedSpecimen { Atoms = [] },
            Calibration = new Calibration(192, 160, 0.05, 0.05),
            Foci = [.. Enumerable.Repeat(-50.0, count)],
            Drift = new DriftModel { Periodic = true },
            Dose = 2000,
            Limit = 5,
            Detector = new() { Nps = CurveSource.Of(Nps) },
        });
        string path = _folder.File("blank.mrc");
        var frames = new FocalSeries(blank.Series.Parameters with { Detector = new() }, [.. Enumerable.Range(0, count).Select(n => blank.GetCounts(n).Select((v, i) => v + (float)(slope * 500 * (i % 160) / 160)).ToArray())]);
        SeriesExport.Write(path, frames);
        return path;
    }
}
