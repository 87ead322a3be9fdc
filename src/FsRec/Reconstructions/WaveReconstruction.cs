using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Reconstructions;

/// <summary>
/// Reconstructs the exit wave by the method that key Restoration or the options name: linear iterations, which align the frames, then the
/// wave by back-projection, by least squares, or by the full image model.
/// </summary>
public static class WaveReconstruction
{
    /// <summary>Reconstructs an aligned series.</summary>
    /// <param name="aligned">The series with its displacements to start from.</param>
    /// <param name="previous">A wave to continue from; <see langword="null"/> to start from the frames.</param>
    /// <param name="options">Method, iterations, threads, callbacks; <see langword="null"/> for what the parameters say.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The reconstruction and what came before it.</returns>
    /// <exception cref="Alignment.AlignmentException">A frame drifts over the frame's edge.</exception>
    /// <exception cref="FsRecException">The series has fewer than two frames, or nothing was asked for.</exception>
    public static RestorationResult Run(
        AlignedSeries aligned, ExitWave? previous = null, ReconstructionOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(aligned, previous, options ?? new ReconstructionOptions(), null, null, progress, cancellationToken);

    /// <summary>Reconstructs an aligned series, from where an earlier run was.</summary>
    internal static RestorationResult Run(
        AlignedSeries aligned,
        ExitWave? previous,
        ReconstructionOptions options,
        RefinementState? refinement,
        Action<Func<RefinementState>, bool>? afterState,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        // The method of restoration decides how the linear iterations align.
        aligned = aligned.Of(aligned.Series.WithRestoration(options.Method));
        RestorationResult result = Once(aligned, previous, options, refinement, afterState, progress, cancellationToken);
        if (NoiseRevision.Of(result.Reconstruction) is not { } noise)
        {
            return result;
        }

        RestorationResult again;
        try
        {
            // Weights, prior powers and places all go by the noise. A state is that of the first time, after which the second follows.
            again = Once(
                Aligned(aligned, NoiseRevision.With(aligned.Series, noise), options, progress, cancellationToken),
                previous,
                options with { AfterIteration = null, AfterAlignment = null, AfterState = null, Resume = null },
                null,
                null,
                progress,
                cancellationToken);
        }
        catch (FsRecException)
        {
            // What a spectrum of residuals leads to is no better than nothing; the first result stands, and so does what is said of its noise.
            return result;
        }

        return Lost(again) > Lost(result) ? result : Told(again, again.Reconstruction with { Uncertainty = again.Reconstruction.Uncertainty! with { Noise = noise } });

        static int Lost(RestorationResult restored) => restored.Reconstruction.Aligned.Outliers?.Count(static o => o) ?? 0;
    }

    private static RestorationResult Told(RestorationResult result, Reconstruction reconstruction) =>
        result with { Reconstruction = reconstruction, Nonlinear = result.Nonlinear is { } nonlinear ? nonlinear with { Reconstruction = reconstruction } : null };

    /// <summary>A series whose noise is another one, aligned anew where it was aligned by what was known of its noise.</summary>
    private static AlignedSeries Aligned(AlignedSeries aligned, FocalSeries series, ReconstructionOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken) =>
        aligned.Method is not null && series.Parameters.Alignment.Prealignment
            ? Prealignment.Run(series, options.Threads, progress, cancellationToken).Aligned
            : new AlignedSeries(series, aligned.Displacements);

    private static RestorationResult Once(
        AlignedSeries aligned,
        ExitWave? previous,
        ReconstructionOptions options,
        RefinementState? refinement,
        Action<Func<RefinementState>, bool>? afterState,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        RestorationParameters parameters = aligned.Series.Parameters.Restoration;
        RestorationMethod method = parameters.Method;
        int iterations = options.Iterations ?? aligned.Series.Parameters.Linear.Iterations;
        // Least squares and the full model need displacements to start from, not a wave.
        Reconstruction? linear = method != RestorationMethod.Linear && previous is null && iterations == 0 ? null
            : ResultCheck.Require(previous is null
                ? LinearReconstruction.Run(aligned, options, progress, cancellationToken)
                : LinearReconstruction.Continue(LinearReconstruction.FromWave(aligned, previous), options, progress, cancellationToken));
        AlignedSeries start = linear?.Aligned ?? aligned;
        // Without linear iterations there has been no state yet.
        options.AfterState?.Invoke(new LinearState(start.Displacements, linear?.History ?? []) { Outliers = start.Outliers, Apart = start.Apart });
        switch (method)
        {
            case RestorationMethod.Wiener:
                return new RestorationResult(linear is null
                    ? WienerReconstruction.Run(start, options.Threads, progress, cancellationToken)
                    : WienerReconstruction.Run(linear, options.Threads, progress, cancellationToken), linear, null);
            case RestorationMethod.Nonlinear:
                NonlinearOptions settings = NonlinearOptions.Of(parameters, options.Threads) with { Continue = refinement, AfterState = afterState };
                NonlinearResult refined = NonlinearReconstruction.Refine(start, settings, progress, cancellationToken);
                return new RestorationResult(refined.Reconstruction, linear, refined);
            default:
                return new RestorationResult(linear!, null, null);
        }
    }
}
