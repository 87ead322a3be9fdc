using FsRec.Reconstructions;

namespace FsRec.Runs;

/// <summary>What the refinement by the full image model did.</summary>
public sealed record RefinementFigures
{
    /// <summary>Iterations that were made.</summary>
    public required int Iterations { get; init; }

    /// <summary>Whether the linear estimate was kept.</summary>
    public required bool KeptLinear { get; init; }

    /// <summary>What the linear theory leaves out, over what noise leaves.</summary>
    public required double LinearBias { get; init; }

    /// <summary>Reduced chi-square of the last iteration.</summary>
    public double? ReducedChiSquare { get; init; }

    /// <summary>The misfit that the last iterations left, over that which the noise leaves in the wave.</summary>
    public double? MisfitLeft { get; init; }

    /// <summary>Nodes of the integral over the focus spread.</summary>
    public required int FocusNodes { get; init; }

    /// <summary>RMS error of an image by the finite number of nodes, in units of the noise.</summary>
    public required double FocusNodesError { get; init; }

    /// <summary>The aberrations that were to be fitted, with their errors; <see langword="null"/> where none were.</summary>
    public string? Aberrations { get; init; }

    /// <summary>The figures of a result, if there is one.</summary>
    public static RefinementFigures? Of(NonlinearResult? result) => result is null ? null : new RefinementFigures
    {
        Iterations = result.Iterations.Count,
        KeptLinear = result.KeptLinear,
        LinearBias = result.LinearBias,
        FocusNodes = result.FocusNodes,
        FocusNodesError = result.FocusNodesError,
        ReducedChiSquare = result.Iterations.Count > 0 ? result.Iterations[^1].ReducedChiSquare : null,
        MisfitLeft = double.IsFinite(result.MisfitLeft) ? result.MisfitLeft : null,
        Aberrations = result.Reconstruction.Uncertainty is { Aberrations: { Count: > 0 } found } ? string.Join("; ", found) : null,
    };
}
