using FsRec.Parameters;

namespace FsRec.Resolution;

/// <summary>How the resolution is measured. Immutable.</summary>
public sealed record ResolutionOptions
{
    /// <summary>Share of rows and of columns, about the middle, where the window is 1; from there it falls to 0 at the frame's edge.</summary>
    public double CentralFraction { get; init; } = 0.6;

    /// <summary>How the halves are restored; <see langword="null"/> for linear where the reconstruction is, otherwise Wiener.</summary>
    public RestorationMethod? Method { get; init; }

    /// <summary>Threads to use; 0 for one a processor. The result does not depend on it.</summary>
    public int Threads { get; init; }
}
