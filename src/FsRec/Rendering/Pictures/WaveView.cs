using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Rendering;

/// <summary>What of a wave is looked at. Immutable.</summary>
public sealed record WaveView
{
    /// <summary>The part that is drawn; <see langword="null"/> for all.</summary>
    public ReferenceArea? Crop { get; init; }

    /// <summary>Whether the phase is unwrapped, and its ramp and level taken off.</summary>
    public bool Unwrap { get; init; }

    /// <summary>An area of vacuum that the phase's ramp and level are taken from; <see langword="null"/> for what most pixels lie in.</summary>
    public ReferenceArea? Vacuum { get; init; }

    /// <summary>Foci of a montage in nm; <see langword="null"/> for some about the exit plane.</summary>
    public IReadOnlyList<double>? Foci { get; init; }

    /// <summary>The microscope, for the propagation.</summary>
    public Microscope? Microscope { get; init; }

    /// <summary>The band that is drawn into a spectrum, in 1/nm.</summary>
    public FrequencyBand? Band { get; init; }

    /// <summary>What a reconstruction's parameters say of microscope, band and foci.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="foci">Foci of the series in nm.</param>
    public WaveView With(ReconstructionParameters parameters, IReadOnlyList<double> foci) => this with
    {
        Microscope = Microscope ?? parameters.Microscope,
        Band = Band ?? WaveFigures.Transferred(parameters),
        Foci = Foci ?? PropagatedWave.Foci(foci, WaveFigures.MontageFoci),
    };

    /// <summary>The part of some values.</summary>
    /// <param name="map">The values.</param>
    /// <exception cref="FsRecException">The part does not lie inside.</exception>
    public ScalarMap Part(ScalarMap map) => Crop is { } part ? map.Crop(part.Top, part.Left, part.Rows, part.Columns) : map;
}
