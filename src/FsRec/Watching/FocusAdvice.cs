namespace FsRec.Watching;

/// <summary>A focus at which a further frame would tell much.</summary>
/// <param name="Focus">Defocus in nm.</param>
/// <param name="Gain">By how much, as a share, a frame there would lower the wave's error.</param>
public sealed record FocusAdvice(double Focus, double Gain)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Focus:0} nm ({100 * Gain:0.0} %)");
}
