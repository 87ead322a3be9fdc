using FsRec.Parameters;
using FsRec.Refinement;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Reconstructions;

/// <summary>
/// How well the frames can be explained under the parameters of a reconstruction: the reduced chi-square of the full image model once wave and
/// displacements are fitted to all frames. It compares parameters of the microscope by any way of restoration. What a linear wave leaves over does not:
/// a focus spread weakens all frames alike there, and the wave makes up for it, whatever its value is.
/// </summary>
public static class ModelChiSquare
{
    /// <summary>
    /// Fits the full image model from where a reconstruction has come to, unless that is such a fit itself, until noise makes more of the difference of two
    /// chi-squares than what is left of one.
    /// </summary>
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
        (double fitted, double data) = Numbers(reconstruction.Series);
        // Of chi-square that is left, at most half of what noise may make of the difference of two: 2√p/N, of p/N that noise leaves.
        double enough = 1 / Math.Sqrt(fitted);
        var policy = NonlinearPolicy.Default;
        if (reconstruction is { Method: RestorationMethod.Nonlinear, NonlinearHistory: { Count: > 0 } history })
        {
            // Taken where a fit for its own sake would have ended, so that ways of restoration are held to the same.
            int[] settled = reconstruction.Series.Parameters.Restoration.RefineAberrations != RefinedAberrations.None ? []
                : [.. Enumerable.Range(1, history.Count).Where(n => n > policy.Unsettled && policy.HasSettled([.. history.Take(n)], Math.Max(policy.Settled, enough)))];
            return history[settled.Length > 0 ? settled[0] - 1 : ^1].ReducedChiSquare;
        }

        RestorationParameters parameters = reconstruction.Series.Parameters.Restoration;
        NonlinearOptions options = NonlinearOptions.Of(parameters, threads) with
        {
            RefineFoci = refineFoci && parameters.RefineFoci,
            // The values that are compared stay as they are.
            RefineAberrations = RefinedAberrations.None,
            // The question is what the model explains, not which wave is better.
            KeepLinearWhereBetter = false,
            EnoughLeft = enough,
        };
        TransferCheck.Require(reconstruction.Series);
        using var loop = new NonlinearLoop(reconstruction.Aligned, options, progress, cancellationToken);
        return loop.Fit()[^1].ReducedChiSquare;
    }

    /// <summary>The numbers that a wave is fitted by, twice its frequencies, and the data of a series: the pixels of all frames.</summary>
    /// <param name="series">The series.</param>
    internal static (double Fitted, double Data) Numbers(FocalSeries series) => Numbers(series.Parameters, series.Count);

    /// <summary>Likewise of parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="frames">Number of frames.</param>
    internal static (double Fitted, double Data) Numbers(ReconstructionParameters parameters, int frames)
    {
        Calibration frame = parameters.Image.Calibration;
        double limit = Math.Min(parameters.Linear.Limit, frame.Nyquist);
        double pixels = (double)frame.Rows * frame.Columns;
        double frequencies = Math.PI * limit * limit * pixels * frame.RowSampling * frame.ColumnSampling;
        return (2 * frequencies, pixels * frames);
    }
}
