using FsRec.Parameters;

namespace FsRec.Tests.Parameters;

/// <summary>Every kind of mistake, with its line, its key and the way out. Lines are those of <see cref="Prm"/>.</summary>
public class ParameterFileErrorTests
{
    [Theory]
    [InlineData(4, "NImages", "0", "of 1 or more|from 1 to")]
    [InlineData(4, "NImages", "ten", "a whole number")]
    [InlineData(4, "NImages", "9.5", "a whole number")]
    [InlineData(8, "Dimensions", "[100,80,3]", "two whole numbers")]
    [InlineData(8, "Dimensions", "[100,80.5]", "two whole numbers")]
    [InlineData(8, "Dimensions", "[100,-80]", "of 1 or more")]
    [InlineData(8, "Dimensions", "[100,80", "closing bracket")]
    [InlineData(8, "Dimensions", "[100 80]", "two whole numbers")]
    [InlineData(8, "Dimensions", "[60000,60000]", "pixels in a frame")]
    [InlineData(9, "Sampling", "[0.05,0]", "larger than 0")]
    [InlineData(9, "Sampling", "[0,05,0,05]", "expected a decimal point, as in [0.05,0.05]")]
    [InlineData(11, "Voltage", "300000", "in kV")]
    [InlineData(11, "Voltage", "300 kV", "the number alone; it is taken in kV")]
    [InlineData(12, "C3", "NaN", "Only finite numbers")]
    [InlineData(12, "C3", "Infinity", "Only finite numbers")]
    [InlineData(12, "C3", "1e999", "Only finite numbers")]
    [InlineData(13, "Semiconvergence", "-0.1", "of 0 or more in mrad")]
    [InlineData(15, "Foci", "[-90;0]", "closing bracket")]
    [InlineData(15, "Foci", "[-90,x]", "a list of numbers in nm")]
    [InlineData(15, "Foci", "[1,2,3]", "2, the ends of a ramp, or 10")]
    [InlineData(15, "Foci", "[]", "a list of numbers in nm")]
    [InlineData(17, "Limit", "5,5", "as in 5.5")]
    [InlineData(17, "Limit", "[5]", "without brackets")]
    [InlineData(11, "Voltage", "", "in kV under [OPTICS]")]
    [InlineData(11, "Voltage", " # 300", "in kV under [OPTICS]")]

    // The coarser axis is sampled at 0.05 nm: 0.5 / 0.05 = 10 1/nm.
    [InlineData(17, "Limit", "10.1", "at most 10 1/nm, the Nyquist frequency")]
    [InlineData(18, "Range", "[[8,5]]", "Write [5,8]")]
    [InlineData(18, "Range", "[[5,10]]", "0 to 9, as NImages is 10")]
    [InlineData(18, "Range", "[-1,3]", "whole, from 0")]
    [InlineData(18, "Range", "[[1,2,3]]", "a first and a last image")]
    [InlineData(18, "Range", "[[[1,2]]]", "nest at most twice|a list in a range")]
    [InlineData(18, "Range", "[]", "Without the key all images are taken")]
    [InlineData(18, "Range", "[0,99999999999]", "whole, from 0")]
    [InlineData(18, "Envelopes", "maybe", "On or Off")]
    [InlineData(18, "Alignmentfilter", "[4,1]", "the lower frequency before the upper")]
    [InlineData(18, "Alignmentfilter", "[4,4]", "the lower frequency before the upper")]
    [InlineData(18, "Alignmentfilter", "[-1,4]", "a lower and an upper frequency")]
    [InlineData(18, "Autofocusfilter", "3", "a lower and an upper frequency")]
    [InlineData(18, "LinearIterations", "0", "of 1 or more|from 1 to")]
    [InlineData(18, "Methprealign", "phase", "sequential-com or sequential or model")]
    [InlineData(18, "Restoration", "2", "Linear or Wiener or Nonlinear")]
    [InlineData(18, "NonlinearIterations", "0", "of 1 or more|from 1 to")]
    [InlineData(18, "NonlinearTolerance", "-1", "0 or more")]
    [InlineData(18, "AREA", "[101,20]", "inside the frame of [100,80]")]
    [InlineData(3, "INPUTFILENAME", "a/b_", "INPUTPATH")]
    [InlineData(2, "INPUTPATH", "\"/data", "closing double quote")]
    public void A_value_that_cannot_be_used_is_an_error_on_its_line(int line, string key, string value, string part)
    {
        // Keys of other sections stand at the end under [RECONSTRUCTION]; the warning about that is another test's.
        string section = ParameterKeys.Find(key)!.Section;
        bool needsSection = line == 18 && section != ParameterSections.Reconstruction;
        string[] changes = needsSection ? [$"[{section}]", $"{key}={value}"] : [$"{key}={value}"];
        ParameterFileResult result = ParameterFile.Parse(Prm.Text(changes));

        ParameterFinding finding = Assert.Single(result.Findings);
        Assert.Null(result.Parameters);
        Assert.Equal((ParameterSeverity.Error, key), (finding.Severity, finding.Key));
        Assert.Equal(needsSection ? line + 1 : line, finding.Line);
        Assert.Contains(part.Split('|'), alternative => finding.Message.Contains(alternative, StringComparison.Ordinal));
    }

