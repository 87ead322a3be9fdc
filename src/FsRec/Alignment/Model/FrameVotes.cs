namespace FsRec.Alignment;

/// <summary>
/// Judges which frames vote on the wave. Not those that do not belong to the others: blank and constant ones, those of another specimen, those
/// of a blanked beam; not clipped ones; of copies of one picture only that which shows what the others predict. A frame belongs if it is likelier with what the others predict for it than without, by groups of rings and whatever
/// its noise and contrast; and only where the prediction is strong enough to tell.
/// </summary>
internal sealed class FrameVotes
{
    // Of the usual noise: a frame of less than this has been smoothed, averaged or made, and would outvote all others.
    private const double LeastNoise = 0.1;

    // A frame of so much more noise than most says nothing.
    private const double NoiseRatio = 25;

    // Times ln M: what a prediction must be able to gain for its absence to tell.
    private const double Telling = 4;

    // Shares of what a prediction should gain: where that is lost, the frame shows something else.
    private const double Lost = 0.1;
    private const double LostInGrowth = 0.25;

    // A frame whose share lies so many standard deviations below the others' is another one; shares scatter by some per cent at least.
    private const double Deviations = 5;
    private const double LeastScatter = 0.03;

    // Of the usual frame's contrast: a frame of less lies where the contrast reverses. Sound ones there have 0.1, exchanged ones 0.8 and more.
    private const double LittleContrast = 0.5;

    private readonly double[] _noise;
    private readonly double _usualNoise;
    private readonly double _chance;
    private readonly double[] _alone;
    private readonly double[] _contrast;
    private readonly double _usualContrast;
    private readonly (int First, int Second)[] _copies;
    private readonly bool[] _copied;
    private readonly bool[] _saturated;
    private bool[]? _falseCopies;
    private double[]? _usualMisfit;
    private double _usualGain;
    private double _leastShare = double.NegativeInfinity;

    /// <summary>Takes the frames, the variance of each one's noise, and which of them have been clipped.</summary>
    public FrameVotes(AlignmentPoints points, IReadOnlyList<double> noise, bool[] saturated)
    {
        _saturated = saturated;
        _noise = [.. noise];
        _usualNoise = noise.Order().ElementAt(noise.Count / 2);
        _chance = Math.Log((double)points.Transform.Rows * points.Transform.Columns);
        Quiet = [.. noise.Select(v => v < LeastNoise * _usualNoise)];
        Noise = [.. noise.Select(v => Math.Max(v, LeastNoise * _usualNoise))];
        NoMisfit = new double[points.Groups];
        Array.Fill(NoMisfit, 1);
        double[][] powers = [.. Enumerable.Range(0, points.Frames).Select(n => Powers(points, n))];
        _alone = [.. powers.Select(p => -p.Zip(points.GroupCounts, static (power, count) => count * Math.Log(power + 1e-30)).Sum())];
        _contrast = [.. powers.Select((p, n) => p.Zip(points.GroupCounts, (power, count) => count * Math.Log(1 + Math.Max(0, (power / Noise[n]) - 1))).Sum())];
        _usualContrast = _contrast.Order().ElementAt(points.Frames / 2);
        Strongest = [.. Enumerable.Range(0, points.Frames).OrderByDescending(n => _contrast[n])];
        _copies = Copies(points);
        _copied = [.. Enumerable.Range(0, points.Frames).Select(n => _copies.Any(c => c.First == n || c.Second == n))];
    }

    /// <summary>Variance of each frame's noise, at least a share of the usual one.</summary>
    public double[] Noise { get; }

    /// <summary>Frames of less noise than the others allow.</summary>
    public bool[] Quiet { get; }

    /// <summary>The frames, that of most signal first.</summary>
    public int[] Strongest { get; }

    /// <summary>A misfit of 1 in each group.</summary>
    public double[] NoMisfit { get; }

    /// <summary>
    /// Which frames vote before anything is known of their places. Not copies of one picture: they would predict one another, noise and all,
    /// whatever they show. Which of them votes is decided when they are first held against the others, none of them among those.
    /// </summary>
    public bool[] Begin()
    {
        _falseCopies = null;
        return UnlessMost([.. Enumerable.Range(0, _noise.Length).Select(n => !_copied[n] && !_saturated[n])]);
    }

    /// <summary>Log-likelihood of a frame of which nothing is predicted but its own power spectrum.</summary>
    public double Alone(int frame) => _alone[frame];

    /// <summary>
    /// Whether a frame shows what a wave of few frames predicts for it, or the prediction is too weak to tell. Of a blank frame the gain is all of
    /// what is expected, lost; of another image as strong as the prediction no less than 0.29 of it.
    /// </summary>
    public bool BelongsRoughly(HeldFrame held) => held.Gain > -LostInGrowth * held.ExpectedGain || held.ExpectedGain < Telling * _chance;

    // What the theory misses is a share of the usual frame's contrast: of a frame between the two signs of contrast it may be more than the rest. A
    // frame of as little contrast belongs if it shows so much of what is predicted, however little, as chance does not make at any place.
    private bool Belongs(int frame, HeldFrame held) =>
        held.Gain > Math.Max(-Lost * _usualGain, Math.Min(0, _leastShare * held.ExpectedGain))
        || !Tells(held)
        || (_contrast[frame] < LittleContrast * _usualContrast && held.ShownGain > _chance + ModelAligner.Certain);

