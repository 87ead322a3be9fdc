using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>
/// Whether a frame that does not belong to the others at its own focus does at another: its likelihood over a range of foci, each with the place where the
/// frame then lies best. A lens that has gone too far, or two frames exchanged, put a focus wrong and leave the frame as good as the others.
/// </summary>
internal sealed class FocusSearch(
    FocalSeries series,
    AlignmentPoints points,
    ModelEvidence evidence,
    Forecaster forecaster,
    FrameVotes judge,
    FramePlaces frames,
    PerWorker<AlignmentWorkspace> workspaces,
    int threads,
    CancellationToken cancellationToken)
{
    // Foci this phase apart at the frequency that tells most of them are nearly alike.
    private const double PhaseStep = Math.PI / 4;

    // To each side at least, where the series itself is short.
    private const int LeastSteps = 16;
    private const int MostSteps = 96;

    // Peaks of the likelihood that are looked at closely, and into how many parts a step is divided for it.
    private const int Candidates = 3;
    private const int Parts = 4;

    /// <summary>Of frames that are doubtful those that belong at another focus, or elsewhere, with that; where half of all are doubtful, none.</summary>
    /// <param name="held">The frames as they were held last.</param>
    /// <param name="foci">Their foci; one that has another than its own is not looked at again.</param>
    /// <param name="fill">Puts the frames that vote into the evidence.</param>
    public (int Frame, FocusFit Fit)[] Among(HeldSeries held, FrameFoci foci, Action fill)
    {
        int[] doubtful = [.. Enumerable.Range(0, frames.Count).Where(n => !foci.IsOther(n) && judge.IsDoubtful(n, frames.Votes[n], held.Frames[n]))];
        if (doubtful.Length == 0 || 2 * doubtful.Length >= frames.Count)
        {
            return [];
        }

        bool[] votes = [.. frames.Votes];
        foreach (int n in doubtful)
        {
            frames.Votes[n] = false;
        }

        fill();
        var found = new List<(int, FocusFit)>();
        foreach (int n in doubtful)
        {
            if (Find(n) is { } fit)
            {
                found.Add((n, fit));
            }
        }

        frames.Votes = votes;
        fill();
        return [.. found];
    }

    /// <summary>
    /// The focus, and the place, at which a frame without a vote belongs: its own focus where it is the place that was wrong; <see langword="null"/> where
    /// there is none, or more than one, or more than one place at it.
    /// </summary>
    /// <param name="frame">The frame, which is not in the evidence.</param>
    private FocusFit? Find(int frame)
    {
        DriftPrior prior = frames.Prior(frame, frames.UsualUnevenness());
        FocusFit own = At(series.Foci[frame], workspaces[0], exact: true);
        if (judge.BelongsAt(own.Held, 1))
        {
            return own;
        }

        double step = PhaseStep / (Math.PI * series.Microscope.Wavelength * UsualSquare(frame));
        double range = series.Foci.Max() - series.Foci.Min();
        int steps = Math.Clamp((int)Math.Ceiling(range / step), LeastSteps, MostSteps);
        FocusFit[] coarse = Fits([.. Enumerable.Range(-steps, (2 * steps) + 1).Select(i => series.Foci[frame] + (i * step))], exact: false);
        int[] peaks = [.. Enumerable.Range(1, coarse.Length - 2)
            .Where(i => coarse[i].LogLikelihood >= coarse[i - 1].LogLikelihood && coarse[i].LogLikelihood >= coarse[i + 1].LogLikelihood)
            .OrderByDescending(i => coarse[i].LogLikelihood)
            .Take(Candidates)];
        FocusFit[] fits = [.. peaks.Select(i => Finer(coarse[i].Focus)).OrderByDescending(static f => f.LogLikelihood)];
        return fits.Length > 0
            && judge.BelongsAt(fits[0].Held, coarse.Length)
            && fits[0].LogLikelihood > own.LogLikelihood + ModelAligner.Certain + Math.Log(coarse.Length)
            && fits.Skip(1).All(f => Math.Abs(f.Focus - fits[0].Focus) < step || f.LogLikelihood < fits[0].LogLikelihood - ModelAligner.Certain)
            && HasOnePlace(fits[0].Focus)
            ? fits[0]
            : null;

        // A lattice without a feature repeats itself along the foci as it does in the plane: a frame that might as well lie elsewhere has no focus of its own.
        bool HasOnePlace(double focus)
        {
            FocusFit fit = At(focus, workspaces[0], exact: true);
            (_, _, RivalPlace[] rivals) = CandidatePlaces.Search(
                points, frame, fit.Place, workspaces[0], judge.Tempered(fit.Held), prior, double.PositiveInfinity);
            return rivals.Sum(static r => r.Odds) < Math.Exp(-ModelAligner.Certain);
        }

        FocusFit[] Fits(double[] foci, bool exact)
        {
            var fits = new FocusFit[foci.Length];
            FrameLoop.Run(foci.Length, FrameLoop.Workers(threads, frames.Count), cancellationToken, (worker, i) => fits[i] = At(foci[i], workspaces[worker], exact));
            return fits;
        }

        FocusFit Finer(double focus)
        {
            double part = step / Parts;
            double[] foci = [.. Enumerable.Range(-Parts, (2 * Parts) + 1).Select(i => focus + (i * part))];
            FocusFit[] fits = Fits(foci, exact: true);
            int top = Enumerable.Range(1, foci.Length - 2).MaxBy(i => fits[i].LogLikelihood);
            (double before, double here, double after) = (fits[top - 1].LogLikelihood, fits[top].LogLikelihood, fits[top + 1].LogLikelihood);
            double bend = (2 * here) - before - after;
            double between = bend > 0 ? Math.Clamp(0.5 * (after - before) / bend, -1, 1) : 0;
            return Fits([foci[top] + (between * part)], exact: true)[0];
        }

        FocusFit At(double focus, AlignmentWorkspace w, bool exact)
        {
            TransferFunction transfer = SeriesOptics.Transfers(series, [focus])[0];
            PointPairs rows = points.RowsOf(transfer);
            evidence.Predict(frame, rows, w.Forecast);
            PointPairs? beyond = null;
            if (exact && forecaster.TakesOff)
            {
                using ComplexPlane factors = FrameOptics.ImageTransfer(points.Band, transfer, envelopes: true);
                beyond = new PointPairs(points.Count);
                w.Images.Beyond(factors, w.Forecast, beyond);
            }

            w.Forecast.CompleteAt(rows, beyond, Forecaster.Kappa, Forecaster.Beta);
            w.Forecast.Weigh(judge.UsualMisfit);
            w.Search.Take(frame, w.Forecast.Weighted);
            w.Search.Map();
            (double _, int x, int y) = w.Search.Peaks(prior, 1)[0];
            (double Dx, double Dy) place = exact ? w.Search.Refine((x, y)) : (x, y);
            var held = HeldFrame.At(points, frame, place, w.Forecast);
            return new FocusFit(focus, place, held, held.LogLikelihood - held.LogVariance + prior.LogAt(place.Dx, place.Dy), beyond);
        }
    }

    /// <summary>Mean g² in 1/nm² of what tells a frame's focus: of the information g⁴|y|²/V about it that the wave would give at the frame's best.</summary>
    private double UsualSquare(int frame)
    {
        FrameForecast forecast = workspaces[0].Forecast;
        evidence.Predict(frame, forecast);
        PointPairs rows = points.Rows(frame);
        (double sum, double squares) = (0, 0);
        for (int i = 0; i < rows.Length; i++)
        {
            (float a, float p) = rows[i];
            (float ar, float ai) = forecast.WaveA[i];
            (float pr, float pi) = forecast.WaveP[i];
            double weight = ((a * a) + (p * p)) * ((ar * ar) + (ai * ai) + (pr * pr) + (pi * pi)) / forecast.Variance[i];
            weight *= points.G2[i] * points.G2[i];
            (sum, squares) = (sum + weight, squares + (weight * points.G2[i]));
        }

        return sum > 0 ? squares / sum : points.Band.Limit * points.Band.Limit;
    }
}
