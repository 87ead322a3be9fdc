using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Results;

/// <summary>
/// A reconstructed exit wave with the series it came from, the displacements and the history. It can be continued from, analysed, focused
/// and written. Immutable.
/// </summary>
/// <param name="Aligned">The series with the displacements found.</param>
/// <param name="Wave">The exit wave.</param>
/// <param name="FilteredWave">The exit wave after the output filter.</param>
/// <param name="History">One record for each of the linear iterations, which aligned the series; the refinement has a history of its own.</param>
public sealed record Reconstruction(AlignedSeries Aligned, ExitWave Wave, ExitWave FilteredWave, IReadOnlyList<IterationRecord> History)
{
    private readonly double? _scatteredFraction;
    private readonly double? _residualRms;

    /// <summary>One record for each of the linear iterations.</summary>
    public IReadOnlyList<IterationRecord> History { get; init => field = value.ToArray(); } = History.ToArray();

    /// <summary>How the wave was restored.</summary>
    public RestorationMethod Method { get; init; } = RestorationMethod.Linear;

    /// <summary>How the wave of the linear iterations fits the frames; <see langword="null"/> where there were none.</summary>
    public LinearFit? Fit { get; init; }

    /// <summary>The iterations of the nonlinear refinement; empty when there was none.</summary>
    public IReadOnlyList<NonlinearIteration> NonlinearHistory { get; init => field = value.ToArray(); } = Array.Empty<NonlinearIteration>();

    /// <summary>
    /// How far the wave, the displacements and the foci are to be trusted; <see langword="null"/> for a linear restoration, which has no
    /// model of its noise.
    /// </summary>
    public ReconstructionUncertainty? Uncertainty { get; init; }

    /// <summary>The series.</summary>
    public FocalSeries Series => Aligned.Series;

    /// <summary>Displacement of each frame, in pixels.</summary>
    public IReadOnlyList<FrameDisplacement> Displacements => Aligned.Displacements;

    /// <summary>Share of the electrons that the specimen of this wave scattered, 0 to 1; NaN for a wave that was read.</summary>
    public double ScatteredFraction
    {
        get => _scatteredFraction ?? (History.Count > 0 ? History[^1].ScatteredFraction : double.NaN);
        init => _scatteredFraction = value;
    }

    /// <summary>
    /// Residual of this wave, <see cref="IterationRecord.ResidualRms"/>, by whatever method it was restored: it ranks methods. NaN for a wave that was read.
    /// </summary>
    public double ResidualRms
    {
        get => _residualRms ?? (History.Count > 0 ? History[^1].ResidualRms : double.NaN);
        init => _residualRms = value;
    }

    /// <inheritdoc />
    public override string ToString() => History.Count > 0 ? $"{Series}; {History[^1]}" : Series.ToString();
}
