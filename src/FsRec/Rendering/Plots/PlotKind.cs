namespace FsRec.Rendering;

/// <summary>What a plot shows.</summary>
public enum PlotKind
{
    /// <summary>The displacements, with and without the part that is linear in defocus.</summary>
    Drift,

    /// <summary>Moves, residual and misfit by iteration.</summary>
    Convergence,

    /// <summary>The foci with their errors and the line through them.</summary>
    Focus,

    /// <summary>The contrast of the propagated wave by focus.</summary>
    Autofocus,

    /// <summary>The reduced chi-square of each frame.</summary>
    ChiSquare,

    /// <summary>Amplitude of the scattered wave and its error by spatial frequency.</summary>
    Uncertainty,

    /// <summary>What the series transfers, with the envelopes.</summary>
    Transfer,

    /// <summary>The Fourier ring correlation of two halves.</summary>
    Resolution,
}
