using FsRec.Parameters;
using FsRec.Sweeps;

namespace FsRec.Tests.Sweeps;

public class SweepDecisionTests
{
    // 100² px of 0.05 nm, 10 frames, Limit 4: π·16·25 = 1257 frequencies, p = 2513, N = 100 000, 2√p/N = 0.0010027; three times that.
    private const double Tolerance = 0.0030080;

    [Fact]
    public void The_tolerance_is_that_of_fits_with_so_many_numbers() =>
        Assert.Equal(Tolerance, SweepDecision.Tolerance(Row("2", 0.97)), 6);

    [Fact]
    public void Rows_within_it_are_undecided_and_named()
    {
        RunMessage warning = Assert.Single(SweepDecision.Of([Row("2", 0.9736), Row("4", 0.9700), Row("6", 0.9727)]));

        Assert.Equal(WarningIds.SweepUndecided, warning.Id);
        Assert.Contains("Focusspread=6", warning.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Focusspread=2", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_beyond_it_are_decided()
    {
        SweepRow[] rows = [Row("2", 0.99), Row("4", 0.97), Row("6", 0.98)];

        Assert.Empty(SweepDecision.Of(rows));
        Assert.Same(rows[1], SweepDecision.Best(rows));
    }

    [Fact]
    public void What_the_best_row_leaves_unexplained_is_not_decided_by_less()
    {
        // A strong object's beams beyond the wave's band: the best row leaves 0.005, more than the three standard deviations of 0.0030.
        SweepRow[] rows = [Row("2", 1.0094), Row("3", 1.0050), Row("4", 1.0090), Row("6", 1.0110)];

        RunMessage warning = Assert.Single(SweepDecision.Of(rows));

        Assert.Contains("unexplained", warning.Text, StringComparison.Ordinal);
        Assert.Contains("Focusspread=4", warning.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Focusspread=6", warning.Text, StringComparison.Ordinal);
        Assert.Equal(0.005, SweepDecision.Tolerance(rows[1]), 6);
    }

    [Fact]
    public void Chi_squares_below_what_a_fit_can_reach_decide_nothing()
    {
        // 1 − 2p/N = 0.9497.
        RunMessage warning = Assert.Single(SweepDecision.Of([Row("2", 0.32), Row("4", 0.33)]));
        Assert.Contains("decide nothing", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_other_limits_are_not_compared()
    {
        SweepRow[] rows = [Row("2", 0.97), Row("2", 0.9701, 5)];
        RunMessage warning = Assert.Single(SweepDecision.Of(rows));
        Assert.Equal(WarningIds.SweepUndecided, warning.Id);
        Assert.Contains("differ in Limit have", warning.Text, StringComparison.Ordinal);
        Assert.Contains("none of the rows", warning.Text, StringComparison.Ordinal);
        Assert.Null(SweepDecision.Best(rows));
    }

    [Theory]
    [InlineData("INPUTPATH", "elsewhere")]
    [InlineData("INPUTFILENAME", "another_")]
    [InlineData("Sampling", "[0.06,0.06]")]
    [InlineData("Offset", "[5,0]")]
    [InlineData("Range", "[[0,8]]")]
    [InlineData("Fixhotpix", "Yes")]
    [InlineData("Pixeltype", "uint16")]
    public void Rows_of_other_frames_are_not_compared(string key, string value)
    {
        SweepRow other = Row("6", 0.98);
        other = other with { Parameters = other.Parameters.With(key, value) };
        SweepRow[] rows = [Row("2", 0.97), Row("4", 0.9701), other, other with { ModelChiSquare = 0.9801 }];

        RunMessage[] told = [.. SweepDecision.Of(rows)];

        Assert.Equal(3, told.Length);
        Assert.Contains($"differ in {key} ", told[0].Text, StringComparison.Ordinal);
        Assert.Contains("2 groups", told[0].Text, StringComparison.Ordinal);
        // Within each of the two they are.
        Assert.Contains("0.97000", told[1].Text, StringComparison.Ordinal);
        Assert.Contains("0.98000", told[2].Text, StringComparison.Ordinal);
        Assert.Null(SweepDecision.Best(rows));
    }

    [Fact]
    public void Where_results_go_and_how_a_folder_is_written_does_not_part_rows()
    {
        SweepRow a = Row("2", 0.97);
        SweepRow b = Row("4", 0.98);
        string folder = Directory.GetCurrentDirectory();
        a = a with { Parameters = a.Parameters.With([new("INPUTPATH", folder), new("OUTPUTPATH", "a")]) };
        b = b with { Parameters = b.Parameters.With([new("INPUTPATH", folder + Path.DirectorySeparatorChar), new("OUTPUTPATH", "b")]) };

        Assert.Empty(SweepDecision.Of([a, b]));
        Assert.Same(a, SweepDecision.Best([a, b]));
    }

    private static SweepRow Row(string focusSpread, double chiSquare, double limit = 4) => new()
    {
        Point = SweepPoint.Grid([new SweepAxis("Focusspread", [focusSpread])])[0],
        Parameters = new ReconstructionParameters
        {
            Files = new FileParameters { ImageCount = 10 },
            Image = new ImageParameters { Calibration = new Calibration(100, 100, 0.05, 0.05) },
            Linear = new LinearParameters { Limit = limit },
        },
        ModelChiSquare = chiSquare,
        ResidualRms = 0.01,
        ScatteredFraction = 0.1,
        HighestFrequency = limit,
        Iterations = 1,
        Elapsed = TimeSpan.Zero,
        Files = [],
    };
}
