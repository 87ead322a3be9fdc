using System.Text.RegularExpressions;
using FsRec.Parameters;

namespace FsRec.Tests.Parameters;

/// <summary>The table of keys, and changing parameters by it.</summary>
public partial class ParameterKeysTests
{
    [Fact]
    public void Every_key_of_the_documentations_example_is_in_the_table_under_its_section_and_spelling()
    {
        string section = "";
        List<string> seen = [];
        foreach (string line in ExampleFiles.Documentation.ReplaceLineEndings("\n").Split('\n'))
        {
            if (KeyLine().Match(line) is { Success: true } match)
            {
                ParameterKey? key = ParameterKeys.Find(match.Groups[1].Value);
                Assert.Equal((match.Groups[1].Value, section), (key?.Name, key?.Section));
                seen.Add(key!.Name);
            }
            else if (line.StartsWith('[') && line != "[False]" && line != "[0.1]")
            {
                section = line[1..^1];
                Assert.Equal(section, ParameterSections.Find(section));
            }
        }

        Assert.Equal(
            ["Pixeltype", "Bigendian", "Headerbytes", "Frameorder", "Fliprows", "Defocussign", "Defocusunit", "A1", "A1azimuth", "A2", "A2azimuth", "B2", "B2azimuth", "MTF", "NPS", "Stopwhenaligned", "Restoration", "NonlinearIterations", "NonlinearTolerance", "Refinedisplacements", "Refinefoci", "Refinebackground", "Refineaberrations"],
            ParameterKeys.All.Select(key => key.Name).Except(seen));
    }

    [Fact]
    public void Defaults_of_the_table_are_those_of_the_parameters()
    {
        ReconstructionParameters defaults = new();
        foreach (ParameterKey key in ParameterKeys.All.Where(key => !key.IsRequired && key.Print(defaults) is not null))
        {
            if (key.Name == "Limit")
            {
                continue;
            }

            Assert.True(key.TryRead(key.Default!, Prm.Read(), out ReconstructionParameters? read, out _), key.Name);
            Assert.Equal((key.Name, key.Print(defaults)), (key.Name, key.Print(read)));
        }
    }

    [Theory]
    [InlineData("Limit", "4.5", "4.5")]
    [InlineData("limit", " 4.50 ", "4.5")]
    [InlineData("Rangemultiplicator", "2", "2")]
    [InlineData("Alignmentfilter", "[0.5, 4]", "[0.5,4]")]
    [InlineData("Prealignment", "no", "Off")]
    [InlineData("Restoration", "wiener", "Wiener")]
    [InlineData("Methprealign", "Model", "model")]
    [InlineData("NonlinearIterations", "7", "7")]
    [InlineData("Foci", "-10,10", "[-10,10]")]
    [InlineData("Dimensions", "[64,32]", "[64,32]")]
    public void A_value_can_be_changed_by_key(string key, string value, string expected) =>
        Assert.Equal(expected, ParameterKeys.Find(key)!.Print(Prm.Read().With(key, value)));

    [Theory]
    [InlineData("Limit", "11", "Nyquist")]
    [InlineData("Limit", "", "a number")]
    [InlineData("Limmit", "5", "Limit")]
    [InlineData("Foci", "[1,2,3]", "3 values")]
    public void A_change_that_cannot_be_is_refused(string key, string value, string part)
    {
        ParameterException exception = Assert.Throws<ParameterException>(() => Prm.Read().With(key, value));
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_fit_only_together_can_be_changed_together()
    {
        ReconstructionParameters changed = Prm.Read().With(
            new Dictionary<string, string> { ["Foci"] = "[1,2,3]", ["NImages"] = "3" });
        Assert.Equal([1, 2, 3], changed.SelectedFoci);
    }

    [Fact]
    public void What_was_wrong_before_does_not_hinder_a_change()
    {
        // A simulated series has neither folders nor foci in a file.
        ReconstructionParameters parameters = Prm.Read() with { Files = new() };
        Assert.NotEmpty(parameters.Validate());
        Assert.Equal(4, parameters.With("Limit", "4").Linear.Limit);
    }

    [Fact]
    public void Decimals_behind_a_comma_are_told_for_every_key_that_has_decimals()
    {
        foreach (ParameterKey key in ParameterKeys.All)
        {
            (string Text, string Example)[] cases = key.Kind switch
            {
                ParameterKind.Number => [("0,045", "0.045"), ("1,5", "1.5")],
                ParameterKind.NumberPair => [("0,045", "0.045"), ("1,045", "1.045"), ("[0,45]", "0.043"), ("0,045,0,045", "[0.045,0.045]"), ("0,045;0,045", "[0.045,0.045]")],
                ParameterKind.Band => [("0,5,4,2", "[0.5,4.2]"), ("[0,5,4]", "[0.5,4]"), ("0,5;4,2", "[0.5,4.2]")],
                ParameterKind.NumberList => [("[270,5;90,5]", "[270.5,90.5]"), ("270,5;90;-80,25", "[270.5,90,-80.25]")],
                _ => [],
            };
            foreach ((string text, string example) in cases)
            {
                Assert.False(key.TryRead(text, Prm.Read(), out _, out ParameterFinding? finding), key.Name);
                Assert.Equal($"{key.Name}: Found '{text}'; expected a decimal point, as in {example}.", finding.ToText());
            }
        }
    }

    [Theory]
    [InlineData("Sampling", "[0,0.045]", "expected two numbers larger than 0")]
    [InlineData("Sampling", "-1,5", "expected two numbers larger than 0")]
    [InlineData("Focusspread", "[3,5]", "expected a number of 0 or more in nm, with a decimal point where it has decimals.")]
    [InlineData("LinearIterations", "5,5", "expected a whole number of 1 or more.")]
    public void Other_commas_are_told_as_what_they_are(string name, string text, string message)
    {
        Assert.False(ParameterKeys.Find(name)!.TryRead(text, Prm.Read(), out _, out ParameterFinding? finding));
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Foci_of_twice_the_number_may_have_their_decimals_behind_a_comma()
    {
        ParameterException e = Assert.Throws<ParameterException>(() => Prm.Read().With("Foci", "-270,5,-90,5"));
        Assert.Contains("Found 4 values; expected 2, the ends of a ramp", e.Message, StringComparison.Ordinal);
        Assert.Contains("with a decimal point, and no comma, in each that has decimals.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_programs_become_texts_of_the_file()
    {
        Assert.Equal("[-270,90.5]", ParameterText.Of(new object[] { -270, 90.5 }));
        Assert.Equal("[[5,10],13]", ParameterText.Of(new object[] { new[] { 5, 10 }, 13 }));
        Assert.Equal(("Yes", "", "5.5"), (ParameterText.Of(true), ParameterText.Of(null), ParameterText.Of(5.5m)));
        Assert.Equal("[0.5,4]", ParameterText.Of(new FrequencyBand(0.5, 4)));
    }

    [Fact]
    public void A_written_file_of_plain_values_is_ASCII() =>
        Assert.True(System.Text.Ascii.IsValid(ParameterFile.Format(Prm.Read())));

    [Fact]
    public void Lists_given_to_parameters_are_copied()
    {
        double[] foci = [1, 2];
        ReconstructionParameters parameters = new() { Foci = foci };
        foci[0] = 9;
        Assert.Equal([1, 2], parameters.Foci);
    }

    [GeneratedRegex(@"^([A-Za-z]\w*)=")]
    private static partial Regex KeyLine();
}
