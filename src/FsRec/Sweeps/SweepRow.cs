using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Sweeps;

/// <summary>What one run of a sweep came to. The waves lie on disk and are read on request.</summary>
public sealed record SweepRow
{
    /// <summary>The run's values.</summary>
    public required SweepPoint Point { get; init; }

    /// <summary>The run's parameters, its folder among them.</summary>
    public required ReconstructionParameters Parameters { get; init; }

    /// <summary>
    /// Chi-square of the full image model, fitted to the frames under the run's values, over the degrees of freedom that the fit leaves, whatever the way of restoration: of
    /// values of the microscope the best have the least. <see langword="null"/> where it was not asked for.
    /// </summary>
    public required double? ModelChiSquare { get; init; }

    /// <summary>
    /// The difference of <see cref="ModelChiSquare"/> up to which the frames do not decide between this row and another of the same frames and Limit;
    /// <see langword="null"/> without one.
    /// </summary>
    public double? ChiSquareTolerance => ModelChiSquare is null ? null : SweepDecision.Tolerance(this);

    /// <summary>How the wave was restored.</summary>
    public RestorationMethod Method => Parameters.Restoration.Method;

    /// <summary>
    /// Residual after the last iteration, in units of the mean intensity. It is no figure of merit: what weakens all frames alike, as a focus spread,
    /// lowers it, right or wrong.
    /// </summary>
    public required double ResidualRms { get; init; }

    /// <summary>Share of the electrons that the specimen scattered, 0 to 1.</summary>
    public required double ScatteredFraction { get; init; }

    /// <summary>Highest frequency that the series transfers to the wave, in 1/nm; see <see cref="TransferReach"/>.</summary>
    public required double HighestFrequency { get; init; }

    /// <summary>Number of iterations that were made.</summary>
    public required int Iterations { get; init; }

    /// <summary>How long the run took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Whether the run was found complete and its row read back.</summary>
    public bool IsReadBack { get; init; }

    /// <summary>Hash of what the results follow from.</summary>
    internal string Origin { get; init; } = "";

    /// <summary>Full paths of the files written.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>Folder of the run's results.</summary>
    public string OutputFolder => OutputFiles.Of(Parameters).Folder;

    /// <summary>Reads the run's wave.</summary>
    /// <param name="filtered">Whether the filtered one.</param>
    /// <exception cref="DataException">The file is missing or no wave of this shape.</exception>
    public ExitWave ReadWave(bool filtered = false) => PreviousOutput.ReadWave(Parameters, filtered);

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{Point}: {(ModelChiSquare is { } chi ? FormattableString.Invariant($"reduced chi-square {chi:0.00000}, ") : "")}residual {ResidualRms:0.00000}, scattered {100 * ScatteredFraction:0.000} %, up to {HighestFrequency:0.00} 1/nm");
}
