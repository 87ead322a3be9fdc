using FsRec.Restoration;

namespace FsRec.Refinement;

/// <summary>
/// Reconstruction with the full image intensity: wave, displacements and foci are fitted together to the frames as recorded, under the
/// noise of counting and the power spectra of amplitude and phase that the linear theory found. Mean displacement and mean focus stay.
/// </summary>
public static class NonlinearReconstruction
{
    /// <summary>Refines a reconstruction.</summary>
    /// <param name="start">The linear reconstruction: its displacements and foci start the refinement.</param>
    /// <param name="options">Iterations and the like; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The refined wave, displacements and, with the series, foci.</returns>
    /// <exception cref="FsRecException">The series has fewer than two frames.</exception>
    public static Reconstruction Run(
        Reconstruction start, NonlinearOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Refine(start, options, progress, cancellationToken).Reconstruction;

    /// <summary>Refines a reconstruction and tells how the result was come by.</summary>
    /// <param name="start">The linear reconstruction: its displacements and foci start the refinement.</param>
    /// <param name="options">Iterations and the like; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The result with its history and figures of trust.</returns>
    /// <exception cref="FsRecException">The series has fewer than two frames.</exception>
    public static NonlinearResult Refine(
        Reconstruction start, NonlinearOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var loop = new NonlinearLoop(start.Aligned, options ?? new NonlinearOptions(), progress, cancellationToken);
        return loop.Run();
    }
}
