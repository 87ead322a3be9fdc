using FsRec.Parameters;
using FsRec.Tests.Formats;

namespace FsRec.Tests.Parameters;

public class DetectorKeysTests
{
    [Fact]
    public void A_curve_is_a_file_or_a_list()
    {
        ReconstructionParameters parameters = Prm.Read("MTF=detectors/k2 #4.csv", "NPS=[1, 0.9,0.7]");
        Assert.Equal(CurveSource.Of("detectors/k2"), parameters.Detector.Mtf);
        Assert.Equal([1, 0.9, 0.7], parameters.Detector.Nps!.Values);
        Assert.Null(parameters.Detector.Nps.Path);
        Assert.Equal("[1,0.9,0.7]", ParameterKeys.Find("nps")!.Print(parameters));
        Assert.Equal(CurveSource.Of("detectors/k2 #4.csv"), Prm.Read("MTF=\"detectors/k2 #4.csv\"").Detector.Mtf);
        Assert.Equal(new DetectorParameters(), Prm.Read().Detector);
    }

    [Fact]
    public void A_list_needs_no_brackets_and_None_takes_a_curve_off()
    {
        ReconstructionParameters parameters = Prm.Read("MTF=1, 0.8", "NPS=1,0.9,7e-1");
        Assert.Equal([1, 0.8], parameters.Detector.Mtf!.Values);
        Assert.Equal([1, 0.9, 0.7], parameters.Detector.Nps!.Values);
        // A name with a comma is a name.
        Assert.Equal("1,a.csv", Prm.Read("MTF=1,a.csv").Detector.Mtf!.Path);
        Assert.Null(parameters.With("MTF", "None").Detector.Mtf);
        Assert.Null(parameters.With("NPS", "none").Detector.Nps);
        Assert.NotNull(parameters.With("NPS", "none").Detector.Mtf);
        Assert.Null(Prm.Read("MTF=None").Detector.Mtf);
        Assert.False(ParameterKeys.Find("MTF")!.NamesPlace("None"));
        Assert.False(ParameterKeys.Find("MTF")!.NamesPlace("1,0.8"));
    }

    [Theory]
    [InlineData("MTF=[1,0.8,1.3]", "'1.3' in place 3", "at most 1.2")]
    [InlineData("MTF=[0.8,0.7]", "'0.8' in place 1", "the value 1 at frequency 0")]
    [InlineData("MTF=[1,0]", "'0' in place 2", "larger than 0")]
    [InlineData("MTF=[1]", "one value", "two or more")]
    [InlineData("NPS=[5,-1]", "'-1' in place 2", "larger than 0")]
    [InlineData("NPS=[1,a]", "'a'", "at even steps from frequency 0")]
    public void What_is_no_curve_is_told(string line, string found, string expected)
    {
        ParameterFinding finding = Assert.Single(ParameterFile.Parse(Prm.Text().Replace("Foci=", $"{line}\nFoci=", StringComparison.Ordinal)).Findings);
        Assert.Equal(ParameterSeverity.Error, finding.Severity);
        Assert.Equal(line[..3], finding.Key);
        Assert.Contains(found, finding.Found, StringComparison.Ordinal);
        Assert.Contains(expected, finding.Expected, StringComparison.Ordinal);
        Assert.NotNull(finding.Line);
    }

    [Fact]
    public void A_relative_file_lies_by_the_parameter_file_and_stays_the_same_when_that_is_written_elsewhere()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("one"));
        File.WriteAllText(folder.File("one/a.fsr"), Prm.Text("MTF=mtf.csv", "NPS=[1,0.5]"));
        ReconstructionParameters read = ParameterFile.Read(folder.File("one/a.fsr"));
        Assert.Equal(folder.File("one/mtf.csv"), read.ResolvedDetector.Mtf!.Path);

        ParameterFile.Write(read, folder.File("one/b.fsr"));
        Assert.Contains("MTF=mtf.csv\n", File.ReadAllText(folder.File("one/b.fsr")), StringComparison.Ordinal);
        ParameterFile.Write(read, folder.File("two/c.fsr"));
        ReconstructionParameters elsewhere = ParameterFile.Read(folder.File("two/c.fsr"));
        Assert.Equal(folder.File("one/mtf.csv"), elsewhere.Detector.Mtf!.Path);
        Assert.Equal([1, 0.5], elsewhere.Detector.Nps!.Values);
        Assert.Equal(read with { Files = elsewhere.Files, BaseDirectory = elsewhere.BaseDirectory, Detector = elsewhere.Detector }, elsewhere);
        Assert.Equal(read.ResolvedDetector, elsewhere.ResolvedDetector);
        Assert.NotEqual(read, read with { Detector = new() });
    }
}
