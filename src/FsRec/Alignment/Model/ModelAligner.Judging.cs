namespace FsRec.Alignment;

// What the frames say of one another where they lie.
internal sealed partial class ModelAligner
{
    private const int JudgingRounds = 2;

    /// <summary>Judges the frames where they lie, and takes off what they hold beyond the linear theory if they predict one another no worse without.</summary>
    public void Judge()
    {
        HeldSeries held = Hold(everywhere: false, refresh: false, find: false);
        for (int round = 0; round < JudgingRounds; round++)
        {
            Accept(held);
            held = Hold(everywhere: false, refresh: false, find: false);
        }

        AlignmentState before = State;
        TakeBeyondOff();
        HeldSeries without = Hold(everywhere: false, refresh: true, find: false);
        if (without.LogLikelihood < held.LogLikelihood)
        {
            Restore(before);
        }
        else
        {
            // A frame near the reversal of contrast shows little else than what is beyond the linear theory.
            held = without;
            Accept(held);
        }

        WeighFoci(held);
    }

    /// <summary>
    /// Weighs the likelihood of frames that do not belong, or that show less than nothing of what is predicted for them, over a range of foci. One that
    /// belongs at another focus than its own, as the first frame after a backlash of the lens, is taken in there.
    /// </summary>
    /// <param name="held">The frames as they were held last.</param>
    /// <returns>Whether there was one.</returns>
    public bool WeighFoci(HeldSeries held)
    {
        (int Frame, FocusFit Fit)[] found = _search.Among(held, _foci, Fill);
        foreach ((int n, FocusFit fit) in found)
        {
            _foci.Set(n, fit.Focus);
            _evidence.Beyond[n] = fit.Beyond;
            (_frames.Votes[n], _frames.Places[n]) = (true, fit.Place);
        }

        if (found.Length == 0)
        {
            return false;
        }

        Fill();
        Accept(Hold(everywhere: false, refresh: false, find: false));
        return true;
    }

    /// <summary>What the others say of each frame's place.</summary>
    /// <param name="together">Whether places that frames may have together with all that follow are looked at as well.</param>
    public IReadOnlyList<PlaceJudgement> Judgements(bool together)
    {
        (double Dx, double Dy)[] spread = together ? PartMoves.Spread(Parts(), _series.Foci) : new (double, double)[_points.Frames];
        var judgements = new PlaceJudgement[_points.Frames];
        double usual = _frames.UsualUnevenness();
        FrameLoop.Run(judgements.Length, _threads, _cancellationToken, (worker, n) =>
        {
            AlignmentWorkspace w = _workspaces[worker];
            _forecaster.Into(n, w, null, refresh: false);
            var present = HeldFrame.At(_points, n, _frames.Places[n], w.Forecast);
            (_, _, RivalPlace[] rivals) = CandidatePlaces.Search(
                _points, n, _frames.Places[n], w, _judge.Tempered(present), _frames.Prior(n, usual), double.PositiveInfinity);
            w.Forecast.Weigh(present.Misfit);
            w.Search.Take(n, w.Forecast.Weighted);
            (double xx, double yy) = w.Search.Covariance(_frames.Places[n]);
            judgements[n] = new PlaceJudgement(IsOutlier(n), Math.Sqrt(xx), Math.Sqrt(yy), rivals)
            {
                Together = spread[n],
                MayVote = _judge.MayVote(n),
                Fitting = FittingFocus(n) is { } focus ? (focus, _frames.Places[n].Dx, _frames.Places[n].Dy) : null,
            };
        });
        return judgements;
    }
}
