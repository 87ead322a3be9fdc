using FsRec.Parameters;

namespace FsRec.Tests.Parameters;

/// <summary>The files that the documentation and the published example series give.</summary>
public class ParameterFileExampleTests
{
    [Fact]
    public void The_documentations_example_loads_with_its_values()
    {
        ParameterFileResult result = ParameterFile.Parse(ExampleFiles.Documentation, "config.fsr");

        Assert.Empty(result.Errors);
        ReconstructionParameters parameters = result.GetParameters();
        Assert.Equal("F:/Dropbox (Weizmann Institute)/ImagesEM/test/", parameters.Files.InputPath);
        Assert.Equal("basename_", parameters.Files.InputFileName);
        Assert.Equal(298, parameters.Files.ImageCount);
        Assert.Equal("F:/Dropbox (Weizmann Institute)/ImagesEM/results/", parameters.Files.OutputPath);
        Assert.Equal("outname", parameters.Files.OutputFileName);
        Assert.Equal(new(512, 512, 0.0429873, 0.0429873), parameters.Image.Calibration);
        Assert.Equal((0, 0), (parameters.Image.OffsetRows, parameters.Image.OffsetColumns));
        Assert.Equal((256, 256), (parameters.Image.AreaRows, parameters.Image.AreaColumns));
        Assert.Equal(Enumerable.Range(180, 118), parameters.Image.Range);
        Assert.False(parameters.Image.FixHotPixels);
        Assert.Equal(new AlignmentParameters { CommonFrame = true, Method = PrealignmentMethods.Default, Filter = new(0.5, 4) }, parameters.Alignment);
        Assert.Equal(
            new() { Voltage = 300, C3 = 2.7e6, C5 = 0, Semiconvergence = 0.05, FocusSpread = 6, ImageSpread = 20 },
            parameters.Microscope);
        Assert.Equal([0, 200], parameters.Foci);
        Assert.Equal(
            new LinearParameters { Limit = 6, Iterations = 15, OutputFilter = new(0.8, 6) }, parameters.Linear);
        Assert.Equal(new StepRefinementParameters { Filter = new(0.8, 6) }, parameters.StepRefinement);
        Assert.Equal(new AutofocusParameters { HalfRange = 180, Filter = new(1.1, 5) }, parameters.Autofocus);
    }

    // The lines are those of the documentation's page, counted in the example.
    [Theory]
    [InlineData("[False]")]
    [InlineData("function. [No]")]
    [InlineData("instrument")]
    [InlineData("reconstruction.")]
    [InlineData("[0.1]")]
    [InlineData("Microscope information limit].")]
    [InlineData("reconstruction limit, Reconstruction limit]")]
    public void A_comment_wrapped_by_the_page_is_a_warning_with_its_line(string wrapped)
    {
        ParameterFileResult result = ParameterFile.Parse(ExampleFiles.Documentation);

        int line = Array.IndexOf(ExampleFiles.Documentation.ReplaceLineEndings("\n").Split('\n'), wrapped) + 1;
        ParameterFinding finding = Assert.Single(result.Findings, finding => finding.Line == line);
        Assert.Equal(ParameterSeverity.Warning, finding.Severity);
        Assert.Contains(wrapped, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrapped_comments_and_the_ramps_reading_are_all_there_is_to_say_about_the_documentations_example()
    {
        ParameterFileResult result = ParameterFile.Parse(ExampleFiles.Documentation);

        Assert.Equal(7 + 1, result.Findings.Count);
        ParameterFinding ramp = Assert.Single(result.Findings, finding => finding.Key == "Foci");

        // PyFSRec spreads 0 to 200 nm over 298 images: image 180 has 200 · 180/297 = 121.212 nm, image 297 has 200 nm.
        Assert.Contains("0 nm to 200 nm", ramp.Message, StringComparison.Ordinal);
        Assert.Contains("121.212 nm to 200 nm", ramp.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_example_series_file_loads_without_a_word()
    {
        ParameterFileResult result = ParameterFile.Parse(ExampleFiles.Series);

        Assert.Empty(result.Findings);
        ReconstructionParameters parameters = result.GetParameters();
        Assert.Equal("/the/path/to/your/image/files/", parameters.Files.InputPath);
        Assert.Equal("Rec-bin2-av10", parameters.Files.OutputFileName);
        Assert.Equal(Enumerable.Range(0, 30), parameters.SelectedImages);
        Assert.Equal(0, parameters.Alignment.RunningAverage);
        Assert.Equal(10, parameters.Alignment.MaxPrealignmentRounds);
        Assert.Equal(new FrequencyBand(1, 4), parameters.Alignment.Filter);
        Assert.Equal(new FrequencyBand(0.5, 5), parameters.Linear.OutputFilter);
        Assert.Equal((2, 0.2), (parameters.StepRefinement.RangeMultiplier, parameters.StepRefinement.StepMultiplier));
        Assert.Equal(new AutofocusParameters { HalfRange = 180, Filter = new(1.1, 3.5) }, parameters.Autofocus);
    }

    [Fact]
    public void Both_examples_written_back_load_to_the_same_parameters()
    {
        foreach (string text in new[] { ExampleFiles.Documentation, ExampleFiles.Series })
        {
            ReconstructionParameters parameters = ParameterFile.Parse(text).GetParameters();

            ParameterFileResult again = ParameterFile.Parse(ParameterFile.Format(parameters));

            Assert.Equal(parameters, again.GetParameters());
            Assert.DoesNotContain(again.Findings, finding => finding.Key != "Foci");
        }
    }
}
