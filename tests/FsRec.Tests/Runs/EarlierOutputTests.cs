using FsRec.Formats;
using FsRec.Runs;

namespace FsRec.Tests.Runs;

/// <summary>What is read of earlier runs: files of one run, such as can be its, and none that were changed since.</summary>
public sealed class EarlierOutputTests : IDisposable
{
    private readonly RunFolder _run = new(drift: true);

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Foci_of_an_older_run_go_with_it()
    {
        _run.Run();
        _run.Run(new RunOptions { StepAnalysis = true });
        Assert.Contains("rec_foci.csv", _run.Outputs());
        // They are of the wave that was analysed, and a run that continues it takes them.
        _run.Run(new RunOptions { UsePrevious = true, Iterations = 0 });
        Assert.Contains(_run.Messages, static m => m.Text.StartsWith("Foci from", StringComparison.Ordinal));
        Assert.Contains("rec_foci.csv", _run.Outputs());

        _run.Run();

        Assert.DoesNotContain("rec_foci.csv", _run.Outputs());
        _run.Run(new RunOptions { UsePrevious = true, Iterations = 0 });
        Assert.DoesNotContain(_run.Messages, static m => m.Text.StartsWith("Foci from", StringComparison.Ordinal));
    }

    [Fact]
    public void Foci_that_nobody_recorded_stay_but_are_not_taken_for_those_of_a_later_run()
    {
        Directory.CreateDirectory(_run.Out(""));
        FocusFile.Write(_run.Out("rec_foci.csv"), Enumerable.Range(0, 8).Select(static n => new FrameFocus(n, -195 + (19 * n))));
        _run.Run();

        RunResult next = _run.Run(new RunOptions { UsePrevious = true, Iterations = 0 });

        Assert.Contains("rec_foci.csv", _run.Outputs());
        Assert.Equal(_run.Parameters.SelectedFoci, next.Aligned.Series.Foci);
        Assert.Contains(_run.Warnings, static w => w.Contains("is not of the run", StringComparison.Ordinal));
        // Put there afterwards, they are meant.
        FocusFile.Write(_run.Out("rec_foci.csv"), Enumerable.Range(0, 8).Select(static n => new FrameFocus(n, -196 + (19 * n))));
        Assert.Equal(-196, _run.Run(new RunOptions { UsePrevious = true, Iterations = 0 }).Aligned.Series.Foci[0]);
    }

    [Fact]
    public void Displacements_of_a_pre_alignment_are_not_those_of_the_wave_beside_them()
    {
        _run.Run(new RunOptions { Iterations = 4 });
        _run.Run(new RunOptions { PrealignOnly = true });

        string message = Assert.Throws<DataException>(() => _run.Run(new RunOptions { UsePrevious = true, Iterations = 1 })).Message;

        Assert.Contains("rec.wav", message, StringComparison.Ordinal);
        Assert.Contains("do not belong together", message, StringComparison.Ordinal);
        // The wave is not lost, and sums need none.
        Assert.Contains("rec.wav", _run.Outputs());
        _run.Run(new RunOptions { UsePrevious = true, Boxcar = 2 });
    }

    // Which of them was given, a reconstruction that reads no earlier results is what helps; without --useprevious alone, --stepanalysis would read them again.
    [Theory]
    [InlineData("--useprevious")]
    [InlineData("--stepanalysis")]
    [InlineData("--autofocus")]
    public void After_a_pre_alignment_the_advice_leads_out(string option)
    {
        RunOptions options = new() { UsePrevious = option == "--useprevious", StepAnalysis = option == "--stepanalysis", Autofocus = option == "--autofocus" };
        _run.Run(new RunOptions { Iterations = 2 });
        _run.Run(new RunOptions { PrealignOnly = true });

        // The autofocus looks at the wave alone.
        string message = Assert.ThrowsAny<DataException>(() => _run.Run(options)).Message;

        Assert.EndsWith("Run a reconstruction from the frames first, with none of --useprevious, --stepanalysis and --autofocus.", message, StringComparison.Ordinal);
        _run.Run(new RunOptions { Iterations = 2 });
        _run.Run(options with { Iterations = options.UsePrevious ? 1 : null });
    }

    [Fact]
    public void Files_that_were_changed_after_the_run_are_told()
    {
        _run.Run();
        DisplacementFile.Write(_run.Out("rec_dxy.csv"), Enumerable.Range(0, 8).Select(static n => new FrameDisplacement(n, 0.1 * n, 0)));

        _run.Run(new RunOptions { UsePrevious = true, Iterations = 0 });

        Assert.Contains(_run.Warnings, static w => w.Contains("rec_dxy.csv", StringComparison.Ordinal) && w.Contains("changed afterwards", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("zeros")]
    [InlineData("scaled")]
    [InlineData("far")]
    [InlineData("micrometres")]
    public void What_cannot_be_of_an_earlier_run_is_not_continued(string what)
    {
        _run.Run();
        byte[] wave = File.ReadAllBytes(_run.Out("rec.wav"));
        switch (what)
        {
            case "zeros":
                File.WriteAllBytes(_run.Out("rec.wav"), new byte[wave.Length]);
                break;
            case "scaled":
                float[] values = [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(wave).ToArray().Select(static v => v * 200)];
                File.WriteAllBytes(_run.Out("rec.wav"), System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
                break;
            case "far":
                File.WriteAllText(_run.Out("rec_dxy.csv"), "# d\n" + string.Concat(Enumerable.Range(0, 8).Select(static n => $"{n},1e300,0\n")));
                break;
            default:
                FocusFile.Write(_run.Out("rec_foci.csv"), Enumerable.Range(0, 8).Select(static n => new FrameFocus(n, -0.2 + (0.02 * n))));
                break;
        }

        string message = Assert.Throws<DataException>(() => _run.Run(new RunOptions { UsePrevious = true, Iterations = 1 })).Message;

        Assert.Contains(what switch { "far" => "rec_dxy.csv", "micrometres" => "rec_foci.csv", _ => "rec.wav" }, message, StringComparison.Ordinal);
    }
}
