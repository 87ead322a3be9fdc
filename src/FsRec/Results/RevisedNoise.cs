namespace FsRec.Results;

/// <summary>
/// A spectrum of the noise that was taken from what frames and images of a first wave differ by, with which the series was reconstructed once more.
/// </summary>
/// <param name="Colour">
/// Power of the noise beyond what the microscope transfers over that at the highest frequencies, as the first reconstruction found it: 1 where the noise is as it was taken to be, NaN
/// where there are no such frequencies.
/// </param>
/// <param name="ReducedChiSquare">Reduced chi-square of the first reconstruction.</param>
/// <param name="Instead">The spectrum that was given, as key NPS names it; <see langword="null"/> where none was.</param>
/// <param name="Spectrum">Values at even steps from frequency 0 to the Nyquist frequency, as key NPS takes them.</param>
/// <param name="BlursImage">
/// Whether the image was taken to be blurred as the noise is, MTF = √NPS, as no MTF was given either: so it is where all noise is that of electrons before the blur, or of what
/// was smoothed after it was recorded.
/// </param>
public sealed record RevisedNoise(double Colour, double ReducedChiSquare, string? Instead, IReadOnlyList<double> Spectrum, bool BlursImage)
{
    /// <summary>Values at even steps from frequency 0 to the Nyquist frequency, as key NPS takes them.</summary>
    public IReadOnlyList<double> Spectrum { get; init => field = value.ToArray(); } = Spectrum.ToArray();

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"taken from the residuals, {Spectrum[Spectrum.Count / 2]:0.00} at half of the Nyquist frequency and {Spectrum[^1]:0.00} at it{(BlursImage ? ", MTF = √NPS" : "")}");
}
