using FsRec.Alignment;
using FsRec.Optics;
using FsRec.Series;

namespace FsRec.Refinement;

/// <summary>
/// Alignment against the image that the other frames predict for each frame at its defocus: contrast that
/// vanishes and reverses inside the series is part of the prediction. The alignment grows from the frame of greatest signal outwards,
/// then goes through all frames again, each against the rest, its own contribution left out of the reference.
/// </summary>
public static class ModelAlignment
{
    private const double Kappa = 0.3;
    private const int GlobalSweeps = 2;
    private const int MostSweeps = 12;
    private const double Settled = 0.005;

    /// <summary>Aligns a series.</summary>
    /// <param name="series">The series; its foci and microscope are used.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The displacements, mean-free, with the history: round 0 is the growth, the others are sweeps.</returns>
    public static PrealignmentResult Run(FocalSeries series, int threads = 0, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        FrameSpectra spectra = series.Spectra(threads, progress, cancellationToken);
        double[] noise = NoiseLevel.Of(series, spectra, threads, cancellationToken);
        WaveBand band = WienerRestoration.Band(series);
        TransferFunction[] transfers = WienerRestoration.Transfers(series, series.Foci);
        double lower = WienerRestoration.FrequencyLimit(series);
        PriorPowers prior = PriorPowers.Estimate(spectra, band, transfers, noise, lower, threads, cancellationToken);
        var points = new AlignmentPoints(series, band, transfers, threads, cancellationToken);
        using var search = new DisplacementSearch(points);
        using var images = new AlignmentImages(points, transfers);
        var run = new Alignment(points, search, images, new AlignmentReference(points, noise, prior), noise, progress, cancellationToken);
        run.Grow();
        var rounds = new List<PrealignmentRound>();
        double move = 0;
        Record(0);
        for (int sweep = 1; sweep <= MostSweeps; sweep++)
        {
            prior = run.Reestimate(prior, lower);
            run.Sweep(sweep <= GlobalSweeps);
            Record(sweep);
            progress?.Report(new RunProgress("Alignment to the model", sweep, MostSweeps, FormattableString.Invariant($"largest move {move:0.000} px")));
            if (move < Settled && sweep > GlobalSweeps)
            {
                break;
            }
        }

        return new PrealignmentResult(new AlignedSeries(series, rounds[^1].Displacements), rounds);

        void Record(int round)
        {
            IReadOnlyList<FrameDisplacement> displacements = DisplacementAlgebra.WithoutMean(
                [.. run.Displacements.Select((d, n) => new FrameDisplacement(series.ImageNumbers[n], d.Dx, d.Dy))]);
            // All frames together may creep along what the data cannot tell.
            move = round == 0
                ? DisplacementAlgebra.Largest(displacements)
                : DisplacementAlgebra.Largest(DisplacementAlgebra.WithoutTilt(DisplacementAlgebra.Subtract(displacements, rounds[^1].Displacements), series.Foci));
            rounds.Add(new PrealignmentRound(round, move, displacements));
        }
    }

    /// <summary>One run's state.</summary>
    private sealed class Alignment(
        AlignmentPoints points,
        DisplacementSearch search,
        AlignmentImages images,
        AlignmentReference reference,
        double[] noise,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        private readonly (float Re, float Im)[] _prediction = new (float, float)[points.Count];

        public (double Dx, double Dy)[] Displacements { get; } = new (double, double)[points.Frames];

        public void Grow()
        {
            int first = Strongest();
            int last = first;
            reference.Add(first, (0, 0), 1);
            while (first > 0 || last < points.Frames - 1)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (double Dx, double Dy, double Lead) before = first > 0 ? Find(first - 1, Displacements[first]) : (0, 0, double.NegativeInfinity);
                (double Dx, double Dy, double Lead) after = last < points.Frames - 1 ? Find(last + 1, Displacements[last]) : (0, 0, double.NegativeInfinity);
                int taken = before.Lead >= after.Lead ? --first : ++last;
                (double dx, double dy, _) = taken == first ? before : after;
                Displacements[taken] = (dx, dy);
                reference.Add(taken, (dx, dy), 1);
                progress?.Report(new RunProgress("Growing the alignment", last - first, points.Frames - 1));
            }
        }

        public PriorPowers Reestimate(PriorPowers prior, double lowerLimit)
        {
            PriorPowers posterior = reference.Posterior(prior, lowerLimit);
            reference.SetPrior(posterior);
            return posterior;
        }

        /// <summary>Every frame against the rest.</summary>
        /// <param name="everywhere">Whether rivals anywhere in the frame are looked at.</param>
        public void Sweep(bool everywhere)
        {
            for (int n = 0; n < points.Frames; n++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                reference.Add(n, Displacements[n], -1);
                images.Image(reference, n, _prediction);
                reference.Weight(n, Kappa, _prediction, _prediction);
                Displacements[n] = everywhere
                    ? search.Better(n, _prediction, Neighbours(n), Displacements[n])
                    : search.Refine(n, _prediction, Displacements[n]);
                reference.Add(n, Displacements[n], 1);
            }
        }

        private (double Dx, double Dy, double Lead) Find(int frame, (double Dx, double Dy) near)
        {
            // A wave of few frames is too far off for products of its beams.
            reference.LinearImage(frame, _prediction);
            reference.Weight(frame, Kappa, _prediction, _prediction);
            return search.Everywhere(frame, _prediction, near);
        }

        /// <summary>Where the frames on both sides expect a frame.</summary>
        private (double Dx, double Dy) Neighbours(int n)
        {
            (double Dx, double Dy) before = Displacements[Math.Max(0, n == 0 ? 1 : n - 1)];
            (double Dx, double Dy) after = Displacements[Math.Min(points.Frames - 1, n == points.Frames - 1 ? n - 1 : n + 1)];
            return ((before.Dx + after.Dx) / 2, (before.Dy + after.Dy) / 2);
        }

        private int Strongest()
        {
            int best = 0;
            double most = double.NegativeInfinity;
            for (int n = 0; n < points.Frames; n++)
            {
                double power = 0;
                foreach ((float re, float im) in points.Data(n))
                {
                    power += ((re * re) + (im * im)) / noise[n];
                }

                (best, most) = power > most ? (n, power) : (best, most);
            }

            return best;
        }
    }
}
