using FsRec.Alignment;
using FsRec.Formats;
using FsRec.Series;

namespace FsRec.Tests.Reference;

/// <summary>Boxcar sums against the published program's, from its own displacements.</summary>
public class ExampleBoxcarTests(ITestOutputHelper output)
{
    [Fact]
    public void Sums_of_five_frames_agree()
    {
        FocalSeries series = ExampleData.Series();
        var aligned = new AlignedSeries(series, DisplacementFile.Read(ExampleData.Expected("linear20", "_dxy.csv")));

        int count = 0;
        foreach ((double _, float[] pixels) in BoxcarSums.Enumerate(aligned, 5))
        {
            var expected = new float[pixels.Length];
            RawFrameFile.Read(ExampleData.Expected("boxcar5", $"_boxcar5_float32_{count++:000}.raw"), series.Calibration, expected);
            double difference = Math.Sqrt(pixels.Zip(expected, static (a, b) => Math.Pow(a - b, 2)).Average());
            double mean = expected.Average();
            double deviation = Math.Sqrt(expected.Average(v => Math.Pow(v - mean, 2)));
            output.WriteLine(FormattableString.Invariant($"sum {count}: RMS difference {difference:0.0000000}, of deviation {difference / deviation:0.0000000}, mean {mean:0.000000} and {pixels.Average():0.000000}"));
            Assert.InRange(difference / mean, 0, 1e-4);
        }

        Assert.Equal(6, count);
    }
}
