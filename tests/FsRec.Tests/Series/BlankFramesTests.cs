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
        DataException e = Assert.ThrowsAny<DataException>(() => BlankFrames.Spectrum(path, new Calibration(0, 0, 0, 0)));
        Assert.Contains("blank.mrc': found one image of 192×160 px, expected two blank frames", e.Message, StringComparison.Ordinal);
        ParameterFinding finding = Assert.Single(SeriesDetector.Check(SmallSeries.Parameters(new Calibration(24, 20, 0.05, 0.05), 4, -10) with { Detector = new() { Nps = CurveSource.Of(path) } }));
        Assert.Equal("NPS", finding.Key);
        Assert.Contains("one image", finding.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 1, 4096, 100, "images of 1×4096 px", "blank frames of 16×16 px or more")]
    [InlineData(4, 64, 1, 100, "images of 64×1 px", "blank frames of 16×16 px or more")]
    [InlineData(2, 16, 16, 100, "2 images of 16×16 px, too few for a spectrum", "more or larger blank frames")]
    [InlineData(4, 64, 64, 0, "images that do not differ by noise", "each a recording of its own")]
    public void Images_that_have_no_spectrum_are_refused_by_name(int count, int rows, int columns, double noise, string found, string expected)
    {
        string path = _folder.File("blank.npy");
        using (var writer = new BinaryWriter(File.Create(path)))
        {
            // The format's first version: magic, length of the header, the header filled up to 128 bytes.
            string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({count}, {rows}, {columns}), }}".PadRight(117) + "\n";
            writer.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0]);
            writer.Write((ushort)header.Length);
            writer.Write(System.Text.Encoding.ASCII.GetBytes(header));
            var random = new Random(1);
            for (int i = 0; i < count * rows * columns; i++)
            {
                writer.Write((float)(1000 + (noise * random.NextDouble())));
            }
        }

        ReconstructionParameters parameters = SmallSeries.Parameters(new Calibration(24, 20, 0.05, 0.05), 4, -10) with { Detector = new() { Nps = CurveSource.Of(path) } };
        string message = Assert.ThrowsAny<DataException>(() => new FocalSeries(parameters, [SmallSeries.Noise(480, 50, 5, 3)])).Message;
        Assert.StartsWith($"NPS '{path}': found {found}, expected ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Equal(found, Assert.Single(SeriesDetector.Check(parameters)).Found);
    }

    [Theory]
    [InlineData("MTF")]
    [InlineData("NPS")]
    public async Task What_is_no_file_to_read_is_told_from_one_that_is_missing(string key)
    {
        Directory.CreateDirectory(_folder.File("folder"));
        File.WriteAllText(_folder.File("empty.csv"), "");
        File.WriteAllBytes(_folder.File("bytes.csv"), [.. Enumerable.Range(0, 3000).Select(static i => (byte)((i * 7919) | 128))]);
        var expected = new Dictionary<string, string>
        {
            ["none.csv"] = "no such file",
            ["folder"] = "a folder",
            ["empty.csv"] = "an empty file, a pipe or a device",
            ["bytes.csv"] = "'",
        };
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(_folder.File("link.csv"), _folder.File("nowhere.csv"));
            expected["link.csv"] = "a ";
            using var make = System.Diagnostics.Process.Start("mkfifo", [_folder.File("pipe.csv"), _folder.File("pipe.npy")]);
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
            expected["pipe.csv"] = expected["pipe.npy"] = expected["empty.csv"];
        }

        foreach ((string name, string found) in expected)
        {
            DetectorParameters detector = key == "MTF" ? new() { Mtf = CurveSource.Of(_folder.File(name)) } : new() { Nps = CurveSource.Of(_folder.File(name)) };
            ReconstructionParameters parameters = SmallSeries.Parameters(new Calibration(24, 20, 0.05, 0.05), 4, -10) with { Detector = detector };
            // A pipe that is opened waits for ever.
            var check = Task.Run(() => SeriesDetector.Check(parameters).Single(), TestContext.Current.CancellationToken);
            ParameterFinding finding = await check.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
            Assert.Equal((key, _folder.File(name)), (finding.Key, finding.File));
            Assert.StartsWith(found, finding.Found, StringComparison.Ordinal);
            Assert.True(finding.Found.Length < 200, finding.Found);
            Assert.False(string.IsNullOrEmpty(finding.Expected));
        }
    }

    [Fact]
    public void Images_are_no_MTF()
    {
        ReconstructionParameters parameters = SmallSeries.Parameters(new Calibration(24, 20, 0.05, 0.05), 4, -10) with { Detector = new() { Mtf = CurveSource.Of(Write(2, 0)) } };

        Assert.Equal("a file of images", Assert.Single(SeriesDetector.Check(parameters)).Found);
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
