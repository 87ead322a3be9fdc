using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>Frames that get no place of their own: those that say too little for it, and strays.</summary>
internal static class PlacelessFrames
{
    // Times the logarithm of the number of places: noise alone has a peak as high as that of a prediction of once this power.
    private const double FaintPower = 2;

    // Times ln M: chance among M places has a gain of once this, in each of the rounds that find structure in it.
    private const double WeakGain = 10;

    // A frame is a stray that lies farther, in px, from where its neighbours expect it, and where no more than one in so many is.
    private const double Stray = 10;
    private const int MostStrays = 8;

    /// <summary>Whether a frame that votes is so weak that it might lie where chance would have it.</summary>
    /// <param name="points">The frames.</param>
    /// <param name="frames">Where they lie.</param>
    /// <param name="held">The frames as they were held last.</param>
    public static bool AnyWeak(AlignmentPoints points, FramePlaces frames, HeldSeries held) =>
        held.Frames.Where((_, n) => frames.Votes[n]).Any(h => h.Gain < WeakGain * Chance(points));

    /// <summary>
    /// The frames that say too little. An expected image of the power P = Σ |ŷ|²/V raises the log-likelihood of the right place to 2P on
    /// average, noise that of any by √(2P), and among M places noise has a peak at √(4P ln M): a frame of P below ln M is found where chance
    /// would have it, and of frames of nothing but noise chance makes structure.
    /// </summary>
    /// <param name="points">The frames.</param>
    /// <param name="frames">Where they lie.</param>
    /// <param name="held">The frames as they are held last.</param>
    /// <param name="undetermined">Frames that the data do not determine; where they are most, those of them that say little are faint as well.</param>
    public static bool[] Faint(AlignmentPoints points, FramePlaces frames, HeldSeries held, IReadOnlyList<bool> undetermined)
    {
        bool most = 2 * undetermined.Count(static u => u) > undetermined.Count;
        return [.. held.Frames.Select((h, n) =>
            frames.Votes[n] && (h.Power < FaintPower * Chance(points) || (most && undetermined[n] && h.Gain < WeakGain * Chance(points))))];
    }

    /// <summary>Places of frames next to where their neighbours expect those that say too little.</summary>
    /// <param name="frames">Where they lie.</param>
    /// <param name="faint">Which say too little.</param>
    /// <param name="held">The frames as they are held last.</param>
    /// <param name="forecaster">What the others say of a frame.</param>
    /// <param name="workspaces">The threads' memory.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static (double Dx, double Dy)[] Placed(
        FramePlaces frames, bool[] faint, HeldSeries held, Forecaster forecaster, PerWorker<AlignmentWorkspace> workspaces, int threads, CancellationToken cancellationToken)
    {
        bool[] without = [.. frames.Votes.Zip(faint, static (votes, weak) => !votes || weak)];
        if (!without.Contains(false))
        {
            return new (double, double)[frames.Count];
        }

        (double, double)[] places = [.. frames.Places];
        FrameLoop.Run(places.Length, threads, cancellationToken, (worker, n) =>
        {
            if (faint[n])
            {
                AlignmentWorkspace w = workspaces[worker];
                forecaster.Into(n, w, null, refresh: false);
                w.Forecast.Weigh(held.Frames[n].Misfit);
                w.Search.Take(n, w.Forecast.Weighted);
                places[n] = w.Search.Refine(frames.Of(n, without));
            }
        });
        return places;
    }

    /// <summary>
    /// Frames that lie so far from all others that the reference area does not lie in them, a few of them: a frame that was recorded elsewhere
    /// must not keep the others from being reconstructed. Of more of them the drift is too large for the area.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="frames">Where the frames lie.</param>
    /// <param name="displacements">The same, mean-free.</param>
    public static int[] Strays(FocalSeries series, FramePlaces frames, IReadOnlyList<FrameDisplacement> displacements)
    {
        int[] strays = [.. Enumerable.Range(0, frames.Count).Where(n => frames.Votes[n] && !DriftCheck.Fits(series.ReferenceArea, series.Calibration, displacements[n]))];
        return MostStrays * strays.Length > frames.Count || strays.Any(n => FramePlaces.Distance(frames.Places[n], frames.Expected(n)) < Stray) ? [] : strays;
    }

    private static double Chance(AlignmentPoints points) => Math.Log((double)points.Transform.Rows * points.Transform.Columns);
}
