using System.Diagnostics;
using FsRec.Runs;

namespace FsRec.Watching;

/// <summary>Tells who follows a series why nothing comes: what is wrong, each once, and, as long as there is no frame at all, what is waited for.</summary>
/// <param name="context">Who is told.</param>
/// <param name="patience">Time after which it is told.</param>
internal sealed class WaitTold(RunContext context, TimeSpan patience)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private string? _text;
    private long _since;
    private bool _isSaid;

    /// <summary>Takes why there is no frame at this look.</summary>
    /// <param name="why">Why.</param>
    /// <param name="frames">Frames so far.</param>
    public void Hear(Awaited? why, int frames)
    {
        if (why is null)
        {
            return;
        }

        // What is another thing at each look, as a file that grows, is under way.
        if (why.Text != _text)
        {
            (_text, _since, _isSaid) = (why.Text, Stopwatch.GetTimestamp(), false);
            return;
        }

        if (why.IsFault && !_isSaid)
        {
            _isSaid = true;
            context.Tell($"Waiting: {why.Text}");
        }

        if (Stopwatch.GetElapsedTime(_since) > patience)
        {
            Warn(why, frames, "is waited for");
        }
    }

    /// <summary>Takes that a frame has come.</summary>
    public void Clear() => _text = null;

    /// <summary>Takes that none is waited for any more.</summary>
    /// <param name="why">Why the last one did not come.</param>
    /// <param name="frames">Frames so far.</param>
    public void End(Awaited? why, int frames)
    {
        if (why is not null)
        {
            Warn(why, frames, "did not come");
        }
    }

    // That a frame is not recorded yet everybody knows who has seen some.
    private void Warn(Awaited why, int frames, string how)
    {
        if ((why.IsFault || frames == 0) && _told.Add(why.Text))
        {
            context.Warn(WarningIds.SeriesNotWhole, $"{(frames == 0 ? "The first frame" : $"A frame after {frames}")} {how}: {why.Text}");
        }
    }
}
