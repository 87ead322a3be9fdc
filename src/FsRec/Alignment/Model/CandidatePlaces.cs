namespace FsRec.Alignment;

/// <summary>The places that a frame might have: where it lies, and the highest peaks of its likelihood anywhere in the frame.</summary>
internal static class CandidatePlaces
{
    // A rival whose log-odds by the map are less is not looked at: the map is the likelihood's first order.
    private const double FarBelow = 2 * ModelAligner.Certain;
    private const int Most = 6;

    /// <summary>The best place of a frame by its forecast and its neighbours, or the one it has, and the others that it might have.</summary>
    /// <param name="points">The frames.</param>
    /// <param name="frame">The frame, whose forecast the workspace holds.</param>
    /// <param name="place">Where it lies.</param>
    /// <param name="workspace">The thread's memory.</param>
    /// <param name="tempered">The misfit by which the search is tempered.</param>
    /// <param name="prior">What is expected of its place.</param>
    /// <param name="evidence">By how much in log-likelihood another place must be better for the frame to move there.</param>
    public static ((double Dx, double Dy) Place, HeldFrame Held, RivalPlace[] Rivals) Search(
        AlignmentPoints points, int frame, (double Dx, double Dy) place, AlignmentWorkspace workspace, double[] tempered, DriftPrior prior, double evidence = ModelAligner.Certain)
    {
        FrameForecast forecast = workspace.Forecast;
        forecast.Weigh(tempered);
        workspace.Search.Take(frame, forecast.Weighted);
        workspace.Search.Map();
        List<(double Value, int X, int Y)> peaks = workspace.Search.Peaks(prior, Most);
        (double Dx, double Dy) here = workspace.Search.Refine(place);
        var places = new List<((double Dx, double Dy) Place, HeldFrame Held, double Value)> { Value(here) };
        foreach ((double value, int x, int y) in peaks)
        {
            if (FramePlaces.Distance((x, y), here) > PlaceSearch.Apart
                && Tempered(value - peaks[0].Value, workspace.Search.Scatter((x, y), (peaks[0].X, peaks[0].Y))) > -FarBelow)
            {
                places.Add(Value(workspace.Search.Refine((x, y))));
            }
        }

        int best = 0;
        double most = 0;
        for (int i = 1; i < places.Count; i++)
        {
            double odds = LogOdds(places[i], places[0]);
            (best, most) = odds > evidence && odds > most ? (i, odds) : (best, most);
        }

        return (
            places[best].Place,
            places[best].Held,
            [.. places.Where((_, i) => i != best).Select(p => new RivalPlace(p.Place.Dx, p.Place.Dy, Math.Exp(LogOdds(p, places[best]))))]);

        ((double, double) Place, HeldFrame Held, double Value) Value((double Dx, double Dy) at)
        {
            var held = HeldFrame.At(points, frame, at, forecast);
            return (at, held, held.LogLikelihood);
        }

        double LogOdds(((double Dx, double Dy) Place, HeldFrame Held, double Value) a, ((double Dx, double Dy) Place, HeldFrame Held, double Value) b) =>
            Tempered(a.Value - b.Value, workspace.Search.Scatter(a.Place, b.Place))
            + prior.LogAt(a.Place.Dx, a.Place.Dy) - prior.LogAt(b.Place.Dx, b.Place.Dy);
    }

    /// <summary>
    /// The log-odds that a difference D of log-likelihoods stands for. It is normally distributed about ±m with a variance σ², by which its log-odds are
    /// 2mD/σ²; of independent frequencies whose variance is known σ² is 2m, and they are D. Where few strong beams, of which the theory misses something,
    /// make D, the scatter of the frequencies' own differences is larger: 2D²/σ².
    /// </summary>
    /// <param name="difference">D.</param>
    /// <param name="variance">σ².</param>
    internal static double Tempered(double difference, double variance) =>
        Math.Sign(difference) * Math.Min(Math.Abs(difference), 2 * difference * difference / Math.Max(variance, double.Epsilon));
}
