namespace FsRec.Parameters;

/// <summary>Section [ALIGNMENT] of the parameter file, and the alignment keys of [RECONSTRUCTION].</summary>
public sealed record AlignmentParameters
{
    /// <summary>Whether frames are pre-aligned at all (key Prealignment).</summary>
    public bool Prealignment { get; init; } = true;

    /// <summary>Radius of the centre of mass in the correlation, in pixels (key Comkernel).</summary>
    public int CenterOfMassRadius { get; init; } = 3;

    /// <summary>Most rounds of sub-pixel pre-alignment (key Maxprealign).</summary>
    public int MaxPrealignmentRounds { get; init; } = 5;

    /// <summary>Neighbouring frames averaged for <see cref="CommonFrame"/>; 0 means none (key Raverage).</summary>
    public int RunningAverage { get; init; } = 5;

    /// <summary>Whether frames are pre-aligned to a common, noise-reduced frame (key Commonframe).</summary>
    public bool CommonFrame { get; init; }

    /// <summary>
    /// Name of the pre-aligner, one of <see cref="PrealignmentMethods"/> (key Methprealign); <see langword="null"/> means the default, that the
    /// data decide.
    /// </summary>
    public string? Method { get; init; }

    /// <summary>
    /// Whether frames with reversed contrast transfer enter with inverted contrast (key Invertprealign).
    /// </summary>
    public bool InvertContrast { get; init; }

    /// <summary>
    /// Soft band-pass before correlation, in 1/nm (key Alignmentfilter); <see langword="null"/> means from the lower
    /// reconstruction limit to Limit.
    /// </summary>
    public FrequencyBand? Filter { get; init; }

    /// <summary>Precision aimed at by the sub-pixel search, in pixels (key Alignmentprecision).</summary>
    public double Precision { get; init; } = 0.1;

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"pre-alignment {(Prealignment ? CommonFrame ? $"to a common frame of {RunningAverage}" : Method ?? PrealignmentMethods.Default : "off")}, filter {(Filter is { } band ? band.ToString() : "from the foci and Limit")}, precision {Precision} px");
}
