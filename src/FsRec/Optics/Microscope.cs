namespace FsRec.Optics;

/// <summary>
/// The microscope that recorded a series: its constant aberrations and its partial coherence. Defocus belongs to a
/// frame and is not here. Immutable.
/// </summary>
public sealed record Microscope
{
    /// <summary>Acceleration voltage in kV.</summary>
    public double Voltage { get; init; } = 300;

    /// <summary>Third-order spherical aberration C3 in nm.</summary>
    public double C3 { get; init; }

    /// <summary>Fifth-order spherical aberration C5 in nm.</summary>
    public double C5 { get; init; }

    /// <summary>Two-fold astigmatism A1 in nm: the defocus is greater by A1 along its azimuth and less by A1 across it.</summary>
    public double A1 { get; init; }

    /// <summary>Azimuth of A1 in degrees, from the columns' axis (fast axis) towards that of the rows; of period 180.</summary>
    public double A1Azimuth { get; init; }

    /// <summary>Three-fold astigmatism A2 in nm, χ = (2π/3) A2 λ² g³ cos 3(φ − azimuth).</summary>
    public double A2 { get; init; }

    /// <summary>Azimuth of A2 in degrees, from the columns' axis towards that of the rows; of period 120.</summary>
    public double A2Azimuth { get; init; }

    /// <summary>Axial coma B2 in nm, χ = 2π B2 λ² g³ cos(φ − azimuth): a third of the coma that some authors name so.</summary>
    public double B2 { get; init; }

    /// <summary>Azimuth of B2 in degrees, from the columns' axis towards that of the rows.</summary>
    public double B2Azimuth { get; init; }

    /// <summary>Semi-convergence angle α of the illumination in mrad.</summary>
    public double Semiconvergence { get; init; } = 0.05;

    /// <summary>
    /// Focus spread Δ in nm, as it stands in the envelope exp(−(πλΔg²/2)²): √2 times the standard deviation of the
    /// focus distribution.
    /// </summary>
    public double FocusSpread { get; init; } = 3;

    /// <summary>Image spread σ in pm, as it stands in the envelope exp(−2(πσg)²): the standard deviation of the image's blur.</summary>
    public double ImageSpread { get; init; } = 20;

    /// <summary>The detector, as the frames of a series show it; <see langword="null"/> for one that changes nothing. Of a series by its keys MTF and NPS.</summary>
    internal Detector? Detector { get; init; }

    /// <summary>
    /// Electron wavelength in nm, relativistic: λ = 1.2264263 / √(U (1000 + 0.97847538 U)), U in kV.
    /// </summary>
    public double Wavelength => 1.2264263 / Math.Sqrt(Voltage * (1000 + (0.97847538 * Voltage)));

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{Voltage} kV, {AberrationText()}, semi-convergence {Semiconvergence} mrad, focus spread {FocusSpread} nm, image spread {ImageSpread} pm");

    /// <summary>The aberrations with their units, those of no round lens where there are any.</summary>
    internal string AberrationText()
    {
        string text = FormattableString.Invariant($"C3 {C3:0.######} nm, C5 {C5:0.######} nm");
        foreach ((string name, double size, double azimuth) in ((string, double, double)[])[("A1", A1, A1Azimuth), ("A2", A2, A2Azimuth), ("B2", B2, B2Azimuth)])
        {
            text += size == 0 ? "" : FormattableString.Invariant($", {name} {size:0.###} nm at {azimuth:0.#}°");
        }

        return text;
    }
}
