namespace FsRec.Simulation;

/// <summary>The specimens that come ready. None is periodic as a whole, so that a lattice vector does not pass for a drift.</summary>
public enum SpecimenKind
{
    /// <summary>A crystal sheet whose potential is scaled to a largest phase of 0.02 rad: linear theory holds to better than 1 %.</summary>
    Weak,

    /// <summary>Three layers of graphene with nitrogen, oxygen, vacancies and a rotated grain: thin, light atoms.</summary>
    LightAtoms,

    /// <summary>Graphite of 24 layers seen along [001], 8 nm, by multislice, with a step to sixteen layers and the defects of the graphene.</summary>
    Graphite,

    /// <summary>Two to three unit cells of SrTiO3 seen along [001], with a step, vacancies, ad-atoms and a rotated grain.</summary>
    Crystal,

    /// <summary>A gold particle of 6 nm on a carbon film of 1 nm, by multislice.</summary>
    GoldParticle,

    /// <summary>Nothing: frames of vacuum, with whatever noise they have.</summary>
    Vacuum,
}
