using FsRec.Parameters;
using FsRec.Results;

namespace FsRec.Restoration;

/// <summary>What a call of a reconstruction may say beyond the parameters of the series.</summary>
public sealed record ReconstructionOptions
{
    /// <summary>Number of iterations; <see langword="null"/> for LinearIterations of the parameters.</summary>
    public int? Iterations { get; init; }

    /// <summary>How the wave is restored once the frames are aligned; <see langword="null"/> for Restoration of the parameters.</summary>
    public RestorationMethod? Method { get; init; }

    /// <summary>Threads to use; 0 for one a processor. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Called after each iteration with its number and its wave; <see langword="null"/> spares the making of that wave.</summary>
    public Action<int, ExitWave>? AfterIteration { get; init; }

    /// <summary>Called after each alignment with the peaks of all frames, in the order of the series; <see langword="null"/> spares them.</summary>
    public Action<IReadOnlyList<AlignmentPeak>>? AfterAlignment { get; init; }

    /// <summary>Where to take up the linear iterations.</summary>
    internal LinearState? Resume { get; init; }

    /// <summary>Told of the state after each linear iteration.</summary>
    internal Action<LinearState>? AfterState { get; init; }
}
