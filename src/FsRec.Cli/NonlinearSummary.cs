using FsRec.Reconstructions;

namespace FsRec.Cli;

/// <summary>What the refinement by the full image model did.</summary>
internal sealed record NonlinearSummary
{
    public required int Iterations { get; init; }

    public required bool KeptLinear { get; init; }

    public required double LinearBias { get; init; }

    public double? ReducedChiSquare { get; init; }

    /// <summary>Nodes of the integral over the focus spread.</summary>
    public required int FocusNodes { get; init; }

    /// <summary>RMS error of an image by the finite number of nodes, in units of the noise.</summary>
    public required double FocusNodesError { get; init; }

    /// <summary>The aberrations that were to be fitted, with their errors; <see langword="null"/> where none were.</summary>
    public string? Aberrations { get; init; }

    public static NonlinearSummary? Of(NonlinearResult? result) => result is null ? null : new NonlinearSummary
    {
        Iterations = result.Iterations.Count,
        KeptLinear = result.KeptLinear,
        LinearBias = result.LinearBias,
        FocusNodes = result.FocusNodes,
        FocusNodesError = result.FocusNodesError,
        ReducedChiSquare = result.Iterations.Count > 0 ? result.Iterations[^1].ReducedChiSquare : null,
        Aberrations = result.Reconstruction.Uncertainty is { Aberrations: { Count: > 0 } found } ? string.Join("; ", found) : null,
    };

    /// <summary>Writes it in a line, or two.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(KeptLinear
            ? FormattableString.Invariant($"nonlinear refinement: the linear estimate is kept, as what it leaves out is {LinearBias:0.000} of what noise leaves")
            : FormattableString.Invariant($"nonlinear refinement: {Counted.Of(Iterations, "iteration")}, reduced chi-square {ReducedChiSquare:0.0000}, focus spread in {Counted.Of(FocusNodes, "node")} (error {FocusNodesError:0.000} of the noise)"));
        if (Aberrations is not null)
        {
            output.WriteLine($"aberrations: {Aberrations}");
        }
    }
}
