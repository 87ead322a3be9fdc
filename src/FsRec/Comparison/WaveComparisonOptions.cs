using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Comparison;

/// <summary>How two waves are compared. Immutable.</summary>
public sealed record WaveComparisonOptions
{
    /// <summary>Frequencies in 1/nm that count, Low &lt; g ≤ High; <see langword="null"/> for all but the mean, up to Nyquist.</summary>
    public FrequencyBand? Band { get; init; }

    /// <summary>Share of rows and of columns, about the middle, over which errors are summed; 1 for the whole frame.</summary>
    public double CentralFraction { get; init; } = 0.6;

    /// <summary>The microscope, for wavelength and C3; without it neither defocus nor tilt is fitted.</summary>
    public Microscope? Microscope { get; init; }

    /// <summary>Whether a common translation is fitted.</summary>
    public bool FitShift { get; init; } = true;

    /// <summary>Whether a common defocus is fitted.</summary>
    public bool FitDefocus { get; init; } = true;

    /// <summary>
    /// Whether a tilt of the illumination is fitted: drift linear in defocus passes for one, and leaves the wave with the coma
    /// exp(−2πi C3λ²g² (g·τ)).
    /// </summary>
    public bool FitTilt { get; init; }

    /// <summary>
    /// Whether the common phase is that between the means of the two waves instead of the one that fits best within the band. Stricter:
    /// amplitude that passes for phase is an error then. For weak objects, whose mean is the unscattered wave.
    /// </summary>
    public bool PhaseFromMean { get; init; }

    /// <summary>How far in nm to either side the common defocus is looked for.</summary>
    public double DefocusRange { get; init; } = 15;

    /// <summary>The band from the lower reconstruction limit to Limit, and the microscope, of a series' parameters.</summary>
    /// <param name="parameters">The parameters of the reconstruction.</param>
    public static WaveComparisonOptions From(ReconstructionParameters parameters) => new()
    {
        Band = new FrequencyBand(parameters.LowerLimit, parameters.Linear.Limit),
        Microscope = parameters.Microscope,
    };
}
