namespace FsRec.Comparison;

/// <summary>One ring of a Fourier ring correlation, Re Σ w t* / √(Σ|w|² Σ|t|²).</summary>
/// <param name="Frequency">Mean of the ring's edges in 1/nm.</param>
/// <param name="Correlation">Correlation, −1 to 1.</param>
public readonly record struct RingCorrelation(double Frequency, double Correlation)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Frequency:0.000} 1/nm: {Correlation:0.0000}");
}
