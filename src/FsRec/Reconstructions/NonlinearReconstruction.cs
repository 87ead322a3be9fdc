using FsRec.Parameters;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;
using FsRec.Uncertainty;

namespace FsRec.Reconstructions;

/// <summary>
/// Reconstruction with the full image intensity: wave, displacements and foci are fitted together to the frames as recorded, under the
/// noise of counting and the power spectra of amplitude and phase that the linear theory found. Mean displacement and mean focus stay.
/// </summary>
public static class NonlinearReconstruction
{
    // Reduced chi-square of a frame that was taken in late: as a whole series' one that is explained, or not much more than the least explained of the others.
    private const double MostChiSquare = 1.2;
    private const double MostOfOthers = 1.5;

    /// <summary>Refines a reconstruction.</summary>
    /// <param name="start">The linear reconstruction: its displacements and foci start the refinement.</param>
    /// <param name="options">Iterations and the like; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The refined wave, displacements and, with the series, foci.</returns>
    /// <exception cref="FsRecException">The series has fewer than two frames.</exception>
    public static Reconstruction Run(
        Reconstruction start, NonlinearOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Refine(start, options, progress, cancellationToken).Reconstruction;

    /// <summary>Refines a reconstruction and tells how the result was come by.</summary>
    /// <param name="start">The linear reconstruction: its displacements and foci start the refinement.</param>
    /// <param name="options">Iterations and the like; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The result with its history and figures of uncertainty.</returns>
    /// <exception cref="FsRecException">The series has fewer than two frames.</exception>
    public static NonlinearResult Refine(
        Reconstruction start, NonlinearOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        NonlinearResult refined = Refine(start.Aligned, options, progress, cancellationToken);
        return refined with { Reconstruction = refined.Reconstruction with { History = start.History } };
    }

    /// <summary>Refines an aligned series and tells how the result was come by.</summary>
    /// <param name="start">The series with its displacements, which start the refinement.</param>
    /// <param name="options">Iterations and the like; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The result with its history and figures of uncertainty.</returns>
    /// <exception cref="FsRecException">The series has fewer than two frames.</exception>
    public static NonlinearResult Refine(
        AlignedSeries start, NonlinearOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new NonlinearOptions();
        TransferCheck.Require(start.Series);
        using var loop = new NonlinearLoop(start, options, progress, cancellationToken);
        RefinedWave refined = WithAllThatBelong(loop, loop.Run(), options, progress, cancellationToken);
        AlignedSeries aligned = refined.Aligned;
        WienerSolution solution = refined.Statistics;
        bool keep = loop.KeepsLinear;
        if (keep)
        {
            solution = WienerRestoration.Solve(aligned, options.Threads, null, cancellationToken);
            RestoredStatistics.Keep(aligned, solution);
        }

        ReconstructionUncertainty uncertainty = UncertaintyAnalysis.Run(
            aligned, solution.Wave, solution, keep ? null : refined.ChiSquares, options.Threads, cancellationToken, keep ? null : refined.Backgrounds, keep || refined.History.Count == 0 ? null : refined.History[^1].Told);
        var reconstruction = new Reconstruction(
            aligned, solution.Wave, LinearReconstruction.Filtered(solution.Wave, aligned.Series.Parameters), [])
        {
            Method = keep ? RestorationMethod.Wiener : RestorationMethod.Nonlinear,
            NonlinearHistory = refined.History,
            Uncertainty = (keep ? uncertainty : uncertainty with { ErrorFactor = ReconstructionUncertainty.OfStrongObjects }) with { Aberrations = refined.Aberrations },
        };
        Reconstruction result = ResultCheck.Require(LinearReconstruction.Held(reconstruction, options.Threads, cancellationToken));
        return new NonlinearResult(result, keep, loop.StartBias, refined.History, refined.ChiSquares)
        {
            FocusNodes = refined.FocusNodes,
            FocusNodesError = refined.FocusNodesError,
        };
    }

    /// <summary>
    /// The refinement with those frames that took no part and show what its wave makes of them: again from where it has come to, and kept if each of them is explained as
    /// the others are.
    /// </summary>
    private static RefinedWave WithAllThatBelong(NonlinearLoop loop, RefinedWave refined, NonlinearOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        bool[] before = [.. refined.Statistics.Outliers.Select(static o => !o)];
        if (loop.KeepsLinear || loop.TakeIn() is not { } late)
        {
            return refined;
        }

        NonlinearOptions again = options with
        {
            Iterations = late.State.History.Count + options.Iterations,
            Margin = late.Margin,
            KeepLinearWhereBetter = false,
            Resume = late.State,
            // What is kept of the refinement stays its first part, which is gone through again where it is taken up.
            Continue = null,
            AfterState = null,
        };
        AlignedSeries? start = late.Start;
        while (start is { Members: { } members })
        {
            using var second = new NonlinearLoop(start, again, progress, cancellationToken);
            RefinedWave whole = second.Run();
            double most = Math.Max(MostChiSquare, MostOfOthers * before.Select((member, n) => member ? whole.ChiSquares[n] : 0).Max());
            bool[] belong = [.. members.Select((member, n) => member && (before[n] || whole.ChiSquares[n] <= most))];
            if (belong.SequenceEqual(members))
            {
                return whole;
            }

            start = belong.SequenceEqual(before) ? null : start.With(belong);
        }

        return refined;
    }
}
