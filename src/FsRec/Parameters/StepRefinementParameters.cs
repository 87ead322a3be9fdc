namespace FsRec.Parameters;

/// <summary>Section [STEPREFINEMENT] of the parameter file: the focus-step analysis.</summary>
public sealed record StepRefinementParameters
{
    /// <summary>Search range in units of the series' focal range (key Rangemultiplier).</summary>
    public double RangeMultiplier { get; init; } = 1.5;

    /// <summary>Search step in units of 1/(4 λ Limit²) (key Stepmultiplier).</summary>
    public double StepMultiplier { get; init; } = 0.3;

    /// <summary>
    /// Soft band-pass before comparison, in 1/nm (key Refinementfilter); <see langword="null"/> means from the lower
    /// reconstruction limit to Limit.
    /// </summary>
    public FrequencyBand? Filter { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{RangeMultiplier} times the focal range in steps of {StepMultiplier}/(4 λ Limit²)");
}
