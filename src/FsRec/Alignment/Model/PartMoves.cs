using FsRec.Fourier;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Frames that move together with all that come after them: an alignment that has gone wrong at one frame has all that follow off by the same,
/// and no frame alone would leave the others.
/// </summary>
internal static class PartMoves
{
    private const int Candidates = 3;

    // Odds are exponentials of log-likelihoods, which have no bounds.
    private const double MostGain = 20;

    /// <summary>
    /// Mean square by which each frame may lie elsewhere since a part may, each frame's move without what no series tells: a common displacement and one
    /// linear in defocus.
    /// </summary>
    /// <param name="parts">By what each frame and all after it would best be moved, and what that gains in log-likelihood.</param>
    /// <param name="foci">Foci of the frames.</param>
    public static (double Dx, double Dy)[] Spread((double Gain, int X, int Y)[] parts, IReadOnlyList<double> foci)
    {
        var spread = new (double Dx, double Dy)[parts.Length];
        double all = 1 + parts.Sum(static p => Math.Exp(Math.Min(p.Gain, MostGain)));
        for (int n = 1; n < parts.Length; n++)
        {
            (double gain, int x, int y) = parts[n];
            if (gain < -ModelAligner.Certain)
            {
                continue;
            }

            double probability = Math.Exp(Math.Min(gain, MostGain)) / all;
            IReadOnlyList<FrameDisplacement> moves = DisplacementAlgebra.WithoutTilt(
                [.. parts.Select((_, m) => new FrameDisplacement(m, m < n ? 0 : x, m < n ? 0 : y))], foci);
            for (int m = 0; m < spread.Length; m++)
            {
                spread[m].Dx += probability * moves[m].Dx * moves[m].Dx;
                spread[m].Dy += probability * moves[m].Dy * moves[m].Dy;
            }
        }

        return spread;
    }

    /// <summary>For each frame, by what it and all after it would best be moved, and what that gains in log-likelihood.</summary>
    /// <param name="points">The frames.</param>
    /// <param name="evidence">What they say together.</param>
    /// <param name="places">Where they lie.</param>
    /// <param name="workspaces">The threads' memory.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static (double Gain, int X, int Y)[] Of(
        AlignmentPoints points, ModelEvidence evidence, FramePlaces places, PerWorker<AlignmentWorkspace> workspaces, int threads, CancellationToken cancellationToken)
    {
        PointPairs[] ties = evidence.Ties();
        double usual = places.UsualUnevenness();
        var best = new (double Gain, int X, int Y)[points.Frames];
        best[0].Gain = double.NegativeInfinity;
        FrameLoop.Run(points.Frames - 1, threads, cancellationToken, (worker, index) =>
        {
            int n = index + 1;
            PlaceSearch search = workspaces[worker].Search;
            PointPairs products = ties[n];
            for (int i = 0; i < products.Length; i++)
            {
                (float re, float im) = products[i];
                // Strong beams do not decide alone: what the theory misses of them is the same in all frames.
                float unit = points.Half is { } half && half[i] == 0
                    ? 0
                    : 1 / (1 + (float)(Forecaster.Kappa * Forecaster.Kappa * Math.Sqrt((re * re) + (im * im))));
                products[i] = (unit * re, unit * im);
            }

            best[n].Gain = double.NegativeInfinity;
            if (!places.Votes[n])
            {
                // What moves with a frame that says nothing moves with the next.
                return;
            }

            search.Map(products);
            (double Dx, double Dy) step = places.Step(n);
            (double Dx, double Dy) expected = places.ExpectedStep(n);
            var prior = new DriftPrior(expected.Dx - step.Dx, expected.Dy - step.Dy, 2 * usual);
            double here = search.At(0, 0) + prior.LogAt(0, 0);
            foreach ((double value, int x, int y) in search.Peaks(prior, Candidates))
            {
                // A whole frame on is the same place again.
                (int dx, int dy) = (Periodic.Nearest(x, points.Transform.Columns), Periodic.Nearest(y, points.Transform.Rows));
                if ((dx * dx) + (dy * dy) > PlaceSearch.Apart * PlaceSearch.Apart && value - here > best[n].Gain)
                {
                    best[n] = (value - here, x, y);
                }
            }
        });
        return best;
    }
}
