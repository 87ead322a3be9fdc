namespace FsRec.Simulation;

/// <summary>How the finite convergence of the illumination enters a simulated image.</summary>
public enum SpatialCoherence
{
    /// <summary>
    /// The linear envelope exp(−(πα)²(Zg + C3λ²g³ + C5λ⁴g⁵)²) on the wave: exact for the linear part of the image and cheap. Between
    /// two scattered waves it damps more than the illumination does, and it takes a little of the mean.
    /// </summary>
    Envelope,

    /// <summary>
    /// A sum over illumination tilts, normally distributed with the standard deviation α/√2 on each axis, which gives the same
    /// envelope in the linear part and the right one elsewhere.
    /// </summary>
    Tilts,
}
