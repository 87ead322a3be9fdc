namespace FsRec.Refinement;

/// <summary>What a nonlinear refinement may be told; the defaults need no thought.</summary>
public sealed record NonlinearOptions
{
    /// <summary>
    /// Most iterations of the refinement. It takes 40, and more only while misfit is left that the wave would be off by; where aberrations are fitted,
    /// that many (or fewer, if this is less) and twice as many more.
    /// </summary>
    public int Iterations { get; init; } = 120;

    /// <summary>
    /// Ends when an iteration lowers the misfit (half of the weighted sum of squares) by less than this for each frame.
    /// </summary>
    public double Tolerance { get; init; } = 0.02;

    /// <summary>Whether the displacements are refined with the wave.</summary>
    public bool RefineDisplacements { get; init; } = true;

    /// <summary>Whether the foci are refined with the wave.</summary>
    public bool RefineFoci { get; init; } = true;

    /// <summary>
    /// Whether a background of each frame is fitted: electrons that carry no image, as those of the detector or scattered inelastically far
    /// from the specimen. Of a weak object it cannot be told from a weaker wave.
    /// </summary>
    public bool RefineBackground { get; init; }

    /// <summary>
    /// The aberrations that are refined with the wave. All that frames tell of them is how the convergence damps the interference of
    /// beams: it takes a good dose, a wide range of focus and a convergence of some 0.1 mrad.
    /// </summary>
    public Parameters.RefinedAberrations RefineAberrations { get; init; }

    /// <summary>
    /// Pixels of the margin round the frame in which the wave goes on; <see langword="null"/> for what focus, aberrations and
    /// displacements ask for.
    /// </summary>
    public int? Margin { get; init; }

    /// <summary>
    /// Whether the linear estimate is kept where the data do not show that the nonlinear one is better; <see langword="false"/> returns
    /// the nonlinear one in any case.
    /// </summary>
    public bool KeepLinearWhereBetter { get; init; } = true;

    /// <summary>The wave to start from; <see langword="null"/> for a Wiener restoration.</summary>
    public ExitWave? InitialWave { get; init; }

    /// <summary>What the keys of a parameter file say.</summary>
    /// <param name="parameters">The keys.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    public static NonlinearOptions Of(Parameters.RestorationParameters parameters, int threads) => new()
    {
        Iterations = parameters.NonlinearIterations,
        Tolerance = parameters.NonlinearTolerance,
        RefineDisplacements = parameters.RefineDisplacements,
        RefineFoci = parameters.RefineFoci,
        RefineBackground = parameters.RefineBackground,
        RefineAberrations = parameters.RefineAberrations,
        Threads = threads,
    };

    /// <summary>Threads to use; 0 for one a processor. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>
    /// Misfit left, over that which noise leaves, at which the fit is good enough for who asks for its chi-square only; 0 for one as good as a wave takes.
    /// </summary>
    internal double EnoughLeft { get; init; }

    /// <summary>Another start than that of the linear theory, as a refinement's end is one for a simulation of it.</summary>
    internal NonlinearState? Resume { get; init; }

    /// <summary>A refinement that was stopped, to go on from; it must be one of this series and these options.</summary>
    internal RefinementState? Continue { get; init; }

    /// <summary>
    /// Told after each iteration how the state is made from which it would go on, and whether it should be kept even if it is not written: of the
    /// beginning and end of a stage, and where the refinement is being stopped.
    /// </summary>
    internal Action<Func<RefinementState>, bool>? AfterState { get; init; }
}
