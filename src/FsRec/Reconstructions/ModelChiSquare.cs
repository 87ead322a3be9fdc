using FsRec.Parameters;
using FsRec.Refinement;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Reconstructions;

/// <summary>
/// How well the frames can be explained under the parameters of a reconstruction: the chi-square of the full image model once wave and displacements are fitted to all
/// frames, over the degrees of freedom that are left. It compares parameters of the microscope by any way of restoration. What a linear wave leaves over does not:
/// a focus spread weakens all frames alike there, and the wave makes up for it, whatever its value is.
/// <para>
/// A fit ŷ = Hy follows noise by as much as the prior lets it, and other values of the microscope let it follow more or less. Data of covariance C = σ²(1 − H)⁻¹, as
/// model and prior expect them, leave |y − Hy|²/σ² = N − tr H on average: tr H degrees of freedom are spent, and chi-square over those that are left is 1 whatever H is (T.
/// Hastie, R. Tibshirani, Generalized Additive Models, 1990, 3.5, on degrees of freedom of a linear smoother).
/// </para>
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
    /// <returns>Sum over pixels and frames of (model − data)² / variance, over the number of these less that of the numbers that the fit takes from them.</returns>
    /// <exception cref="FsRecException">The series cannot be refined.</exception>
    public static double Of(
        Reconstruction reconstruction, bool refineFoci = true, int threads = 0, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        NonlinearPolicy policy = NonlinearPolicy.Default;
        RestorationParameters parameters = reconstruction.Series.Parameters.Restoration;
        if (reconstruction is { Method: RestorationMethod.Nonlinear, NonlinearHistory: { Count: > 0 } history } && double.IsFinite(history[^1].Told))
        {
            // Taken where a fit for its own sake would have ended, so that ways of restoration are held to the same.
            double least = Math.Max(policy.Settled, Enough(reconstruction.Series));
            int[] settled = parameters.RefineAberrations != RefinedAberrations.None ? []
                : [.. Enumerable.Range(1, history.Count).Where(n => n > policy.Unsettled && policy.HasSettled([.. history.Take(n)], least))];
            return OverFreedom(history[settled.Length > 0 ? settled[0] - 1 : ^1], reconstruction.Series);
        }

        NonlinearOptions options = NonlinearOptions.Of(parameters, threads);
        return Fit(reconstruction.Aligned, options with { RefineFoci = refineFoci && options.RefineFoci }, progress, cancellationToken).OverFreedom;
    }

    /// <summary>
    /// A reconstruction as chi-squares are compared by: where the noise was taken from the residuals, with that which was given, so that all rows are held to the same.
    /// </summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <param name="series">The series that it is of, as it was given.</param>
    internal static Reconstruction AsGiven(Reconstruction reconstruction, FocalSeries series) => reconstruction.Uncertainty?.Noise is null ? reconstruction : reconstruction with
    {
        Aligned = reconstruction.Aligned.Of(series.WithRestoration(reconstruction.Series.Parameters.Restoration.Method).WithFoci(reconstruction.Series.Foci)),
        NonlinearHistory = [],
    };

    /// <summary>Fits the full image model to a series.</summary>
    /// <param name="aligned">The series with the displacements to start from.</param>
    /// <param name="options">What is fitted with the wave.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>Chi-square over the number of the data, and over the degrees of freedom.</returns>
    internal static (double Plain, double OverFreedom) Fit(AlignedSeries aligned, NonlinearOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        TransferCheck.Require(aligned.Series);
        options = options with
        {
            // The values that are compared stay as they are.
            RefineAberrations = RefinedAberrations.None,
            // The question is what the model explains, not which wave is better.
            KeepLinearWhereBetter = false,
            EnoughLeft = Enough(aligned.Series),
        };
        using var loop = new NonlinearLoop(aligned, options, progress, cancellationToken);
        NonlinearIteration fit = loop.Fit()[^1];
        return (fit.ReducedChiSquare, OverFreedom(fit, aligned.Series));
    }

    // Of chi-square that is left, at most half of what noise may make of the difference of two: 2√p/N, of p/N that noise leaves.
    private static double Enough(FocalSeries series) => 1 / Math.Sqrt(Numbers(series).Fitted);

    private static double OverFreedom(NonlinearIteration fit, FocalSeries series) => fit.ReducedChiSquare / (1 - (fit.Told / Numbers(series).Data));

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
