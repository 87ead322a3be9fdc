using FsRec.Parameters;
using FsRec.Refinement;
using FsRec.Results;

namespace FsRec.Reconstructions;

/// <summary>
/// How well the frames can be explained under the parameters of a reconstruction: the reduced chi-square of the full image model once wave and
/// displacements are fitted to all frames. It compares parameters of the microscope by any way of restoration. What a linear wave leaves over does not:
/// a focus spread weakens all frames alike there, and the wave makes up for it, whatever its value is.
/// </summary>
public static class ModelChiSquare
{
    /// <summary>Fits the full image model from where a reconstruction has come to, unless that is such a fit itself.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <param name="refineFoci">Whether the foci are fitted too; not where foci are to be compared.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>Mean over pixels and frames of (model − data)² / variance.</returns>
    /// <exception cref="FsRecException">The series cannot be refined.</exception>
    public static double Of(
        Reconstruction reconstruction, bool refineFoci = true, int threads = 0, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (reconstruction is { Method: RestorationMethod.Nonlinear, NonlinearHistory: [.., var last] })
        {
            return last.ReducedChiSquare;
        }

        RestorationParameters parameters = reconstruction.Series.Parameters.Restoration;
        NonlinearOptions options = NonlinearOptions.Of(parameters, threads) with
        {
            RefineFoci = refineFoci && parameters.RefineFoci,
            // The values that are compared stay as they are.
            RefineAberrations = RefinedAberrations.None,
            // The question is what the model explains, not which wave is better.
            KeepLinearWhereBetter = false,
        };
        return NonlinearReconstruction.Refine(reconstruction, options, progress, cancellationToken).Iterations[^1].ReducedChiSquare;
    }
}
