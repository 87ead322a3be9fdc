using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Restoration;

/// <summary>
/// Linear reconstruction of the exit wave: iterated alignment, back-projection and simulation. Right for weak objects.
/// </summary>
public static class LinearReconstruction
{
    /// <summary>Reconstructs a pre-aligned series.</summary>
    /// <param name="aligned">The series with its displacements to start from.</param>
    /// <param name="options">Iterations, threads, callbacks; <see langword="null"/> for what the parameters say.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The wave, the displacements and the history.</returns>
    /// <exception cref="Alignment.AlignmentException">A frame drifts over the frame's edge.</exception>
    public static Reconstruction Run(
        AlignedSeries aligned, ReconstructionOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(aligned, null, options ?? new ReconstructionOptions(), progress, cancellationToken);

    /// <summary>Continues from a reconstruction, its wave and displacements.</summary>
    /// <param name="previous">What to continue from.</param>
    /// <param name="options">Iterations, threads, callbacks; <see langword="null"/> for what the parameters say.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The wave, the displacements and the history of the new iterations.</returns>
    /// <exception cref="Alignment.AlignmentException">A frame drifts over the frame's edge.</exception>
    public static Reconstruction Continue(
        Reconstruction previous, ReconstructionOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(previous.Aligned, previous.Wave, options ?? new ReconstructionOptions(), progress, cancellationToken);

    /// <summary>Puts a wave and displacements that were read from files together, to continue from or to analyse.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="wave">The wave.</param>
    /// <exception cref="FsRecException">The wave has another shape than the frames.</exception>
    public static Reconstruction FromWave(AlignedSeries aligned, ExitWave wave)
    {
        RequireSameShape(aligned, wave);
        return new Reconstruction(aligned, wave, Filtered(wave, aligned.Series.Parameters), []);
    }

    /// <summary>A reconstruction's residual and scattered fraction as the linear iterations have them, whatever its wave was restored by.</summary>
    internal static Reconstruction Held(Reconstruction reconstruction, int threads, CancellationToken cancellationToken) =>
        FrameComparison.Hold(reconstruction.Aligned, reconstruction.Wave, threads, cancellationToken) is { } fit
            ? reconstruction with { ResidualRms = fit.ResidualRms, ScatteredFraction = fit.ScatteredFraction }
            : reconstruction;

    /// <summary>The wave after the output filter of the parameters: a hard band-pass that the mean passes as well.</summary>
    /// <param name="wave">The wave.</param>
    /// <param name="parameters">Limit and Outputfilter.</param>
    public static ExitWave Filtered(ExitWave wave, ReconstructionParameters parameters)
    {
        FrequencyBand filter = parameters.EffectiveOutputFilter;
        var band = new Optics.WaveBand(Fourier.FrequencyGrid.Of(wave.Calibration), Math.Max(parameters.Linear.Limit, filter.High));
        using Fourier.ComplexPlane spectrum = WaveSpectrum.FromWave(wave, band);
        return WaveSpectrum.ToWave(spectrum, band, wave.Calibration, filter);
    }

    private static Reconstruction Run(
        AlignedSeries aligned, ExitWave? previous, ReconstructionOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        FocalSeries series = aligned.Series;
        if (previous is not null)
        {
            RequireSameShape(aligned, previous);
        }

        int iterations = options.Iterations ?? series.Parameters.Linear.Iterations;
        if (iterations == 0 && previous is not null)
        {
            return FromWave(aligned, previous);
        }

        RequireFrames(series.Count);
        if (iterations < 1)
        {
            throw new FsRecException($"{iterations} iterations were asked for; a reconstruction takes at least 1.");
        }

        TransferCheck.Require(series);
        if (options.Resume is { } state)
        {
            aligned = new AlignedSeries(series, state.Displacements) { Method = aligned.Method, Outliers = state.Outliers, Apart = state.Apart };
        }

        using var loop = new LinearLoop(aligned, options.Threads, progress, cancellationToken);
        (IReadOnlyList<FrameDisplacement> displacements, IReadOnlyList<IterationRecord> history) = loop.Run(
            previous,
            iterations,
            options.AfterIteration is { } callback ? iteration => callback(iteration, loop.ToWave()) : null,
            options.AfterAlignment,
            options.Resume,
            options.AfterState);
        var waves = new ExitWave[2];
        FrameLoop.Run(waves.Length, options.Threads, cancellationToken, i => waves[i] = loop.ToWave(i == 0 ? null : series.Parameters.EffectiveOutputFilter));
        return new Reconstruction(new AlignedSeries(series, displacements) { Method = loop.Method, Outliers = loop.Outliers, Apart = aligned.Apart }, waves[0], waves[1], history) { Fit = loop.Fit };
    }

    /// <summary>Refuses so few frames that no wave is known by them.</summary>
    /// <param name="frames">How many frames a series has.</param>
    /// <exception cref="FsRecException">They are fewer than two.</exception>
    internal static void RequireFrames(int frames)
    {
        if (frames < 2)
        {
            throw new FsRecException($"A reconstruction takes at least two frames; the series has {frames}.");
        }
    }

    private static void RequireSameShape(AlignedSeries aligned, ExitWave wave)
    {
        Calibration frame = aligned.Series.Calibration;
        if (wave.Calibration.Rows != frame.Rows || wave.Calibration.Columns != frame.Columns)
        {
            throw new FsRecException($"The wave has {wave.Calibration.Rows}×{wave.Calibration.Columns} pixels, the frames {frame.Rows}×{frame.Columns}.");
        }
    }
}
