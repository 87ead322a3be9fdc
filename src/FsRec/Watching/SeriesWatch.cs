using System.Diagnostics;
using FsRec.Comparison;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Statistics;
using FsRec.Uncertainty;

namespace FsRec.Watching;

/// <summary>
/// Reconstructs a series while it is recorded: with each new frame a wave, its errors, and what to tell the operator. Once the series has ended it is run as a whole.
/// </summary>
public static class SeriesWatch
{
    // Foci that are looked at for a further frame: so many over one and a half times the range of the series.
    private const int Candidates = 61;
    private const double Beyond = 0.25;
    private const int Named = 3;

    /// <summary>Follows a series until all of its frames have come, or none comes any more.</summary>
    /// <param name="parameters">The parameters of the whole series, with the number of images it will have or the files they are in.</param>
    /// <param name="options">What is to be reached.</param>
    /// <param name="update">Told of each new frame.</param>
    /// <param name="context">Warnings, threads, cancellation.</param>
    /// <returns>The last update; <see langword="null"/> where no frame came.</returns>
    /// <exception cref="FsRecException">A frame cannot be read, the parameters do not describe the series, or its run fails.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static SeriesUpdate? Run(ReconstructionParameters parameters, SeriesWatchOptions options, Action<SeriesUpdate> update, RunContext context)
    {
        var arrival = new FrameArrival(parameters with { Restoration = parameters.Restoration with { Method = RestorationMethod.Wiener } }, context.Names);
        List<(int Number, double Focus)> images = [];
        SeriesUpdate? last = Grow(parameters, arrival, images, options, update, context);
        if (last is null || options.Run is not { } run)
        {
            return last;
        }

        // Of one frame there is nothing to align and little to restore.
        last = last.Frames > 1 ? Whole(arrival.Whole(parameters, images), last, run, context) : last with { IsFinal = true };
        update(last);
        return last;
    }

