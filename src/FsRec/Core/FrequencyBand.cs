namespace FsRec;

/// <summary>The two edges of a band-pass filter, in 1/nm.</summary>
/// <param name="Low">Lower edge in 1/nm.</param>
/// <param name="High">Upper edge in 1/nm.</param>
public readonly record struct FrequencyBand(double Low, double High)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"[{Low:0.####},{High:0.####}] 1/nm");
}
