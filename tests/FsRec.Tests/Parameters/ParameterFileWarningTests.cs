using FsRec.Parameters;

namespace FsRec.Tests.Parameters;

/// <summary>What is used although it is not as it should be. Line numbers are those of <see cref="Prm"/>.</summary>
public class ParameterFileWarningTests
{
    [Fact]
    public void A_known_key_in_a_wrong_section_is_used()
    {
        ParameterFinding finding = Prm.Warning(18, "C5", "C5=2000");

        Assert.Contains("[RECONSTRUCTION]", finding.Found, StringComparison.Ordinal);
        Assert.Contains("[OPTICS]", finding.Expected, StringComparison.Ordinal);
        Assert.Equal(2000, Prm.Read("C5=2000").Microscope.C5);
    }

    [Theory]
    [InlineData("Linear Iterations=7")]
    [InlineData("linear_iterations=7")]
    [InlineData("linear-iterations=7")]
    public void A_key_whose_words_are_set_apart_is_used(string line)
    {
        Prm.Warning(18, "LinearIterations", line);
        Assert.Equal(7, Prm.Read(line).Linear.Iterations);
    }

    [Theory]
    [InlineData("[ALIGNMNT]", "[ALIGNMENT]")]
    [InlineData("[MY OWN]", "RECONSTRUCTION")]
    public void Keys_of_an_unknown_section_are_used(string section, string expected)
    {
        ParameterFinding finding = Prm.Warning(18, null, section, "Comkernel=4");

        Assert.Contains(expected, finding.Expected, StringComparison.Ordinal);
        Assert.Equal(4, Prm.Read(section, "Comkernel=4").Alignment.CenterOfMassRadius);
    }

    [Fact]
    public void A_misspelt_section_behind_a_comment_is_a_section_and_not_the_comments_end()
    {
        string text = Prm.Text("# the end of this comment", "[ALIGNMNT]", "Comkernel=4");
        ParameterFinding finding = Assert.Single(ParameterFile.Parse(text).Findings);
        Assert.Contains("[ALIGNMENT]", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrapped text with a value n = 3 in it")]
    [InlineData("[0.1]")]
    [InlineData("plain words")]
    public void The_wrapped_end_of_a_comment_is_ignored(string line)
    {
        ParameterFinding finding = Prm.Warning(18, null, "Limit=5 # a long comment", line);
        Assert.Contains(line, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_named_twice_is_used_twice()
    {
        string[] changes = ["[IMAGEDATA]", "Range=[3,[2,4]]", "Foci=[1,2,3,4]"];
        Prm.Warning(19, "Range", changes);
        Assert.Equal([3, 2, 3, 4], Prm.Read(changes).SelectedImages);
    }

    [Fact]
    public void An_optional_key_without_value_is_its_default()
    {
        Prm.Warning(18, "LinearIterations", "LinearIterations=");
        Assert.Equal(20, Prm.Read("LinearIterations=").Linear.Iterations);
    }

    // Semiconvergence [0.05]–[0.2], Focusspread [3]–[10] in the documentation: ranges, so a default needs a word.
    [Theory]
    [InlineData("Semiconvergence", "0.05")]
    [InlineData("Focusspread", "3")]
    public void Coherence_that_is_not_given_is_the_smallest_usual_one(string key, string value)
    {
        ParameterFileResult result = ParameterFile.Parse(Prm.Without(key));
        ParameterFinding finding = Assert.Single(result.Findings);
        Assert.Equal((ParameterSeverity.Warning, null, key), (finding.Severity, finding.Line, finding.Key));
        Assert.Equal(value, ParameterKeys.Find(key)!.Print(result.GetParameters()));
    }

    [Fact]
    public void Without_a_limit_the_microscopes_information_limit_is_it()
    {
        ParameterFileResult result = ParameterFile.Parse(
            Prm.Without("Limit").Replace("Focusspread=4", "Focusspread=8", StringComparison.Ordinal));

        Assert.Equal("Limit", Assert.Single(result.Findings).Key);

        // λ(300 kV) = 1.96875 pm; √(2√2 / (π · 1.96875e-3 · 8)) = 7.5606 1/nm, where exp(−(πλΔg²/2)²) = e⁻².
        double limit = result.GetParameters().Linear.Limit;
        Assert.Equal(7.5606, limit, 3);
        double phase = Math.PI * result.GetParameters().Microscope.Wavelength * 8 * limit * limit / 2;
        Assert.Equal(Math.Exp(-2), Math.Exp(-(phase * phase)), 12);
    }

    [Fact]
    public void Without_a_limit_a_coarse_sampling_is_it()
    {
        string text = Prm.Without("Limit").Replace("[0.05,0.04]", "[0.1,0.04]", StringComparison.Ordinal);
        Assert.Equal(5, ParameterFile.Parse(text).GetParameters().Linear.Limit);
    }

    [Fact]
    public void A_focal_range_of_nothing_and_a_band_above_the_limit_are_doubtful()
    {
        Prm.Warning(15, "Foci", "Foci=[-50,-50]");
        Prm.Warning(18, "Alignmentfilter", "Alignmentfilter=[5.5,8]");
    }
}
