namespace FsRec.Alignment;

/// <summary>
/// Takes the frames of a series in one after the other, outwards from one of them. A frame that does not show what is expected of it is passed over.
/// </summary>
internal sealed class AlignmentGrowth(
    AlignmentPoints points,
    ModelEvidence evidence,
    FrameVotes judge,
    FramePlaces places,
    PerWorker<AlignmentWorkspace> workspaces,
    int threads,
    IProgress<RunProgress>? progress,
    CancellationToken cancellationToken)
{
    /// <summary>Grows from a frame; the evidence holds none before.</summary>
    /// <param name="first">The frame to begin with.</param>
    /// <returns>How many frames were passed over.</returns>
    public int From(int first)
    {
        int last = first;
        int passed = 0;
        evidence.Add(first, (0, 0));
        while (first > 0 || last < points.Frames - 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int[] next = [.. new[] { first - 1, last + 1 }.Where(n => n >= 0 && n < points.Frames)];
            var found = new ((double Dx, double Dy) Place, double Lead, HeldFrame Held)[next.Length];
            int near = first;
            int far = last;
            FrameLoop.Run(
                next.Length, threads, cancellationToken, (worker, i) => found[i] = Find(next[i], places.Places[next[i] < near ? near : far], workspaces[worker]));
            int chosen = next.Length == 2 && found[1].Lead > found[0].Lead ? 1 : 0;
            int taken = next[chosen];
            (first, last) = (Math.Min(first, taken), Math.Max(last, taken));
            if (last - first > 1 && !judge.BelongsRoughly(found[chosen].Held))
            {
                places.Places[taken] = places.Places[taken == first ? first + 1 : last - 1];
                places.Votes[taken] = false;
                passed++;
            }
            else
            {
                places.Places[taken] = found[chosen].Place;
                if (places.Votes[taken])
                {
                    evidence.Add(taken, places.Places[taken]);
                }
            }

            progress?.Report(new RunProgress("Pre-alignment, from frame to frame", last - first, points.Frames - 1));
        }

        return passed;
    }

    private ((double Dx, double Dy) Place, double Lead, HeldFrame Held) Find(int frame, (double Dx, double Dy) near, AlignmentWorkspace w)
    {
        // A wave of few frames is too far off for products of its beams.
        evidence.Predict(frame, w.Forecast);
        w.Forecast.Complete(frame, null, Forecaster.Kappa, 0);
        w.Forecast.Weigh(judge.NoMisfit);
        w.Search.Take(frame, w.Forecast.Weighted);
        w.Search.Map();
        List<(double Value, int X, int Y)> peaks = w.Search.Peaks(new DriftPrior(near.Dx, near.Dy, FramePlaces.UsualStep), 2);
        (double Dx, double Dy) place = peaks.Count > 0 ? w.Search.Refine((peaks[0].X, peaks[0].Y)) : near;
        return (place, peaks.Count > 1 ? peaks[0].Value - peaks[1].Value : 0, HeldFrame.At(points, frame, place, w.Forecast));
    }
}
