namespace FsRec.Parameters;

/// <summary>How the exit wave is restored from the aligned frames (key Restoration).</summary>
public enum RestorationMethod
{
    /// <summary>Back-projection, as PyFSRec does it.</summary>
    Linear,

    /// <summary>Least squares in the linear theory, envelopes, noise and prior powers inside the filter.</summary>
    Wiener,

    /// <summary>The full image intensity is fitted, with displacements and foci.</summary>
    Nonlinear,
}
