namespace FsRec.Simulation;

/// <summary>How the finite convergence of the illumination enters a simulated image.</summary>
public enum SpatialCoherence
{
    /// <summary>
    /// The linear envelope exp(−(πα)²(Zg + C3λ²g³ + C5λ⁴g⁵)²) on the wave: exact for the linear part of the image and cheap. Between
    /// two scattered waves it damps more than the illumination does, and it takes a little of the mean: a fit finds other values of the convergence.
    /// </summary>
    Envelope,

    /// <summary>
    /// A sum over illumination tilts, normally distributed with the standard deviation α/√2 on each axis. The linear part has the same
    /// envelope but for C3's terms of second order in the tilt and for the mixing of tilt and focus spread; the rest is right too, and
    /// electrons are conserved. Takes some ten to a hundred times as long.
    /// </summary>
    Tilts,
}
