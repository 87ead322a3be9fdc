using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Restoration;

namespace FsRec.Tests.Runs;

/// <summary>What --useprevious takes from an earlier run and what it does without.</summary>
public sealed class PreviousOutputTests : IDisposable
{
    private static readonly RunOptions Continue = new() { UsePrevious = true, Iterations = 1 };
    private static readonly RunOptions Stay = new() { UsePrevious = true, Iterations = 0 };
    private readonly RunFolder _run = new(drift: true);

    public PreviousOutputTests() => _run.Run(new RunOptions { Iterations = 3 });

    public void Dispose() => _run.Dispose();

    [Fact]
    public void It_continues_from_wave_and_displacements()
    {
        Reconstruction atOnce = LinearReconstruction.Run(
            AlignedSeries.Unmoved(new FocalSeries(_run.Parameters, _run.Frames)), new ReconstructionOptions { Iterations = 4 });

        RunResult result = _run.Run(Continue);

        // Displacements went through a file with six decimals.
        Assert.InRange(DisplacementAlgebra.Largest(DisplacementAlgebra.Subtract(result.Aligned.Displacements, atOnce.Displacements)), 0, 1e-3);
        Assert.InRange(WeakObject.Difference(result.Reconstruction!.Wave, atOnce.Wave), 0, 1e-3);
        Assert.Single(result.Reconstruction.History);
        Assert.Null(result.Prealignment);
    }

    [Fact]
    public void Displacements_are_not_aligned_anew_though_pre_alignment_is_on()
    {
        SetPrealignment(true);
        DisplacementFile.Write(_run.Out("rec_dxy.csv"), Enumerable.Range(0, 8).Select(static n => new FrameDisplacement(n, n, -n)));

        RunResult result = _run.Run(Stay);

        Assert.Null(result.Prealignment);
        Assert.Equal(Enumerable.Range(0, 8).Select(static n => new FrameDisplacement(n, n, -n)), result.Aligned.Displacements);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Missing_displacements_stop_it_unless_pre_alignment_is_off(bool prealignment)
    {
        SetPrealignment(prealignment);
        File.Delete(_run.Out("rec_dxy.csv"));

        if (prealignment)
        {
            string message = Assert.Throws<DataException>(() => _run.Run(Continue)).Message;
            Assert.Contains(_run.Out("rec_dxy.csv"), message, StringComparison.Ordinal);
            Assert.Contains("Prealignment=Off", message, StringComparison.Ordinal);
            Assert.Equal(["rec.wav", "rec_filt.wav"], _run.Outputs());
        }
        else
        {
            Assert.All(_run.Run(Stay).Aligned.Displacements, static d => Assert.Equal((0.0, 0.0), (d.Dx, d.Dy)));
            Assert.Contains(_run.Warnings, static w => w.Contains("rec_dxy.csv' does not exist", StringComparison.Ordinal) && w.Contains("zero", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Displacements_of_other_images_stop_it_unless_pre_alignment_is_off(bool prealignment)
    {
        SetPrealignment(prealignment);
        _run.Parameters = _run.Parameters.With("Range", "[[0,6]]");

        if (prealignment)
        {
            string message = Assert.Throws<DataException>(() => _run.Run(Continue)).Message;
            Assert.Contains("8 displacements that do not fit the 7 images", message, StringComparison.Ordinal);
            Assert.Contains("Range", message, StringComparison.Ordinal);
        }
        else
        {
            Assert.All(_run.Run(Stay).Aligned.Displacements, static d => Assert.Equal((0.0, 0.0), (d.Dx, d.Dy)));
            Assert.Contains(_run.Warnings, static w => w.Contains("do not fit", StringComparison.Ordinal) && w.Contains("zero", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Broken_displacements_stop_it_even_when_pre_alignment_is_off()
    {
        File.WriteAllText(_run.Out("rec_dxy.csv"), "# Image displacements\n0,1\n");

        Assert.Contains("line 2", Assert.Throws<DataException>(() => _run.Run(Continue)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Foci_that_no_run_refined_are_not_missed()
    {
        RunResult result = _run.Run(Stay);

        Assert.Equal(_run.Parameters.SelectedFoci, result.Aligned.Series.Foci);
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public void Foci_that_an_earlier_run_refined_and_that_are_gone_leave_those_of_the_parameters_with_a_warning()
    {
        _run.Run(new RunOptions { StepAnalysis = true });
        File.Delete(_run.Out("rec_foci.csv"));
        _run.Messages.Clear();

        RunResult result = _run.Run(Stay);

        Assert.Equal(_run.Parameters.SelectedFoci, result.Aligned.Series.Foci);
        Assert.Contains(_run.Warnings, static w => w.Contains("rec_foci.csv' does not exist", StringComparison.Ordinal));
    }

    [Fact]
    public void Foci_of_other_images_leave_those_of_the_parameters_with_a_warning()
    {
        FocusFile.Write(_run.Out("rec_foci.csv"), Enumerable.Range(0, 5).Select(static n => new FrameFocus(n, n)));

        RunResult result = _run.Run(Stay);

        Assert.Equal(_run.Parameters.SelectedFoci, result.Aligned.Series.Foci);
        Assert.Contains("5 foci that do not fit the 8 images", Assert.Single(_run.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Foci_that_fit_are_taken()
    {
        FocusFile.Write(_run.Out("rec_foci.csv"), Enumerable.Range(0, 8).Select(static n => new FrameFocus(n, -195.5 + (19 * n))));

        RunResult result = _run.Run(Stay);

        Assert.Equal(Enumerable.Range(0, 8).Select(static n => -195.5 + (19 * n)), result.Aligned.Series.Foci);
        Assert.Empty(_run.Warnings);
    }

    [Fact]
    public void A_missing_wave_stops_it()
    {
        File.Delete(_run.Out("rec.wav"));

        Assert.Contains(_run.Out("rec.wav"), Assert.Throws<DataException>(() => _run.Run(Continue)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wave_of_another_shape_stops_it()
    {
        File.WriteAllBytes(_run.Out("rec.wav"), new byte[8 * 64 * 64]);

        Assert.Contains("64×72", Assert.Throws<DataException>(() => _run.Run(Continue)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_iterations_write_the_same_wave_again()
    {
        Dictionary<string, string> before = _run.Contents();

        _run.Run(Stay);

        Dictionary<string, string> after = _run.Contents();
        Assert.Equal(before["rec.wav"], after["rec.wav"]);
        Assert.Equal(before["rec_dxy.csv"], after["rec_dxy.csv"]);
    }

    private void SetPrealignment(bool on) =>
        _run.Parameters = _run.Parameters with { Alignment = _run.Parameters.Alignment with { Prealignment = on } };
}
