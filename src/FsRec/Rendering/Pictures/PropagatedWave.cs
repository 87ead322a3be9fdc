using FsRec.Focus;
using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Rendering;

/// <summary>A wave in planes before and behind the exit plane: ψ(g) exp(−iπλzg²).</summary>
public static class PropagatedWave
{
    /// <summary>Foci about the exit plane that show a wave: to either side as far as two thirds of the focal range, at most, in equal steps.</summary>
    /// <param name="foci">Foci of the series in nm.</param>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<double> Foci(IReadOnlyList<double> foci, int count)
    {
        double reach = foci.Count > 1 && foci.Max() > foci.Min() ? RoundLength.Below((foci.Max() - foci.Min()) / 3) : 10;
        return [.. Enumerable.Range(0, count).Select(i => count == 1 ? 0 : Math.Round((-reach) + (2 * reach * i / (count - 1)), 2))];
    }

    /// <summary>Propagates a wave.</summary>
    /// <param name="wave">The wave.</param>
    /// <param name="microscope">The microscope, for the wavelength.</param>
    /// <param name="defocus">Defocus in nm, underfocus negative.</param>
    public static ExitWave To(ExitWave wave, Microscope microscope, double defocus)
    {
        var band = new WaveBand(FrequencyGrid.Of(wave.Calibration), double.PositiveInfinity);
        using ComplexPlane spectrum = WaveSpectrum.FromWave(wave, band);
        Propagation.Apply(spectrum, band, new TransferFunction(Propagation.Lens(microscope, AutofocusCriterion.RealPart), defocus));
        return WaveSpectrum.ToWave(spectrum, band, wave.Calibration);
    }
}