    // Of 100 rows an area of 50 has 25 to spare on either side.
    [Theory]
    [InlineData("[26,0]")]
    [InlineData("[-26,0]")]
    [InlineData("[0,21]")]
    public void An_area_moved_over_the_edge_is_an_error_of_its_offset(string offset)
    {
        ParameterFinding finding = Prm.Error(19, "Offset", "[IMAGEDATA]", "Offset=" + offset);
        Assert.Contains("rows from -25 to 25 and columns from -20 to 20", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_area_moved_to_the_edge_is_none() =>
        Assert.Equal(-25, Prm.Read("[IMAGEDATA]", "Offset=[-25,20]").Image.OffsetRows);

    [Theory]
    [InlineData("Limt=5", "Limit")]
    [InlineData("Filtercutof=0.1", "Filtercutoff")]
    [InlineData("Aligmentfilter=[1,4]", "Alignmentfilter")]
    [InlineData("LinearIteration=5", "LinearIterations")]
    public void A_misspelt_key_is_an_error_that_names_the_nearest(string line, string nearest)
    {
        ParameterFinding finding = Prm.Error(18, line.Split('=')[0], line);
        Assert.Equal(nearest, finding.NearestKey);
        Assert.Contains(nearest, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_like_no_other_is_an_error_without_a_guess()
    {
        ParameterFinding finding = Prm.Error(18, "Colour", "Colour=blue");
        Assert.Null(finding.NearestKey);
    }

    [Fact]
    public void A_misspelt_required_key_is_not_also_reported_as_missing()
    {
        string text = Prm.Text().Replace("Voltage", "Voltag", StringComparison.Ordinal);
        ParameterFinding finding = Assert.Single(ParameterFile.Parse(text).Findings);
        Assert.Equal("Voltage", finding.NearestKey);
    }

    [Fact]
    public void A_key_given_twice_is_an_error_that_names_both_lines()
    {
        ParameterFinding finding = Prm.Error(18, "Limit", "LIMIT=6");
        Assert.Contains("line 17 and again on line 18", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_spellings_of_one_key_are_the_key_twice() =>
        Prm.Error(20, "Rangemultiplier", "[STEPREFINEMENT]", "Rangemultiplier=2", "Rangemultiplicator=2");

    [Theory]
    [InlineData("INPUTPATH")]
    [InlineData("INPUTFILENAME")]
    [InlineData("NImages")]
    [InlineData("OUTPUTPATH")]
    [InlineData("OUTPUTFILENAME")]
    [InlineData("Dimensions")]
    [InlineData("Sampling")]
    [InlineData("Voltage")]
    [InlineData("C3")]
    [InlineData("Foci")]
    public void A_key_without_default_must_be_there(string key)
    {
        ParameterFinding finding = Assert.Single(ParameterFile.Parse(Prm.Without(key)).Findings);
        Assert.Equal((ParameterSeverity.Error, null, key), (finding.Severity, finding.Line, finding.Key));
        Assert.Contains($"[{ParameterKeys.Find(key)!.Section}]", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_problem_is_reported_in_the_order_of_the_lines()
    {
        ParameterFileResult result = ParameterFile.Parse(
            Prm.Text("Limit=5,5", "NImages=-3", "Voltage=high", "Colour=blue"));

        Assert.Equal([4, 11, 17, 18], result.Errors.Select(error => error.Line));
        ParameterException exception = Assert.Throws<ParameterException>(result.GetParameters);
        Assert.Equal(4, exception.Findings.Count);
        Assert.All(
            ["NImages", "Voltage", "Limit", "Colour"],
            key => Assert.Contains(key, exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Limit 5")]
    [InlineData("some text")]
    [InlineData("[IMAGEDATA")]
    [InlineData("=5")]
    public void A_line_that_is_nothing_is_an_error(string line)
    {
        ParameterFileResult result = ParameterFile.Parse(Prm.Text() + "\n" + line);
        Assert.Equal(18, Assert.Single(result.Errors).Line);
    }

    [Fact]
    public void A_value_without_equals_sign_behind_a_comment_is_not_taken_for_the_comments_end() =>
        Assert.Single(ParameterFile.Parse(Prm.Text("# more") + "\nLimit 5").Errors);
}
