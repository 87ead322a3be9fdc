using FsRec.ImageModel;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Refinement;

/// <summary>
/// What a nonlinear refinement starts from and does not change: the Wiener restoration at the start's displacements with the statistics it rests
/// on, the grid of the wave with its margin, and how fine the image model is. Immutable.
/// </summary>
internal sealed record RefinementSetup
{
    /// <summary>By what the refinement decides.</summary>
    public NonlinearPolicy Policy { get; private init; } = NonlinearPolicy.Default;

    /// <summary>The series with the displacements to start from.</summary>
    public required AlignedSeries Start { get; init; }

    /// <summary>What was asked for.</summary>
    public required NonlinearOptions Options { get; init; }

    /// <summary>The linear restoration at the start, with what it rests on; its band goes beyond Limit.</summary>
    public required WienerSolution Wiener { get; init; }

    /// <summary>The grid of the wave.</summary>
    public required ModelGrid Grid { get; init; }

    /// <summary>Pixels of the margin.</summary>
    public required int Margin { get; init; }

    /// <summary>Order of the theory of the convergence in the image model.</summary>
    public required int ConvergenceOrder { get; init; }

    /// <summary>Nodes of the integral over the focus spread.</summary>
    public required int Nodes { get; init; }

    /// <summary>RMS error of an image by the finite number of nodes, in units of the noise of the least noisy frame.</summary>
    public required double NodesError { get; init; }

    /// <summary>How far in px each frame is expected to be from where the start has it.</summary>
    public required IReadOnlyList<double> ExpectedMoves { get; init; }

    /// <summary>The series.</summary>
    public FocalSeries Series => Start.Series;

    /// <summary>Number of frames.</summary>
    public int Frames => Series.Count;

    /// <summary>Whether aberrations are fitted.</summary>
    public bool FitsAberrations => Options.RefineAberrations != RefinedAberrations.None;

    /// <summary>Frequency in 1/nm below which the series says little.</summary>
    public double LowerLimit => Wiener.Statistics.LowerLimit;

    /// <summary>The margin holds less and less of the specimen the farther it is from the frame: the share of the grid that is taken to be filled.</summary>
    public double Filled => Math.Sqrt((double)Grid.Frame.PixelCount / Grid.Plane.PixelCount);

    /// <summary>Restores the linear estimate and chooses grid and image model.</summary>
    /// <param name="start">The series with the displacements to start from.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static RefinementSetup Of(AlignedSeries start, NonlinearOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        NonlinearPolicy policy = NonlinearPolicy.Default;
        FocalSeries series = start.Series;
        double limit = series.Parameters.Linear.Limit;
        limit = Math.Max(limit, Math.Min(policy.BeyondLimit * limit, 2.0 / 3 * series.Calibration.Nyquist));
        WienerSolution wiener = WienerRestoration.Solve(start, options.Threads, progress, cancellationToken, limit, strong: true);
        if (options.RefineFoci && wiener.Fitting(start) is { } fitting)
        {
            // A focus that is far off is not found by going downhill.
            (start, series) = (fitting, fitting.Series);
            wiener = WienerRestoration.Solve(start, options.Threads, progress, cancellationToken, limit, strong: true);
        }

        SeriesStatistics statistics = wiener.Statistics;
        int margin = options.Margin ?? ModelGrid.Margin(series, statistics.Prior, limit, DisplacementAlgebra.Largest(start.Displacements));
        // What the convergence does is what tells of aberrations: there the theory of first order is not good enough.
        int order = options.RefineAberrations != RefinedAberrations.None ? 2 : CrossTerms.Matter(statistics) ? 1 : 0;
        (int nodes, double error) = FocusNodes.Choose(statistics with { Band = SeriesOptics.Band(series) });
        return new RefinementSetup
        {
            Policy = policy,
            Start = start,
            Options = options,
            Wiener = wiener,
            Grid = new ModelGrid(series.Calibration, margin, limit),
            Margin = margin,
            ConvergenceOrder = order,
            Nodes = nodes,
            NodesError = error,
            // The less a frame says of its place, the more the alignment's word counts: it knows amplitude from phase, this estimate does not.
            ExpectedMoves = [.. RefinementScales.MoveErrors(statistics).Select(e => Math.Min(policy.ExpectedMove, policy.UncertainMove * policy.UncertainMove / e))],
        };
    }

    /// <summary>The image model of the series.</summary>
    public NonlinearModel CreateModel() =>
        new(Series, Grid, Wiener.Noise, Options.Threads, ConvergenceOrder, FitsAberrations, Nodes);

    /// <summary>Mean of a model's reduced chi-squares over the frames that belong, each by its own noise, whatever its weight.</summary>
    /// <param name="model">The model, a wave having been held against the frames.</param>
    public double ReducedChiSquare(NonlinearModel model) =>
        Enumerable.Range(0, Frames).Where(n => !Wiener.Outliers[n]).Average(n => model.ChiSquares[n] * Wiener.Inflation(n)) / Series.Calibration.PixelCount;
}
