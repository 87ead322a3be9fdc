using System.Numerics;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Statistics;
using FsRec.Tests.Formats;
using FsRec.Tests.Optics;

namespace FsRec.Tests.Series;

/// <summary>A series finds its detector in one place, and its frames are freed of the colour of their noise.</summary>
public sealed class DetectorSeriesTests : IDisposable
{
    private static readonly double[] NpsValues = [1, 0.8, 0.5, 0.35, 0.3];
    private static readonly DetectorCurve Nps = DetectorCurve.Even(NpsValues);

    private readonly TemporaryFolder _folder = new();

    // Odd and even sides, and pixels that are not square.
    [Theory]
    [InlineData(24, 20, 0.05, 0.05)]
    [InlineData(21, 34, 0.05, 0.04)]
    [InlineData(17, 23, 0.03, 0.05)]
    public void Frames_are_divided_by_the_root_of_NPS_as_in_a_mirror(int rows, int columns, double rowSampling, double columnSampling)
    {
        var calibration = new Calibration(rows, columns, rowSampling, columnSampling);
        float[] frame = SmallSeries.Noise(calibration.PixelCount, 50, 5, 3);
        FocalSeries series = Series(calibration, new() { Nps = CurveSource.Of(NpsValues) }, frame);

        // The frame mirrored at its edges, transformed and divided in double precision.
        Calibration doubled = calibration with { Rows = 2 * rows, Columns = 2 * columns };
        var mirrored = new Complex[2 * rows, 2 * columns];
        double mean = frame.Average(static v => (double)v);
        for (int r = 0; r < 2 * rows; r++)
        {
            for (int c = 0; c < 2 * columns; c++)
            {
                mirrored[r, c] = frame[(Math.Min(r, (2 * rows) - 1 - r) * columns) + Math.Min(c, (2 * columns) - 1 - c)] / mean;
            }
        }

        Complex[,] white = NaiveOptics.Inverse(NaiveOptics.Map(NaiveOptics.Forward(mirrored), (r, c, value) =>
            value / Math.Sqrt(Nps.At(NaiveOptics.Frequency(doubled, r, c) / calibration.Nyquist))));
        ReadOnlySpan<float> made = series.Frame(0);
        for (int i = 0; i < made.Length; i++)
        {
            Assert.Equal(white[i / columns, i % columns].Real, made[i], 3e-6);
        }

        // And back again, for whoever asks for the frame.
        Assert.All(frame.Zip(series.GetFrame(0)), pair => Assert.Equal(pair.First / mean, pair.Second, 3e-6));
        var recorded = new float[frame.Length];
        series.ReadRecorded(0, recorded);
        Assert.All(frame.Zip(recorded), static pair => Assert.Equal(pair.First, pair.Second, 2e-4));
        Assert.Equal(1, series.GetFrame(0).Average(static v => (double)v), 1e-6);
    }

    // Noise of the power NPS becomes white: equal power in four rings, each of some 2000 frequencies, to four standard errors.
    [Fact]
    public void Coloured_noise_becomes_white()
    {
        var calibration = new Calibration(150, 130, 0.05, 0.05);
        var noise = new Complex[150, 130];
        float[] random = SmallSeries.Noise(calibration.PixelCount, 0, 0.1, 4);
        for (int i = 0; i < random.Length; i++)
        {
            noise[i / 130, i % 130] = random[i];
        }

        Complex[,] coloured = NaiveOptics.Inverse(NaiveOptics.Map(NaiveOptics.Forward(noise), (r, c, value) =>
            value * Math.Sqrt(Nps.At(NaiveOptics.Frequency(calibration, r, c) / calibration.Nyquist))));
        float[] frame = [.. Enumerable.Range(0, random.Length).Select(i => 1 + (float)coloured[i / 130, i % 130].Real)];
        FocalSeries series = Series(calibration, new() { Nps = CurveSource.Of(NpsValues) }, frame);

        var pixels = new Complex[150, 130];
        for (int i = 0; i < frame.Length; i++)
        {
            pixels[i / 130, i % 130] = series.Frame(0)[i];
        }

        Complex[,] spectrum = NaiveOptics.Forward(pixels);
        for (int ring = 1; ring < 5; ring++)
        {
            var powers = new List<double>();
            for (int r = 0; r < 150; r++)
            {
                for (int c = 0; c < 130; c++)
                {
                    double x = NaiveOptics.Frequency(calibration, r, c) / calibration.Nyquist;
                    if (x > 0.2 * ring && x <= 0.2 * (ring + 1))
                    {
                        powers.Add(spectrum[r, c].Magnitude * spectrum[r, c].Magnitude / frame.Length);
                    }
                }
            }

            // Half of the frequencies are the others' conjugates.
            Assert.Equal(0.01, powers.Average(), 0.01 * 4 / Math.Sqrt(powers.Count / 2));
        }

        Assert.Equal(0.01, NoiseLevel.Of(series, 1, null, CancellationToken.None)[0], 0.0015);
    }

