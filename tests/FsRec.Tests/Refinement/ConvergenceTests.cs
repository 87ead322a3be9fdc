using FsRec.Optics;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Refinement;

/// <summary>A refinement says whether it came to its end by the misfit that is left against that by noise, not by the number of its iterations.</summary>
public class ConvergenceTests(ITestOutputHelper output)
{
    private static readonly SimulationParameters Strong = new()
    {
        Specimen = SpecimenKind.GoldParticle,
        Calibration = new Calibration(128, 128, 0.05, 0.05),
        Microscope = new Microscope { Voltage = 200, C3 = 1.2e6, Semiconvergence = 0.1, FocusSpread = 4, ImageSpread = 20 },
        FirstFocus = -110,
        LastFocus = -50,
        FrameCount = 10,
        Dose = 1000,
        Limit = 5,
        Drift = DriftModel.None,
    };

    [Fact]
    public void A_refinement_that_stops_by_count_says_so()
    {
        (NonlinearResult early, List<RunMessage> told) = Refine(6);
        (NonlinearResult late, List<RunMessage> silent) = Refine(80);
        output.WriteLine($"{early}, left {early.MisfitLeft}; {late}, left {late.MisfitLeft}");
        Assert.False(early.HasConverged);
        RunMessage warning = Assert.Single(told);
        Assert.Equal(WarningIds.NotConverged, warning.Id);
        Assert.Contains("6 iterations", warning.Text, StringComparison.Ordinal);
        Assert.True(RunWarnings.IsDoubt(warning.Id));
        Assert.True(late.HasConverged);
        Assert.Empty(silent);
        Assert.Equal(early.MisfitLeft, RefinementFigures.Of(early)!.MisfitLeft);
    }

    // What one iteration promises varies: the middle one of three counts.
    [Fact]
    public void One_iteration_alone_decides_nothing()
    {
        double Left(params double[] left) => NonlinearPolicy.Default.Left([.. left.Select(static (v, i) => new NonlinearIteration(i + 1, 1, 0, 0) { MisfitLeft = v })]);
        Assert.Equal(0.003, Left(0.5, 0.001, 0.02, 0.003));
        Assert.Equal(0.2, Left(0.2));
        Assert.Equal(double.NaN, Left());
    }

    private static (NonlinearResult Result, List<RunMessage> Told) Refine(int iterations)
    {
        SimulatedSeries series = SeriesSimulator.Simulate(Strong, 2);
        NonlinearResult result = NonlinearReconstruction.Refine(
            new AlignedSeries(series.Series, series.TrueDisplacements),
            new NonlinearOptions { Iterations = iterations, Threads = 2, KeepLinearWhereBetter = false },
            null,
            TestContext.Current.CancellationToken);
        var told = new List<RunMessage>();
        RunAdvice.OfConvergence(result, new RunContext { Message = told.Add });
        return (result, told);
    }
}
