namespace FsRec.Results;

/// <summary>The error of a wave in a band of spatial frequencies, as a share of the wave's own RMS amplitude there.</summary>
/// <param name="Band">The band in 1/nm.</param>
/// <param name="RelativeError">All that is known of the error: the noise, and what the model does not explain.</param>
/// <param name="RelativeNoise">The part of it that the noise alone leaves.</param>
public sealed record BandUncertainty(FrequencyBand Band, double RelativeError, double RelativeNoise)
{
    /// <summary>The part of it that the model leaves; the squares of both add up.</summary>
    public double RelativeModelError => Math.Sqrt(Math.Max(0, (RelativeError * RelativeError) - (RelativeNoise * RelativeNoise)));

    /// <summary>Gathers rings.</summary>
    internal static BandUncertainty Of(FrequencyBand band, IReadOnlyCollection<RingUncertainty> rings)
    {
        double power = rings.Sum(static r => r.Amplitude * r.Amplitude);
        return new BandUncertainty(
            band, Math.Sqrt(rings.Sum(static r => r.Error * r.Error) / power), Math.Sqrt(rings.Sum(static r => r.Noise * r.Noise) / power));
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{Stated.Of(100 * RelativeError, "0.0")} % from {Band.Low:0.0} to {Band.High:0.0} 1/nm ({Stated.Of(100 * RelativeNoise, "0.0")} % by noise)");
}
