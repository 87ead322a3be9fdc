using FsRec.Parameters;

namespace FsRec.Tests.Parameters;

/// <summary>The forms in which sections, keys, values and comments occur.</summary>
public class ParameterFileSyntaxTests
{
    [Fact]
    public void The_small_file_of_these_tests_has_nothing_to_say_about() =>
        Assert.Empty(ParameterFile.Parse(Prm.Text()).Findings);

    [Theory]
    [InlineData("On", true)]
    [InlineData("yes", true)]
    [InlineData("TRUE", true)]
    [InlineData("1", true)]
    [InlineData("off", false)]
    [InlineData("No", false)]
    [InlineData("False # but why", false)]
    [InlineData("0;no", false)]
    public void A_switch_has_four_spellings_in_any_case(string text, bool expected) =>
        Assert.Equal(expected, Prm.Read("Envelopes=" + text).Linear.Envelopes);

    [Theory]
    [InlineData(@"C:\Users\J Doe (lab)\images\ # on the old disk", @"C:\Users\J Doe (lab)\images\")]
    [InlineData(@"C:\Users\J Doe (lab)\images\ ; on the old disk", @"C:\Users\J Doe (lab)\images\")]
    [InlineData("/data/run#3/a;b/\t#third", "/data/run#3/a;b/")]
    [InlineData("frames", "frames")]
    [InlineData("  ../ frames = new /  ", "../ frames = new /")]
    [InlineData("\"/data/run #3/\" # third", "/data/run #3/")]
    [InlineData("\" a \"\"quoted\"\" name \"", " a \"quoted\" name ")]
    public void A_path_ends_before_its_comment(string text, string expected) =>
        Assert.Equal(expected, Prm.Read("INPUTPATH=" + text).Files.InputPath);

    [Theory]
    [InlineData("[[5,8]]", new[] { 5, 6, 7, 8 })]
    [InlineData("[5,8]", new[] { 5, 8 })]
    [InlineData("[[0,2],9, [4,5]]", new[] { 0, 1, 2, 9, 4, 5 })]
    [InlineData("[0,2],9", new[] { 0, 1, 2, 9 })]
    [InlineData("7", new[] { 7 })]
    [InlineData("[7]", new[] { 7 })]
    [InlineData("[[7]]", new[] { 7 })]
    [InlineData("[ [ 3 , 3 ] , ] # one", new[] { 3 })]
    public void A_range_is_a_list_of_images_and_of_ranges(string text, int[] expected)
    {
        // As many foci as images, so that only the range is at stake.
        string foci = $"Foci=[{string.Join(',', expected)}]";

        Assert.Equal(expected, Prm.Read("Range=" + text, foci).SelectedImages);
    }

    [Fact]
    public void Keys_and_sections_may_be_in_any_case()
    {
        string text = Prm.Text("LimIt = 4");
        Assert.Equal(4, ParameterFile.Parse(text.Replace("\nLimit=5", "", StringComparison.Ordinal)
            .Replace("[OPTICS]", " [ optics ]\t# microscope", StringComparison.Ordinal)).GetParameters().Linear.Limit);
    }

    [Theory]
    [InlineData("Alignmentfilter=[1,3]")]
    [InlineData("Prealignment=Off")]
    [InlineData("Alignmentprecision=0.2")]
    public void Keys_of_the_alignment_may_stand_in_either_section(string line)
    {
        ParameterFileResult there = ParameterFile.Parse(Prm.Text("[ALIGNMENT]", line));
        ParameterFileResult here = ParameterFile.Parse(Prm.Text(line));

        Assert.Empty(there.Findings.Concat(here.Findings));
        Assert.Equal(here.Parameters, there.Parameters);
        Assert.NotEqual(Prm.Read(), here.Parameters);
    }

    [Fact]
    public void Multipliers_have_two_spellings()
    {
        ReconstructionParameters parameters =
            Prm.Read("[STEPREFINEMENT]", "Rangemultiplicator=2", "StepMultiplicator=0.5");

        Assert.Equal(
            (2, 0.5), (parameters.StepRefinement.RangeMultiplier, parameters.StepRefinement.StepMultiplier));
    }

    [Fact]
    public void A_list_may_run_over_several_lines_and_line_numbers_stay()
    {
        ParameterFileResult result = ParameterFile.Parse(Prm.Text(
            "Foci=[-9,-8,-7, # first three\n  -6,-5,\n\n# the rest\n-4,-3,-2,-1,0]", "Limit=x"));

        ParameterFinding finding = Assert.Single(result.Findings);
        Assert.Equal((17 + 4, "Limit"), (finding.Line, finding.Key));
        Assert.Equal(
            [-9, -8, -7, -6, -5, -4, -3, -2, -1, 0],
            Prm.Read("Foci=[-9,-8,-7, # first three\n  -6,-5,\n\n# the rest\n-4,-3,-2,-1,0]").Foci);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_ends_of_other_systems_are_line_ends(string end) => Assert.Equal(
        Prm.Read(), ParameterFile.Parse(Prm.Text().Replace("\n", end, StringComparison.Ordinal)).GetParameters());

    [Fact]
    public void A_colon_separates_a_known_key_as_in_other_ini_files() =>
        Assert.Equal(@"C:\a=b", ParameterFile.Parse(
            Prm.Text().Replace("INPUTPATH=/data/in/", @"INPUTPATH: C:\a=b", StringComparison.Ordinal))
            .GetParameters().Files.InputPath);

    [Fact]
    public void A_section_given_twice_is_one_section() =>
        Assert.Equal(7, Prm.Read("[IMAGEDATA]", "Offset=[7,0]").Image.OffsetRows);

    [Fact]
    public void Numbers_are_read_alike_in_every_culture()
    {
        // Run in a culture with a decimal comma; without culture data it is the invariant one and still must pass.
        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            var culture = (System.Globalization.CultureInfo)before.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NegativeSign = "~";
            System.Globalization.CultureInfo.CurrentCulture = culture;

            ReconstructionParameters parameters = Prm.Read("C3=-2.7E6", "Limit=5.5");

            Assert.Equal((-2.7e6, 5.5), (parameters.Microscope.C3, parameters.Linear.Limit));
            Assert.Contains("C3=-2700000\n", ParameterFile.Format(parameters), StringComparison.Ordinal);
            Assert.Contains("Limit=5.5\n", ParameterFile.Format(parameters), StringComparison.Ordinal);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }
}
