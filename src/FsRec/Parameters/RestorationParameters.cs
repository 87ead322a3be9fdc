namespace FsRec.Parameters;

/// <summary>The keys of section [RECONSTRUCTION] that choose the restoration and bound the nonlinear refinement.</summary>
public sealed record RestorationParameters
{
    /// <summary>How the exit wave is restored once the frames are aligned (key Restoration).</summary>
    public RestorationMethod Method { get; init; } = RestorationMethod.Linear;

    /// <summary>
    /// Most iterations of the nonlinear refinement, after the linear ones; it takes 40, and more only while misfit is left that the wave would
    /// be off by (key NonlinearIterations).
    /// </summary>
    public int NonlinearIterations { get; init; } = 120;

    /// <summary>
    /// The nonlinear refinement ends when an iteration lowers the misfit, half of the sum of squares over variances, by less than this for
    /// each frame (key NonlinearTolerance).
    /// </summary>
    public double NonlinearTolerance { get; init; } = 0.02;

    /// <summary>Whether the nonlinear refinement fits the displacements (key Refinedisplacements).</summary>
    public bool RefineDisplacements { get; init; } = true;

    /// <summary>Whether the nonlinear refinement fits the foci (key Refinefoci).</summary>
    public bool RefineFoci { get; init; } = true;

    /// <summary>Whether the nonlinear refinement fits a background of each frame (key Refinebackground).</summary>
    public bool RefineBackground { get; init; }

    /// <summary>
    /// The aberrations that the nonlinear refinement fits (key Refineaberrations): see
    /// <see cref="Refinement.NonlinearOptions.RefineAberrations"/>.
    /// </summary>
    public RefinedAberrations RefineAberrations { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{Method}, at most {Counted.Of(NonlinearIterations, "nonlinear iteration")}, tolerance {NonlinearTolerance:0.####} a frame");
}
