namespace FsRec.Parameters;

/// <summary>
/// The constant aberrations that the nonlinear refinement fits with the wave (key Refineaberrations), by the names of the keys that give
/// them.
/// </summary>
[Flags]
public enum RefinedAberrations
{
    /// <summary>None: the lens is as the parameters say.</summary>
    None = 0,

    /// <summary>The spherical aberration.</summary>
    C3 = 1,

    /// <summary>Two-fold astigmatism, size and azimuth.</summary>
    A1 = 2,

    /// <summary>Three-fold astigmatism, size and azimuth.</summary>
    A2 = 4,

    /// <summary>Axial coma, size and azimuth.</summary>
    B2 = 8,

    /// <summary>The defocus that all frames have in common; without it the mean focus is that of the parameters.</summary>
    C1 = 16,
}
