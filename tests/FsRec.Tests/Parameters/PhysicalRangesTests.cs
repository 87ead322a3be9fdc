using FsRec.Parameters;

namespace FsRec.Tests.Parameters;

/// <summary>Values that slipped into another unit are told with the unit.</summary>
public sealed class PhysicalRangesTests
{
    [Theory]
    [InlineData("C3=20", "mm, of a lens for the whole field", "C3 is in nm")]
    [InlineData("Focusspread=0.04", "µm", "Focusspread is in nm")]
    [InlineData("Imagespread=0.02", "nm", "Imagespread is in pm")]
    [InlineData("Semiconvergence=1e-4", "rad", "Semiconvergence is in mrad")]
    [InlineData("Voltage=0.3", "MV", "Voltage is in kV")]
    [InlineData("Focusspread=100", "Å", "Focusspread is in nm")]
    [InlineData("Foci=[-0.25,-0.06]", "µm", "Foci is in nm")]
    public void A_value_in_another_unit_is_warned_of_with_the_unit(string line, string unit, string text)
    {
        ParameterFileResult result = ParameterFile.Parse(Prm.Text(line));

        Assert.NotNull(result.Parameters);
        Assert.Contains(result.Warnings, w => w.Key == line.Split('=')[0] && w.Hint!.Contains(text, StringComparison.Ordinal));
        Assert.NotEmpty(unit);
    }

    [Theory]
    [InlineData("Sampling=[4.3e-11,4.3e-11]")]
    [InlineData("C3=1e300")]
    [InlineData("C3=-1e300")]
    [InlineData("Imagespread=1e9")]
    [InlineData("Foci=[-1e30,0]")]
    [InlineData("Comkernel=65536")]
    [InlineData("Comkernel=2147483647")]
    public void What_no_microscope_has_is_an_error(string line)
    {
        ParameterFileResult result = ParameterFile.Parse(Prm.Text(line));

        Assert.Null(result.Parameters);
        Assert.Contains(result.Errors, e => e.Key == line.Split('=')[0]);
    }

    [Theory]
    [InlineData("C3=1.2", "C3 is in nm. 1.2 mm is 1.2e6.")]
    [InlineData("C3=-0.015", "C3 is in nm. 1.2 mm is 1.2e6.")]
    [InlineData("C3=1.2e-3", "C3 is in nm. 1.2 mm is 1.2e6.")]
    [InlineData("C3=1.2e12", "C3 is in nm. 1.2 mm is 1.2e6.")]
    [InlineData("C5=4", "C5 is in nm. 4 mm is 4e6.")]
    [InlineData("A1=5e-9", "A1 is in nm.")]
    [InlineData("Focusspread=4e-6", "Focusspread is in nm. 30 Å is 3.")]
    [InlineData("Focusspread=0.004", "Focusspread is in nm. 30 Å is 3.")]
    [InlineData("Focusspread=4000", "Focusspread is in nm. 30 Å is 3.")]
    [InlineData("Imagespread=2e-11", "Imagespread is in pm. 0.02 nm is 20.")]
    [InlineData("Foci=[-2.5e-7,-6e-8]", "Foci is in nm. 0.25 µm is 250, 2500 Å too.")]
    public void A_value_in_another_unit_that_no_microscope_has_is_an_error_that_says_how_it_is_written(string line, string hint)
    {
        ParameterFinding error = Assert.Single(ParameterFile.Parse(Prm.Text(line)).Errors, e => e.Key == line.Split('=')[0]);

        Assert.Equal(hint, error.Hint);
    }

    [Fact]
    public void A_voltage_in_volts_is_an_error_that_says_how_it_is_written()
    {
        ParameterFinding error = Assert.Single(ParameterFile.Parse(Prm.Text("Voltage=300000")).Errors);

        Assert.Equal("Voltage", error.Key);
        Assert.Equal("300 kV is 300.", error.Hint);
    }

    [Theory]
    [InlineData("C3=0")]
    [InlineData("C3=-5000")]
    [InlineData("C3=100")]
    [InlineData("C3=2700000")]
    [InlineData("C5=0")]
    [InlineData("Focusspread=0")]
    [InlineData("Focusspread=0.3")]
    [InlineData("Voltage=80")]
    [InlineData("Semiconvergence=0")]
    [InlineData("Imagespread=0")]
    [InlineData("Foci=[-2500,2500]")]
    [InlineData("Sampling=[0.2,0.2]")]
    public void What_microscopes_have_is_taken_without_a_word(string line) =>
        Assert.DoesNotContain(ParameterFile.Parse(Prm.Text(line)).Findings, f => f.Key == line.Split('=')[0] && f.Hint?.Contains("is in", StringComparison.Ordinal) == true);

    [Theory]
    [InlineData("Foci=[\u221290,0]", "U+2212", "-90")]
    [InlineData("C3=\u20131000", "U+2013", "-1000")]
    public void A_sign_that_looks_like_a_minus_is_named(string line, string name, string meant)
    {
        ParameterFinding error = Assert.Single(ParameterFile.Parse(Prm.Text(line)).Errors);

        Assert.Contains(name, error.Hint, StringComparison.Ordinal);
        Assert.Contains(meant, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_over_many_lines_takes_no_longer_than_it_is_long()
    {
        long Allocated(int lines)
        {
            string text = Prm.Text("Foci=[\n" + string.Concat(Enumerable.Repeat("1,\n", lines)) + "1]");
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Null(ParameterFile.Parse(text).Parameters);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(100);
        // Four times the lines: 4 where the work grows with them, 16 with their square.
        Assert.InRange(Allocated(8000) / (double)Allocated(2000), 2, 7);
    }

    [Theory]
    [InlineData("Z:/out", true)]
    [InlineData(@"\\server\share\out", true)]
    [InlineData("results", false)]
    [InlineData("/tmp/out", false)]
    public void A_folder_of_Windows_is_known_elsewhere(string folder, bool other)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It is a folder of this system.");
        Assert.Equal(other, RelativeFolder.IsOfAnotherSystem(folder));
    }
}
