namespace FsRec.Simulation;

/// <summary>A specimen made of atoms, and how the electron wave passes it. Immutable.</summary>
public sealed record SimulatedSpecimen
{
    /// <summary>The atoms.</summary>
    public required IReadOnlyList<SpecimenAtom> Atoms { get; init; }

    /// <summary>Absorptive part of the potential as a fraction of the elastic one: the wave gets exp(iφ − κφ).</summary>
    public double Absorption { get; init; } = 0.1;

    /// <summary>
    /// Thickness of a multislice slice in nm; 0 takes the whole specimen as one transmission function, which is right as long as it
    /// is thin.
    /// </summary>
    public double SliceThickness { get; init; }

    /// <summary>
    /// The largest phase in rad to which the potential of a thin specimen, one without slices, is scaled; <see langword="null"/> leaves
    /// it as it is.
    /// </summary>
    public double? LargestPhase { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Atoms.Count} atoms, absorption {Absorption}, slices of {SliceThickness} nm");
}
