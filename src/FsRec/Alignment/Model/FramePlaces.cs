namespace FsRec.Alignment;

/// <summary>Where the frames of a series lie, which of them vote, and what those around a frame expect of its place.</summary>
internal sealed class FramePlaces
{
    private const double LeastUnevenness = 0.5;

    /// <summary>A drift from frame to frame is rarely more px, while nothing else is known of it.</summary>
    public const double UsualStep = 4;

    /// <summary>All frames vote and lie at 0.</summary>
    /// <param name="frames">Number of frames.</param>
    public FramePlaces(int frames)
    {
        Places = new (double, double)[frames];
        Votes = new bool[frames];
        Array.Fill(Votes, true);
    }

    /// <summary>Where the frames lie.</summary>
    public (double Dx, double Dy)[] Places { get; set; }

    /// <summary>Which frames make the wave.</summary>
    public bool[] Votes { get; set; }

    /// <summary>Number of frames.</summary>
    public int Count => Places.Length;

    /// <summary>The frames without a vote.</summary>
    public bool[] WithoutVote => [.. Votes.Select(static v => !v)];

    /// <summary>How far two places are apart in px.</summary>
    public static double Distance((double Dx, double Dy) a, (double Dx, double Dy) b) =>
        Math.Sqrt(((a.Dx - b.Dx) * (a.Dx - b.Dx)) + ((a.Dy - b.Dy) * (a.Dy - b.Dy)));

    /// <summary>Where a frame lies; of one without a place of its own, what the nearest on both sides that have one expect.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="without">Which frames have no place of their own.</param>
    public (double Dx, double Dy) Of(int frame, bool[] without)
    {
        int before = Array.FindLastIndex(without, frame, static f => !f);
        int after = Array.FindIndex(without, frame, static f => !f);
        if (before < 0 && after < 0)
        {
            return Places[frame];
        }

        (double Dx, double Dy) a = Places[before >= 0 ? before : after];
        (double Dx, double Dy) b = Places[after >= 0 ? after : before];
        return ((a.Dx + b.Dx) / 2, (a.Dy + b.Dy) / 2);
    }

    /// <summary>Where the frames on both sides expect a frame.</summary>
    public (double Dx, double Dy) Expected(int frame)
    {
        bool[] without = WithoutVote;
        (double Dx, double Dy) before = Of(frame == 0 ? Math.Min(1, Count - 1) : frame - 1, without);
        (double Dx, double Dy) after = Of(frame == Count - 1 ? Math.Max(0, frame - 1) : frame + 1, without);
        return ((before.Dx + after.Dx) / 2, (before.Dy + after.Dy) / 2);
    }

    /// <summary>The step to a frame from the one before; frames without a vote lie where those around them expect them.</summary>
    public (double Dx, double Dy) Step(int frame)
    {
        bool[] without = WithoutVote;
        ((double Dx, double Dy) from, (double Dx, double Dy) to) = (Of(frame - 1, without), Of(frame, without));
        return (to.Dx - from.Dx, to.Dy - from.Dy);
    }

    /// <summary>The step to a frame that the steps on both sides expect.</summary>
    public (double Dx, double Dy) ExpectedStep(int frame)
    {
        (double x, double y, int count) = (0, 0, 0);
        foreach (int m in new[] { frame - 1, frame + 1 }.Where(m => m > 0 && m < Count))
        {
            (double dx, double dy) = Step(m);
            (x, y, count) = (x + dx, y + dy, count + 1);
        }

        return count == 0 ? (0, 0) : (x / count, y / count);
    }

    /// <summary>How far frames usually lie from where those on both sides expect them, in px: the median, at least half a pixel.</summary>
    public double UsualUnevenness()
    {
        double[] away = [.. Enumerable.Range(0, Count).Where(n => Votes[n]).Select(n => Distance(Places[n], Expected(n))).Order()];
        return away.Length == 0 ? UsualStep : Math.Clamp(away[away.Length / 2], LeastUnevenness, UsualStep);
    }

    /// <summary>What is expected of a frame's place by those around it.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="usual">See <see cref="UsualUnevenness"/>.</param>
    public DriftPrior Prior(int frame, double usual) => new(Expected(frame).Dx, Expected(frame).Dy, usual);
}
