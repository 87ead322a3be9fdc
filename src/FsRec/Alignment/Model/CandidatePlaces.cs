namespace FsRec.Alignment;

/// <summary>The places that a frame might have: where it lies, and the highest peaks of its likelihood anywhere in the frame.</summary>
internal static class CandidatePlaces
{
    // A rival whose peak in the map is lower by more is not looked at: the map is the likelihood's first order.
    private const double FarBelow = 40;
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
        workspace.Search.Map(frame, forecast.Weighted);
        List<(double Value, int X, int Y)> peaks = workspace.Search.Peaks(prior, Most);
        (double Dx, double Dy) here = workspace.Search.Refine(frame, forecast.Weighted, place);
        var places = new List<((double Dx, double Dy) Place, HeldFrame Held, double Value)> { Value(here) };
        foreach ((double value, int x, int y) in peaks)
        {
            if (value > peaks[0].Value - FarBelow && FramePlaces.Distance((x, y), here) > PlaceSearch.Apart)
            {
                places.Add(Value(workspace.Search.Refine(frame, forecast.Weighted, (x, y))));
            }
        }

        int best = 0;
        for (int i = 1; i < places.Count; i++)
        {
            best = places[i].Value > places[0].Value + evidence && places[i].Value > places[best].Value ? i : best;
        }

        return (
            places[best].Place,
            places[best].Held,
            [.. places.Where((_, i) => i != best).Select(p => new RivalPlace(p.Place.Dx, p.Place.Dy, Math.Exp(p.Value - places[best].Value)))]);

        ((double, double), HeldFrame, double) Value((double Dx, double Dy) at)
        {
            var held = HeldFrame.At(points, frame, at, forecast);
            return (at, held, held.LogLikelihood + prior.LogAt(at.Dx, at.Dy));
        }
    }
}
