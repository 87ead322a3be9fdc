using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Tests.Runs;

/// <summary>Results of a finished run, where a stopped one is to be taken up and there is none.</summary>
public sealed class FinishedResultsTests : IDisposable
{
    private readonly RunFolder _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_wave_restored_by_more_is_not_replaced_by_one_restored_by_less()
    {
        _run.Run(new RunOptions { Method = RestorationMethod.Wiener });
        Dictionary<string, string> before = _run.Contents();

        var exception = Assert.Throws<DataException>(() => _run.Run(new RunOptions { Resume = true }));

        Assert.Contains("with Restoration=Wiener, and a run with Restoration=Linear would replace them", exception.Message, StringComparison.Ordinal);
        Assert.Contains("add --set Restoration=Wiener", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, _run.Contents());
        // With the same options, as a script runs it again, and on from what is there.
        _run.Run(new RunOptions { Method = RestorationMethod.Wiener, Resume = true });
        Assert.Equal(before, _run.Contents());
        Assert.Contains(_run.Messages, static m => !m.IsWarning && m.Text.Contains("made again and replaced", StringComparison.Ordinal));
        _run.Run(new RunOptions { UsePrevious = true, Resume = true, Iterations = 1 });
    }

    [Fact]
    public void An_analysis_that_came_later_does_not_hide_what_the_wave_was_restored_by()
    {
        _run.Run(new RunOptions { Method = RestorationMethod.Wiener });
        _run.Run(new RunOptions { Autofocus = true });

        Assert.Throws<DataException>(() => _run.Run(new RunOptions { Resume = true }));
    }

    [Fact]
    public void Results_of_other_frames_or_of_less_are_replaced()
    {
        _run.Run(new RunOptions { Method = RestorationMethod.Wiener });
        RawFrameFile.Write(_run.In("img_002.raw"), _run.Frames[2]);
        File.SetLastWriteTimeUtc(_run.In("img_002.raw"), DateTime.UtcNow.AddMinutes(1));

        _run.Run(new RunOptions { Resume = true });
        _run.Run(new RunOptions { Method = RestorationMethod.Wiener, Resume = true });
    }
}
