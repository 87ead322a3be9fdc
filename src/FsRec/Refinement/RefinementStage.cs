using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.Refinement;

/// <summary>What one stage of a refinement works with: metric, units and evidence as wave and frames stood when it began. Immutable.</summary>
internal sealed record RefinementStage
{
    /// <summary>
    /// The statistics on the grid of the wave, the prior that of a wave of free local phase, and the noise that of the frames times the misfit: what the model cannot
    /// explain yet counts as noise, lest the prior be overruled by it.
    /// </summary>
    public required SeriesStatistics Statistics { get; init; }

    /// <summary>The share of the electrons that are scattered, at most 1.</summary>
    public required double Scattered { get; init; }

    /// <summary>Units of each frame's displacement and focus.</summary>
    public required IReadOnlyList<RefinementScales> Scales { get; init; }

    /// <summary>What the estimate of each focus owes to a wave that is estimated with it, per nm.</summary>
    public required IReadOnlyList<double> FocusEvidence { get; init; }

    /// <summary>Whether displacements move.</summary>
    public required bool RefinesDisplacements { get; init; }

    /// <summary>Whether foci move.</summary>
    public required bool RefinesFoci { get; init; }

    /// <summary>Prepares a stage.</summary>
    /// <param name="setup">What the refinement starts from.</param>
    /// <param name="model">The image model as it stands.</param>
    /// <param name="state">Where the refinement stands.</param>
    /// <param name="statistics">The statistics at the present foci, on the grid of the wave.</param>
    /// <param name="wave">The wave.</param>
    public static RefinementStage Of(RefinementSetup setup, NonlinearModel model, LoopState state, SeriesStatistics statistics, ComplexPlane wave)
    {
        NonlinearPolicy policy = setup.Policy;
        double scattered = Math.Min(WaveSpectrum.ScatteredFraction(wave, setup.Grid.Band) / setup.Filled, 1);
        statistics = statistics with
        {
            Prior = state.Prior.Mixed(policy.SmallestShare),
            Noise = [.. statistics.Noise.Select(v => v * model.MisfitScale)],
        };
        (RefinementScales[] scales, RefinementScales usual) = RefinementScales.Of(setup.Grid, statistics);
        double certainty = 1 / Math.Sqrt(model.MisfitScale);
        return new RefinementStage
        {
            Statistics = statistics,
            Scattered = scattered,
            Scales = scales,
            FocusEvidence = Refinement.FocusEvidence.Gradient(setup.Grid, statistics, scattered),
            RefinesDisplacements = setup.Options.RefineDisplacements && certainty * Math.Max(usual.Column, usual.Row) < policy.UncertainMove,
            // Foci that follow a wave still far off end in a wrong place.
            RefinesFoci = setup.Options.RefineFoci && certainty * usual.Focus < policy.UncertainFocus && state.Stage > 0,
        };
    }
}
