using FsRec.Optics;

namespace FsRec.Parameters;

/// <summary>The frequencies between which a series transfers.</summary>
internal static class FrequencyLimits
{
    /// <summary>0.5 / √(π λ |Z_last − Z_first|) in 1/nm; 0 without a focal range.</summary>
    public static double Lower(IReadOnlyList<double> foci, double wavelength)
    {
        double range = foci.Count < 2 ? 0 : Math.Abs(foci[^1] - foci[0]);
        if (range == 0 && foci.Count > 1)
        {
            range = foci.Max() - foci.Min();
        }

        return range > 0 ? 0.5 / Math.Sqrt(Math.PI * wavelength * range) : 0;
    }

    /// <summary>Where exp(−(πλΔg²/2)²) = e⁻², in 1/nm.</summary>
    public static double Information(Microscope microscope) =>
        Math.Sqrt(2 * Math.Sqrt(2) / (Math.PI * microscope.Wavelength * microscope.FocusSpread));
}