    private bool Tells(HeldFrame held) => held.ExpectedGain >= Telling * _chance;

    /// <summary>
    /// The share of what its prediction should gain that a frame has at least, by the others': the median less five standard deviations, as the median of
    /// the distances from it has them. Where the theory misses little, a frame is lost sooner than where it misses much of all.
    /// </summary>
    private double LeastShare(IReadOnlyList<HeldFrame> held)
    {
        double[] shares = [.. held.Where(Tells).Select(static h => h.Gain / h.ExpectedGain).Order()];
        if (shares.Length == 0)
        {
            return double.NegativeInfinity;
        }

        double median = shares[shares.Length / 2];
        double scatter = shares.Select(s => Math.Abs(s - median)).Order().ElementAt(shares.Length / 2);
        return median - (Deviations * 1.4826 * Math.Max(scatter, LeastScatter));
    }

    /// <summary>Which frames vote: all where half of them or more would not, as of two parties nobody can say which belongs.</summary>
    public bool[] Votes(IReadOnlyList<HeldFrame> held)
    {
        _usualGain = held.Select(static h => h.ExpectedGain).Order().ElementAt(held.Count / 2);
        _falseCopies ??= FalseCopies(held);
        _leastShare = LeastShare(held);
        bool[] votes = UnlessMost([.. held.Select((h, n) => MayVote(n) && Belongs(n, h))]);
        _usualMisfit = [.. NoMisfit.Select((_, g) => held.Where((_, n) => votes[n]).Select(h => h.Misfit[g]).Order().ElementAt(votes.Count(static v => v) / 2))];
        return votes;
    }

    /// <summary>Whether nothing speaks against a frame but what it shows: its noise is not out of all proportion, it is not clipped and no copy.</summary>
    public bool MayVote(int frame) => _noise[frame] <= NoiseRatio * _usualNoise && !_saturated[frame] && !(_falseCopies?[frame] ?? false);

    /// <summary>
    /// Whether a frame may have another focus than it is said to have: it does not belong, or is no likelier with its prediction than without, though that is
    /// strong enough to tell.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="votes">Whether it votes.</param>
    /// <param name="held">The frame as it was held last.</param>
    public bool IsDoubtful(int frame, bool votes, HeldFrame held) => MayVote(frame) && (!votes || (Tells(held) && held.Gain < 0));

    /// <summary>Whether a frame that does not belong as it is does at another focus: the prediction there can tell, and the frame shows it.</summary>
    /// <param name="held">The frame at that focus, where it lies best.</param>
    /// <param name="foci">Number of foci that were tried.</param>
    public bool BelongsAt(HeldFrame held, int foci) =>
        Tells(held)
        && held.Gain > Math.Max(0, _leastShare * held.ExpectedGain)
        && held.ShownGain > _chance + Math.Log(foci) + ModelAligner.Certain;

    /// <summary>The misfit of the usual frame in each group.</summary>
    public double[] UsualMisfit => _usualMisfit ?? NoMisfit;

    /// <summary>The misfit by which a search over the whole frame is tempered: a frame in a wrong place differs by more than it would in the right one.</summary>
    public double[] Tempered(HeldFrame present) =>
        _usualMisfit is null ? present.Misfit : [.. present.Misfit.Zip(_usualMisfit, Math.Min)];

    private static bool[] UnlessMost(bool[] votes)
    {
        if (2 * votes.Count(static v => v) <= votes.Length)
        {
            Array.Fill(votes, true);
        }

        return votes;
    }

    /// <summary>Of every two copies the one that shows less of what the others predict for it.</summary>
    private bool[] FalseCopies(IReadOnlyList<HeldFrame> held)
    {
        var copies = new bool[held.Count];
        foreach ((int first, int second) in _copies)
        {
            copies[held[first].Gain < held[second].Gain ? first : second] = true;
        }

        return copies;
    }

    private static double[] Powers(AlignmentPoints points, int frame)
    {
        var power = new double[points.Groups];
        PointPairs data = points.Data(frame);
        for (int i = 0; i < data.Length; i++)
        {
            power[points.Group[i]] += ((double)data[i].Re * data[i].Re) + ((double)data[i].Im * data[i].Im);
        }

        return [.. power.Zip(points.GroupCounts, static (sum, count) => sum / Math.Max(1, count))];
    }

    /// <summary>Frames that are the same picture: not even their noise differs.</summary>
    private static (int, int)[] Copies(AlignmentPoints points)
    {
        var copies = new List<(int, int)>();
        for (int m = 0; m < points.Frames; m++)
        {
            for (int n = m + 1; n < points.Frames; n++)
            {
                if (Same(points.Data(m), points.Data(n)))
                {
                    copies.Add((m, n));
                }
            }
        }

        return [.. copies];
    }

    private static bool Same(PointPairs a, PointPairs b)
    {
        (double difference, double sum) = (0, 0);
        for (int i = 0; i < a.Length; i++)
        {
            (double re, double im) = (a[i].Re - b[i].Re, a[i].Im - b[i].Im);
            difference += (re * re) + (im * im);
            sum += ((double)a[i].Re * a[i].Re) + ((double)a[i].Im * a[i].Im);
            if ((i & 63) == 63 && difference > 1e-8 * sum)
            {
                return false;
            }
        }

        return sum > 0 && difference < 1e-8 * sum;
    }
}