    private static SeriesUpdate? Grow(
        ReconstructionParameters parameters,
        FrameArrival arrival,
        List<(int Number, double Focus)> images,
        SeriesWatchOptions options,
        Action<SeriesUpdate> update,
        RunContext context)
    {
        HashSet<int> named = [];
        GrowingWave? wave = null;
        SeriesUpdate? last = null;
        var told = new WaitTold(context, options.Patience);
        bool isSettled = false;
        long idle = Stopwatch.GetTimestamp();
        try
        {
            while (arrival.Expected is not { } all || images.Count < all)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                long began = Stopwatch.GetTimestamp();
                if (arrival.Next(images) is { } frame)
                {
                    if (wave is not null && images.Count == 1)
                    {
                        context.Warn(WarningIds.FramesReordered, $"a file has come that stands before {(wave.Frames.Count == 1 ? "the one" : "some")} of which {Counted.Of(wave.Frames.Count, "frame")} {(wave.Frames.Count == 1 ? "was" : "were")} taken; all are taken anew, in the order of their names.");
                        wave.Dispose();
                        wave = null;
                        named.Clear();
                    }

                    told.Clear();
                    if (last is null)
                    {
                        WarnOfLimit(frame, options, context);
                    }

                    wave ??= new GrowingWave(frame.Calibration, SeriesOptics.Band(frame), LowerLimit(parameters, frame), context.Threads);
                    GrownFrame grown = wave.Add(frame, context.CancellationToken);
                    isSettled = images.Count == arrival.Expected;
                    last = Update(wave, grown, arrival.Series, options, isSettled, began, context.CancellationToken);
                    int[] unnamed = [.. last.OutlierImages.Where(named.Add)];
                    if (unnamed.Length > 0)
                    {
                        context.Warn(WarningIds.OutlierImage, $"of {Counted.Of(last.Frames, "frame")} so far {(last.OutlierImages.Count == 1 ? "image" : "images")} {string.Join(", ", last.OutlierImages)} {(last.OutlierImages.Count == 1 ? "does" : "do")} not show what the others do, and {(last.OutlierImages.Count == 1 ? "has" : "have")} no weight.");
                    }

                    update(last);
                    idle = Stopwatch.GetTimestamp();
                }
                else if (options.Quiet is { } quiet && Stopwatch.GetElapsedTime(idle) > quiet)
                {
                    told.End(arrival.Waits, images.Count);
                    break;
                }
                else
                {
                    told.Hear(arrival.Waits, images.Count);
                    context.CancellationToken.WaitHandle.WaitOne(options.Interval);
                }
            }

            if (last is not null && !isSettled)
            {
                // Nobody knew that it was the last one.
                last = Update(wave!, wave!.Frames[^1], arrival.Series, options, true, Stopwatch.GetTimestamp(), context.CancellationToken);
                update(last);
            }

            return last;
        }
        finally
        {
            wave?.Dispose();
        }
    }

    // What is kept of a series is what it gives as a whole: foci refined, squares of the scattered wave taken off, rival places weighed.
    private static SeriesUpdate Whole(ReconstructionParameters parameters, SeriesUpdate live, Func<ReconstructionParameters, RunContext, RunResult> whole, RunContext context)
    {
        RunResult run = whole(parameters, context);
        Reconstruction found = run.Reconstruction ?? throw new FsRecException("The run at the end of a series is one that reconstructs it; found options that end it before.");
        double? apart = Difference(live.Reconstruction, found);
        return live with
        {
            IsFinal = true,
            Run = run,
            LiveError = apart,
            Reconstruction = found,
            RelativeError = found.Uncertainty?.RelativeError ?? live.RelativeError,
            ErrorByNoise = found.Uncertainty?.Wave.RelativeNoise ?? live.ErrorByNoise,
            Dx = found.Displacements[^1].Dx,
            Dy = found.Displacements[^1].Dy,
            Elapsed = run.Elapsed,
        };
    }

    private static double? Difference(Reconstruction live, Reconstruction whole)
    {
        FocalSeries series = whole.Series;
        var band = new FrequencyBand(FrequencyLimits.Lower(series.Foci, series.Microscope.Wavelength), series.Parameters.Linear.Limit);
        return band.Low < band.High
            ? WaveComparison.Compare(live.Wave, whole.Wave, new WaveComparisonOptions { Band = band, Microscope = series.Microscope, FitTilt = true }).RelativeError
            : null;
    }

    // However many frames come, none tells what is not restored.
    private static void WarnOfLimit(FocalSeries series, SeriesWatchOptions options, RunContext context)
    {
        if (options.Resolution is { } wanted && Finest(series) is var finest && wanted < finest)
        {
            context.Warn(WarningIds.ResolutionBeyondLimit, FormattableString.Invariant(
                $"a resolution of {wanted:0.####} nm, which is wanted, takes frequencies up to {1 / wanted:0.##} 1/nm, and the wave is restored up to Limit, {1 / finest:0.##} 1/nm ({finest:0.####} nm): no further frame brings it. Give a higher Limit, or ask for less."));
        }
    }

    private static double Finest(FocalSeries series) => 1 / SeriesOptics.Band(series).Limit;

    private static double LowerLimit(ReconstructionParameters parameters, FocalSeries frame) => parameters.Foci.Count > 1 && parameters.Files.ImageCount > 0
        ? Math.Min(FrequencyLimits.Lower(parameters.SelectedFoci, frame.Microscope.Wavelength), 0.2 * parameters.Linear.Limit)
        : Math.Min(LeastLower, 0.2 * parameters.Linear.Limit);

    private static SeriesUpdate Update(
        GrowingWave wave, GrownFrame grown, FocalSeries series, SeriesWatchOptions options, bool isLast, long began, CancellationToken cancellationToken)
    {
        if (isLast)
        {
            wave.Settle(cancellationToken);
        }

        (Reconstruction found, SeriesInformation information, PriorPowers prior) = wave.Restore(series, cancellationToken);
        ReconstructionUncertainty trust = found.Uncertainty!;
        double[] foci = [.. wave.Frames.Select(static f => f.Focus)];
        (double low, double high) = (foci.Min(), foci.Max());
        double span = Math.Max(high - low, LeastSpan);
        double noise = wave.Frames.Select(static f => f.Noise).Order().ElementAt(wave.Frames.Count / 2);
        NextFocus[] next = [.. NextFocus.Of(
            information,
            prior,
            SeriesOptics.Lens(series),
            noise,
            SeriesOptics.LowerLimit(series),
            [.. Enumerable.Range(0, Candidates).Select(i => low - (Beyond * span) + (i * (1 + (2 * Beyond)) * span / (Candidates - 1)))]).OrderBy(static n => n.RemainingError)];
        FocusAdvice[] best = Best(next, span);
        // Of the last ring a part lies beyond Limit.
        double reach = Math.Min(Reach(trust.Rings), SeriesOptics.Band(series).Limit);
        double resolution = reach > 0 ? 1 / reach : double.PositiveInfinity;
        int[] outliers = [.. wave.Frames.Where(static f => !f.Belongs).Select(static f => f.Number)];
        (bool enough, string advice) = Say(trust.RelativeError, resolution, best, outliers, wave.Frames.Count, options);
        return new SeriesUpdate
        {
            ImageNumber = grown.Number,
            Focus = grown.Focus,
            Frames = wave.Frames.Count,
            Dx = grown.Place.Dx,
            Dy = grown.Place.Dy,
            Resemblance = grown.Resemblance,
            Belongs = grown.Belongs,
            OutlierImages = outliers,
            RelativeError = trust.RelativeError,
            ErrorByNoise = trust.Wave.RelativeNoise,
            Resolution = resolution,
            BestFoci = best,
            IsEnough = enough,
            Advice = advice,
            IsFinal = isLast && options.Run is null,
            Elapsed = Stopwatch.GetElapsedTime(began),
            Reconstruction = found,
        };
    }

    // Those that stand apart: neighbours tell nearly the same.
    private static FocusAdvice[] Best(NextFocus[] next, double span)
    {
        List<NextFocus> chosen = [];
        foreach (NextFocus one in next)
        {
            if (chosen.Count < Named && chosen.TrueForAll(c => Math.Abs(c.Focus - one.Focus) >= span / 10))
            {
                chosen.Add(one);
            }
        }

        return [.. chosen.Select(static c => new FocusAdvice(c.Focus, 1 - c.RemainingError))];
    }

    // From the first ring that is told to the last before one that is not; of a gap of one ring it is not asked why.
    private static double Reach(IReadOnlyList<RingUncertainty> rings)
    {
        double reach = 0;
        int missing = 0;
        foreach (RingUncertainty ring in rings.SkipWhile(static r => r.Frequency == 0 || r.Information < ReconstructionUncertainty.LeastInformation))
        {
            missing = ring.Information < ReconstructionUncertainty.LeastInformation ? missing + 1 : 0;
            if (missing > 1)
            {
                break;
            }

            reach = missing == 0 ? ring.Frequency : reach;
        }

        return reach;
    }

    private static (bool Enough, string Advice) Say(double error, double resolution, FocusAdvice[] best, int[] outliers, int frames, SeriesWatchOptions options)
    {
        bool fine = options.Resolution is not { } wanted || resolution <= wanted;
        bool sure = options.RelativeError is not { } most || error <= most;
        bool asked = options.Resolution is not null || options.RelativeError is not null;
        bool helps = best.Length > 0 && best[0].Gain >= options.LeastGain;
        bool several = frames - outliers.Length >= 2;
        string foci = string.Join(", ", best.Select(static b => b.ToString()));
        string advice = !several ? "one frame says too little."
            : asked && fine && sure ? "enough: what was wanted is reached."
            : !helps ? FormattableString.Invariant($"enough: a further frame would lower the error by {100 * (best.Length > 0 ? best[0].Gain : 0):0.0} % at most{(asked ? ", and what was wanted is not reached" : "")}.")
            : $"go on; most would add frames at {foci}.";
        string apart = outliers.Length == 0 ? "" : $" {(outliers.Length == 1 ? "Image" : "Images")} {string.Join(", ", outliers)} {(outliers.Length == 1 ? "does" : "do")} not belong.";
        return (several && ((asked && fine && sure) || !helps), advice + apart);
    }

    // Where nobody knows how far the foci will span: that of 100 nm at 200 kV.
    private const double LeastLower = 0.56;
    private const double LeastSpan = 20;
}
