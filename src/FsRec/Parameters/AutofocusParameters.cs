namespace FsRec.Parameters;

/// <summary>Section [AUTOCORRECTION] of the parameter file: the search for the focus of least contrast.</summary>
public sealed record AutofocusParameters
{
    /// <summary>Half of the search range in nm (key Autofocusrange).</summary>
    public double HalfRange { get; init; } = 50;

    /// <summary>Soft band-pass before the contrast is measured, in 1/nm (key Autofocusfilter).</summary>
    public FrequencyBand Filter { get; init; } = new(1, 5);

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"from -{HalfRange} to {HalfRange} nm, filter {Filter}");
}