    [Fact]
    public void The_detector_goes_where_the_series_goes()
    {
        string mtf = _folder.File("mtf.csv");
        File.WriteAllText(mtf, "0,1\n0.5,0.9\n1,0.7\n");
        var calibration = new Calibration(24, 20, 0.05, 0.05);
        float[] frame = SmallSeries.Noise(480, 50, 5, 3);
        var detector = new DetectorParameters { Mtf = CurveSource.Of(mtf), Nps = CurveSource.Of(NpsValues) };
        FocalSeries series = Series(calibration, detector, frame, frame, frame);
        Detector found = series.Microscope.Detector!;
        Assert.Equal(0.9 / Math.Sqrt(0.5), found.Signal(25), 6);
        Assert.Null(series.Parameters.Microscope.Detector);
        Assert.Equal(found, series.WithFoci([-1, -2, -3]).Microscope.Detector);
        Assert.Equal(found, series.WithMicroscope(series.Microscope with { C3 = 5 }).Microscope.Detector);
        Assert.Equal(found, series.Select([0, 2]).Microscope.Detector);
        Assert.Equal(series.Frame(1).ToArray(), series.Select([1, 2]).Frame(0).ToArray(), new Near(1e-6f));
        Assert.Equal(series.GetFrame(1), series.Select([1, 2]).GetFrame(0), new Near(5e-6f));
        Assert.Equal(mtf, Assert.Single(series.SourceFiles));
        Assert.NotNull(SourceGuard.Conflict(series, [mtf]));

        // Twice as coarse: the curves are those of a share of the Nyquist frequency.
        FocalSeries coarse = series.WithParameters(series.Parameters with { Image = series.Parameters.Image with { Calibration = new Calibration(24, 20, 0.1, 0.1) }, Linear = series.Parameters.Linear with { Limit = 2 } });
        Assert.Equal(0.9 / Math.Sqrt(0.5), coarse.Microscope.Detector!.Signal(6.25), 6);

        FocalSeries other = series.WithParameters(series.Parameters with { Detector = detector with { Mtf = CurveSource.Of([1, 0.6]) } });
        Assert.Equal(0.8 / Math.Sqrt(0.5), other.Microscope.Detector!.Signal(25), 6);
        Assert.Equal(1 / Math.Sqrt(0.5), series.WithParameters(series.Parameters with { Detector = detector with { Mtf = null } }).Microscope.Detector!.Signal(25), 6);
    }

    [Fact]
    public void Frames_that_are_there_keep_their_noise_spectrum()
    {
        FocalSeries series = Series(new Calibration(24, 20, 0.05, 0.05), new() { Nps = CurveSource.Of(NpsValues) }, SmallSeries.Noise(480, 50, 5, 3));
        foreach (DetectorParameters detector in (DetectorParameters[])[new(), new() { Nps = CurveSource.Of([1, 0.5]) }])
        {
            Assert.Contains("NPS", Assert.Throws<FsRecException>(() => series.WithParameters(series.Parameters with { Detector = detector })).Message, StringComparison.Ordinal);
        }

        Assert.Contains("Sampling", Assert.Throws<FsRecException>(() => series.WithParameters(series.Parameters with
        {
            Image = series.Parameters.Image with { Calibration = new Calibration(24, 20, 0.05, 0.06) },
        })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clipped_frame_is_still_known()
    {
        var calibration = new Calibration(40, 40, 0.05, 0.05);
        float[] frame = SmallSeries.Noise(1600, 50, 5, 3);
        float[] clipped = [.. frame.Select(static v => Math.Min(v, 55f))];
        FocalSeries series = Series(calibration, new() { Nps = CurveSource.Of(NpsValues) }, frame, clipped);
        Assert.Equal([false, true], Saturation.Of(series, 1, CancellationToken.None));
        Assert.Equal([true, false], Saturation.Of(series.Select([1, 0]), 1, CancellationToken.None));
    }

    // Divided by next to nothing, the least of a frame would be all of it.
    [Fact]
    public void Noise_that_is_nothing_at_some_frequency_is_refused_by_its_name()
    {
        float[] frame = SmallSeries.Noise(480, 50, 5, 3);
        string message = Assert.ThrowsAny<DataException>(
            () => Series(new Calibration(24, 20, 0.05, 0.05), new() { Nps = CurveSource.Of([1, 0.5, 1e-80]) }, frame)).Message;
        Assert.Contains("NPS", message, StringComparison.Ordinal);
        Assert.Contains("1E-80 of the largest", message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void From_files_frames_are_made_white_and_given_back_as_they_lie_there()
    {
        var calibration = new Calibration(24, 20, 0.05, 0.05);
        float[][] frames = [SmallSeries.Noise(480, 50, 5, 3), SmallSeries.Noise(480, 60, 5, 5)];
        ReconstructionParameters parameters = SmallSeries.Parameters(calibration, 4, -10, 0).WriteTo(_folder, frames) with
        {
            Detector = new() { Nps = CurveSource.Of(NpsValues) },
        };
        FocalSeries memory = Series(calibration, parameters.Detector, frames);
        FocalSeries files = SeriesReader.Open(parameters);
        Assert.Equal(memory.Frame(1).ToArray(), files.Frame(1).ToArray());
        var recorded = new float[480];
        files.ReadRecorded(1, recorded);
        Assert.Equal(frames[1], recorded);
        File.WriteAllText(_folder.File("nps.csv"), "0,1\n1,-2");
        Assert.Contains("line 2", Assert.ThrowsAny<DataException>(() => SeriesReader.Open(parameters with { Detector = new() { Nps = CurveSource.Of(_folder.File("nps.csv")) } })).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static FocalSeries Series(Calibration calibration, DetectorParameters detector, params float[][] frames) =>
        new(SmallSeries.Parameters(calibration, 4, [.. frames.Select(static (_, n) => -10.0 * n)]) with { Detector = detector }, frames);

    private sealed class Near(float tolerance) : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(float value) => 0;
    }
}
