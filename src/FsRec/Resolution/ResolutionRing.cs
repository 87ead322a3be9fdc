namespace FsRec.Resolution;

/// <summary>How two halves of a series agree in one ring of spatial frequencies.</summary>
/// <param name="Frequency">Middle of the ring in 1/nm.</param>
/// <param name="Correlation">Fourier ring correlation of the halves' waves, −1 to 1.</param>
/// <param name="HalfBit">
/// The half-bit criterion for the ring's number of independent frequencies n: (0.2071 + 1.9102/√n) / (1.2071 + 0.9102/√n) (M. van Heel and
/// M. Schatz, J. Struct. Biol. 151 (2005) 250).
/// </param>
/// <param name="Independent">Number of independent frequencies: those of the ring times the share of the frame that the window leaves.</param>
/// <param name="SignalToNoise">Power of the signal over that of the noise in the wave of all frames, 2c / (1 − c).</param>
/// <param name="ImageSignalToNoise">Power of the images that the wave predicts over that of what it leaves of the frames, a mean over the frames.</param>
public readonly record struct ResolutionRing(
    double Frequency, double Correlation, double HalfBit, double Independent, double SignalToNoise, double ImageSignalToNoise)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{Frequency:0.000} 1/nm: correlation {Correlation:0.000} (half-bit {HalfBit:0.000}), signal to noise {SignalToNoise:0.00} in the wave, {ImageSignalToNoise:0.000} in the frames");
}
