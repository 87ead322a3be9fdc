namespace FsRec.Results;

/// <summary>The error of a wave in one ring of spatial frequencies. Squares of all rings add up.</summary>
/// <param name="Frequency">Middle of the ring in 1/nm.</param>
/// <param name="Amplitude">RMS amplitude that the ring adds to the scattered wave, in units of the vacuum's.</param>
/// <param name="Error">RMS error of that amplitude, by noise and by what the model does not explain.</param>
/// <param name="Information">
/// What the frames say over what is known without them: the wave's expected power over the variance that is left of it, less 1; no more than
/// Σ transfer² · dose times the specimen's power, both means over amplitude and phase. Below 1 the frames tell less than half of the power: the
/// series is blind there.
/// </param>
public sealed record RingUncertainty(double Frequency, double Amplitude, double Error, double Information)
{
    /// <summary>The part of the error that noise alone leaves; the squares of this and of what the model does not explain add up.</summary>
    public double Noise { get; init; } = Error;

    /// <summary>Error over amplitude.</summary>
    public double RelativeError => Error / Amplitude;

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{Frequency:0.000} 1/nm: amplitude {Amplitude:g3} ±{Error:g2}, information {Information:g3}");
}
