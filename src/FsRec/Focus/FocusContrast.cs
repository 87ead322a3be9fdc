namespace FsRec.Focus;

/// <summary>The contrast of a wave propagated by some distance.</summary>
/// <param name="Focus">Distance in nm.</param>
/// <param name="Contrast">Standard deviation inside the reference area after the autofocus filter.</param>
public readonly record struct FocusContrast(double Focus, double Contrast)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Focus:0.00} nm: {Contrast:0.000000}");
}
