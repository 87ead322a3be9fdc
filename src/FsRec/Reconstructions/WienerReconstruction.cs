using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Uncertainty;

namespace FsRec.Reconstructions;

/// <summary>The Wiener restoration of an aligned series with what its errors are.</summary>
public static class WienerReconstruction
{
    /// <summary>Restores the exit wave of a reconstruction anew at its displacements, and tells how far it is to be trusted.</summary>
    /// <param name="aligned">The reconstruction that aligned the series.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The reconstruction with the restored wave; the history is that of the iterations that aligned it.</returns>
    /// <exception cref="FsRecException">The series has fewer than two frames.</exception>
    public static Reconstruction Run(
        Reconstruction aligned, int threads = 0, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Run(aligned.Aligned, threads, progress, cancellationToken) with { History = aligned.History, Fit = aligned.Fit };

    /// <summary>Restores the exit wave of an aligned series at its displacements, and tells how far it is to be trusted.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The reconstruction with the restored wave, without a history.</returns>
    /// <exception cref="FsRecException">The series has fewer than two frames.</exception>
    public static Reconstruction Run(
        AlignedSeries aligned, int threads = 0, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        WienerSolution solution = WienerRestoration.Solve(aligned, threads, progress, cancellationToken);
        RestoredStatistics.Keep(aligned, solution);
        ExitWave filtered = LinearReconstruction.Filtered(solution.Wave, aligned.Series.Parameters);
        var reconstruction = new Reconstruction(aligned, solution.Wave, filtered, [])
        {
            Method = RestorationMethod.Wiener,
            Uncertainty = UncertaintyAnalysis.Run(aligned, solution.Wave, solution, null, threads, cancellationToken),
        };
        return ResultCheck.Require(LinearReconstruction.Held(reconstruction, threads, cancellationToken));
    }
}
