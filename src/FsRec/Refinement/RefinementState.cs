using FsRec.Results;
using FsRec.Statistics;

namespace FsRec.Refinement;

/// <summary>
/// A nonlinear refinement in the middle of a stage, all that its iterations go by: the stage as it began, and how far the optimiser is in it. A
/// refinement that goes on from it ends with the bits of one that was not stopped.
/// </summary>
internal sealed record RefinementState
{
    /// <summary>Iterations that were asked for; another number makes other stages.</summary>
    public required int Iterations { get; init; }

    /// <summary>The tolerance.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Number of the stage, from 0.</summary>
    public required int Stage { get; init; }

    /// <summary>Iterations before the stage.</summary>
    public required int Before { get; init; }

    /// <summary>The iterations so far, those of the stage among them.</summary>
    public required IReadOnlyList<NonlinearIteration> History { get; init; }

    /// <summary>Whether it is the aberrations' turn.</summary>
    public required bool AberrationsOpen { get; init; }

    /// <summary>Each step that the lens was changed by, in nm by components, in their order.</summary>
    public required IReadOnlyList<double[]> LensSteps { get; init; }

    /// <summary>Dx, Dy of each frame in px as the refinement began; from others it is another one.</summary>
    public required IReadOnlyList<(double Dx, double Dy)> Start { get; init; }

    /// <summary>Dx, Dy of each frame in px as the stage began.</summary>
    public required IReadOnlyList<(double Dx, double Dy)> Displacements { get; init; }

    /// <summary>Defocus of each frame in nm as the stage began.</summary>
    public required IReadOnlyList<double> Foci { get; init; }

    /// <summary>The powers that the stage expects.</summary>
    public required PriorPowers Prior { get; init; }

    /// <summary>Scales that the frames' weights were made with.</summary>
    public required float[] WeightScales { get; init; }

    /// <summary>Backgrounds that the frames' weights were made with.</summary>
    public required float[] WeightBackgrounds { get; init; }

    /// <summary>Sums of squares at the last evaluation.</summary>
    public required double[] ChiSquares { get; init; }

    /// <summary>The wave's spectrum as the stage began, without the padding, real and imaginary parts by turns.</summary>
    public required float[] Wave { get; init; }

    /// <summary>The optimiser; <see langword="null"/> where it has made no step, or is too large to be kept.</summary>
    public OptimiserState? Optimiser { get; init; }
}
