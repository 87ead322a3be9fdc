namespace FsRec.Simulation;

/// <summary>Which intensity a simulated image shows.</summary>
public enum ImagingModel
{
    /// <summary>All of it: every pair of waves interferes.</summary>
    Nonlinear,

    /// <summary>
    /// Only the unscattered wave with each scattered one, |c|² + 2 Re(c* F⁻¹[ψ t E]), with the linear envelopes: what linear
    /// reconstruction takes an image for.
    /// </summary>
    Linear,
}
