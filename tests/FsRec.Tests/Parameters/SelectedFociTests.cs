using FsRec.Parameters;

namespace FsRec.Tests.Parameters;

/// <summary>Which focus belongs to which image, and the limits that follow from them.</summary>
public class SelectedFociTests
{
    [Fact]
    public void Without_a_range_all_images_are_selected_and_a_ramp_runs_over_them()
    {
        ReconstructionParameters parameters = Prm.Read("Foci=[-90,0]");

        Assert.Equal(Enumerable.Range(0, 10), parameters.SelectedImages);
        Assert.Equal(
            [-90, -80, -70, -60, -50, -40, -30, -20, -10, 0], parameters.SelectedFoci.Select(f => Math.Round(f, 9)));
        Assert.Equal((-90, 0), (parameters.SelectedFoci[0], parameters.SelectedFoci[^1]));
    }

    [Fact]
    public void A_ramp_over_a_selection_starts_at_its_first_image_and_both_readings_are_told()
    {
        string[] changes = ["[IMAGEDATA]", "Range=[[4,7]]", "Foci=[-90,0]"];

        ParameterFinding finding = Prm.Warning(15, "Foci", changes);

        Assert.Equal([-90, -60, -30, 0], Prm.Read(changes).SelectedFoci.Select(f => Math.Round(f, 9)));

        // Over the series of 10 the steps are 10 nm: images 4 and 7 have −50 and −20 nm.
        Assert.Contains("-90 nm to 0 nm", finding.Message, StringComparison.Ordinal);
        Assert.Contains("-50 nm to -20 nm", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_as_long_as_the_selection_belongs_to_it()
    {
        string[] changes = ["[IMAGEDATA]", "Range=[[4,6]]", "Foci=[-275.71,-269.62,-262]"];
        Assert.Empty(ParameterFile.Parse(Prm.Text(changes)).Findings);
        Assert.Equal([-275.71, -269.62, -262], Prm.Read(changes).SelectedFoci);
    }

    [Fact]
    public void A_list_as_long_as_the_series_is_selected_from_by_image_number()
    {
        string[] changes = ["[IMAGEDATA]", "Range=[[4,5],2]", "Foci=[0,1,2,3,4,5,6,7,8,9]"];
        Assert.Empty(ParameterFile.Parse(Prm.Text(changes)).Findings);
        Assert.Equal([4, 5, 2], Prm.Read(changes).SelectedFoci);
    }

    [Fact]
    public void A_list_for_all_images_in_another_order_is_read_in_that_order_with_a_warning()
    {
        string[] changes = ["NImages=3", "Foci=[0,10,20]", "[IMAGEDATA]", "Range=[2,1,0]"];
        Prm.Warning(15, "Foci", changes);
        Assert.Equal([0, 10, 20], Prm.Read(changes).SelectedFoci);
    }

    [Fact]
    public void One_image_may_have_one_focus() =>
        Assert.Equal([-50], Prm.Read("NImages=1", "Foci=-50").SelectedFoci);

    [Fact]
    public void Foci_that_fit_nothing_cannot_be_asked_for()
    {
        ReconstructionParameters parameters = Prm.Read() with { Foci = [1, 2, 3] };
        FsRecException exception = Assert.Throws<FsRecException>(() => parameters.SelectedFoci);
        Assert.Contains("3 foci", exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(parameters.ToString());
    }

    [Fact]
    public void The_lower_limit_is_that_of_the_selected_foci()
    {
        // 0.5 / √(π · 1.96875e-3 nm · 180 nm) = 0.47388 1/nm, the example series' −270 to −90 nm at 300 kV.
        ReconstructionParameters parameters = ParameterFile.Parse(ExampleFiles.Series).GetParameters();
        Assert.Equal(0.4739, parameters.LowerLimit, 3);

        // The limit goes with the range's inverse square root: half of the range, √2 times the limit.
        ReconstructionParameters half = parameters with { Foci = [-180, -90] };
        Assert.Equal(Math.Sqrt(2) * parameters.LowerLimit, half.LowerLimit, 12);
    }

    [Fact]
    public void Filters_that_are_not_given_run_from_the_lower_limit_to_the_limit()
    {
        ReconstructionParameters parameters = Prm.Read();
        FrequencyBand expected = new(parameters.LowerLimit, 5);

        Assert.Equal(expected, parameters.EffectiveAlignmentFilter);
        Assert.Equal(expected, parameters.EffectiveRefinementFilter);
        Assert.Equal(expected, parameters.EffectiveOutputFilter);

        // The documentation ends the output filter at the information limit, which is below Limit at a large spread:
        // √(2√2 / (π · 1.96875e-3 · 40)) = 3.381 1/nm.
        Assert.Equal(3.381, Prm.Read("Focusspread=40").EffectiveOutputFilter.High, 3);
        Assert.Equal(5, Prm.Read("Focusspread=0").EffectiveOutputFilter.High);
    }

    [Fact]
    public void Filters_that_are_given_are_taken()
    {
        ReconstructionParameters parameters = Prm.Read(
            "Alignmentfilter=[1,2]", "Outputfilter=[0,3]", "[STEPREFINEMENT]", "Refinementfilter=[1,4]");
        Assert.Equal(new(1, 2), parameters.EffectiveAlignmentFilter);
        Assert.Equal(new(0, 3), parameters.EffectiveOutputFilter);
        Assert.Equal(new(1, 4), parameters.EffectiveRefinementFilter);
    }

    [Fact]
    public void Without_a_focal_range_the_limits_are_finite_and_bands_are_not_empty()
    {
        ReconstructionParameters parameters = Prm.Read("Foci=[-50,-50]");
        Assert.Equal(0, parameters.LowerLimit);
        Assert.Equal(new(0, 5), parameters.EffectiveAlignmentFilter);
        Assert.Equal(new(0, 5), Prm.Read("Foci=[-50,-49.99]").EffectiveAlignmentFilter);
    }
}
