using FsRec.Formats;
using FsRec.Optics;

namespace FsRec.Tests.Formats;

public sealed class DetectorCurveFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("0,1\n0.5,0.8\n1,0.6\n")]
    [InlineData("# a camera\nfrequency,MTF\n0,1\n0.5,0.8\n1,0.6")]
    [InlineData("0, 1\r\n\r\n0.5, 0.8\r\n# more\r\n1, 0.6\r\n")]
    public void A_table_is_a_curve(string text)
    {
        DetectorCurve curve = Read(text, DetectorCurveKind.Transfer);
        Assert.Equal([0, 0.5, 1], curve.Frequencies);
        Assert.Equal([1, 0.8, 0.6], curve.Values);
    }

    // A spectrum of noise is in any unit, and that of frequency 0 is not measured.
    [Fact]
    public void A_spectrum_of_noise_is_relative_to_its_first_value() =>
        Assert.Equal([1, 0.5, 0.25], Read("0.02,400\n0.5,200\n1.0,100", DetectorCurveKind.Noise).Values);

    [Theory]
    [InlineData("0,1\n0.5,x\n1,0.6", "line 2: found '0.5,x'", "two numbers")]
    [InlineData("0,1\n0.5\n1,0.6", "line 2: found '0.5'", "two numbers")]
    [InlineData("0,1\n\"0,5\",0.8\n1,0.6", "line 2: found '0,5,0.8'", "two numbers")]
    [InlineData("0,1\n\n# no\n0.5,1.3\n1,0.6", "line 4: found '0.5,1.3'", "at most 1.2")]
    [InlineData("0,1\n0.5,0\n1,0.6", "line 2: found '0.5,0'", "larger than 0")]
    [InlineData("0,1\n0.5,0.7\n0.4,0.6\n1,0.5", "line 3: found '0.4,0.6'", "higher frequency than in the line before")]
    [InlineData("0,0.9\n1,0.6", "line 1: found '0,0.9'", "the value 1 at frequency 0")]
    [InlineData("0.05,1\n1,0.6", "line 1: found '0.05,1'", "the value 1 at frequency 0 first")]
    [InlineData("0,1\n0.25,0.8\n0.5,0.6", "line 3: found frequencies to 0.5 only", "multiply them by 2")]
    [InlineData("# nothing\n", "found no line of numbers", "a table of the detector's MTF")]
    [InlineData("", "found an empty file", "a table of the detector's MTF")]
    public void What_is_wrong_is_told_with_its_line(string text, string found, string expected)
    {
        DataException e = Assert.ThrowsAny<DataException>(() => Read(text, DetectorCurveKind.Transfer));
        Assert.StartsWith($"MTF '{_folder.File("curve.csv")}'", e.Message, StringComparison.Ordinal);
        Assert.Contains(found, e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Equal("DataInvalid", e.Id);
    }

    [Fact]
    public void A_missing_file_is_told_with_the_key()
    {
        DataException e = Assert.ThrowsAny<DataException>(() => DetectorCurveFile.Read(_folder.File("none.csv"), DetectorCurveKind.Noise));
        Assert.Contains("none.csv': found no such file, expected a table", e.Message, StringComparison.Ordinal);
        Assert.Equal("DataNotFound", e.Id);
    }

    public void Dispose() => _folder.Dispose();

    private DetectorCurve Read(string text, DetectorCurveKind kind)
    {
        File.WriteAllText(_folder.File("curve.csv"), text);
        return DetectorCurveFile.Read(_folder.File("curve.csv"), kind);
    }
}
