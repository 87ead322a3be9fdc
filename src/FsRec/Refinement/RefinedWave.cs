using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Refinement;

/// <summary>What the iterations of the nonlinear refinement came to. Immutable.</summary>
internal sealed record RefinedWave
{
    /// <summary>The series with the displacements, foci and aberrations found.</summary>
    public required AlignedSeries Aligned { get; init; }

    /// <summary>The wave on the frames' grid, with the noise, prior powers and weights it rests on.</summary>
    public required WienerSolution Statistics { get; init; }

    /// <summary>What was found of the aberrations that were fitted.</summary>
    public required IReadOnlyList<AberrationUncertainty> Aberrations { get; init; }

    /// <summary>One record an iteration.</summary>
    public required IReadOnlyList<NonlinearIteration> History { get; init; }

    /// <summary>Reduced chi-square of each frame.</summary>
    public required IReadOnlyList<double> ChiSquares { get; init; }

    /// <summary>Background of each frame as a share of its mean; <see langword="null"/> where none was fitted.</summary>
    public required IReadOnlyList<float>? Backgrounds { get; init; }

    /// <summary>Nodes of the integral over the focus spread.</summary>
    public required int FocusNodes { get; init; }

    /// <summary>RMS error of an image by the finite number of nodes, in units of the noise of the least noisy frame.</summary>
    public required double FocusNodesError { get; init; }
}
