using System.Globalization;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Sweeps;

namespace FsRec.Tests.Sweeps;

/// <summary>The figure by which sweeps are sorted, of other specimens and seeds than those by which the fit's numbers were chosen.</summary>
public class ModelChiSquareTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(SpecimenKind.Crystal, 21)]
    [InlineData(SpecimenKind.LightAtoms, 22)]
    public void It_finds_the_focus_spread_and_ranks_as_a_fit_to_the_end_does(SpecimenKind kind, int seed)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Calibration = new Calibration(160, 160, 0.045, 0.045),
            FrameCount = 10,
            Dose = 2000,
            Seed = seed,
            Specimen = kind,
            Limit = 6,
        });
        double truth = simulated.Series.Microscope.FocusSpread;
        double[] spreads = [truth - 2, truth, truth + 2.5];
        double[] chi = [.. spreads.Select(spread => ModelChiSquare.Of(Restored(simulated, spread, RestorationMethod.Linear), threads: 1, cancellationToken: TestContext.Current.CancellationToken))];
        (double fitted, double data) = ModelChiSquare.Numbers(simulated.Series);
        double noise = 2 * Math.Sqrt(fitted) / data;
        output.WriteLine($"{kind}: {string.Join(" ", chi.Select(static c => c.ToString("0.00000")))}, noise {noise:0.00000}");

        Assert.Equal(chi[1], chi.Min());
        // A fit that goes on for the wave's own sake ranks them alike: by less than noise makes where they are near, by a fifth where they are far.
        double[] whole = [.. spreads.Select(spread => NonlinearReconstruction.Refine(
            Restored(simulated, spread, RestorationMethod.Linear),
            WholeFit(simulated), cancellationToken: TestContext.Current.CancellationToken).Iterations[^1]).Select(end => end.ReducedChiSquare / (1 - (end.Told / data)))];
        output.WriteLine(string.Join(" ", whole.Select(static c => c.ToString("0.00000"))));
        Assert.All([0, 2], i => Assert.Equal(whole[i] - whole[1], chi[i] - chi[1], Math.Max(noise, 0.2 * Math.Abs(whole[i] - whole[1]))));
    }

    [Fact]
    public void It_is_the_same_whatever_the_restoration()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Calibration = new Calibration(128, 128, 0.05, 0.05),
            FrameCount = 8,
            Dose = 1000,
            Seed = 4,
            Specimen = SpecimenKind.Crystal,
            Limit = 5,
        });
        double[] chi = [.. Enum.GetValues<RestorationMethod>().Select(method => ModelChiSquare.Of(
            Restored(simulated, simulated.Series.Microscope.FocusSpread, method), threads: 1, cancellationToken: TestContext.Current.CancellationToken))];
        output.WriteLine(string.Join(" ", chi.Select(static c => c.ToString("0.000000"))));

        Assert.Equal(chi[0], chi[1], 1e-5);
        // The refinement has moved displacements and foci: by less than noise makes of a difference.
        (double fitted, double data) = ModelChiSquare.Numbers(simulated.Series);
        Assert.Equal(chi[0], chi[2], 2 * Math.Sqrt(fitted) / data);
    }

    // By 1.4 and 1.7 of the noise 0.8 mm was preferred to the true 1.2 mm.
    [Theory]
    [InlineData(SpatialCoherence.Envelope, 1)]
    [InlineData(SpatialCoherence.Tilts, 2)]
    public void A_sweep_of_C3_finds_the_truth_or_says_that_it_does_not_decide(SpatialCoherence coherence, int seed)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Calibration = new Calibration(128, 128, 0.045, 0.045),
            FrameCount = 10,
            Seed = seed,
            SpatialCoherence = coherence,
            Limit = 6,
        });
        double truth = simulated.Series.Microscope.C3;
        SweepRow[] rows = [.. SweepPoint.Grid([new SweepAxis("C3", [.. ((double[])[truth - 4e5, truth, truth + 4e5]).Select(static c3 => c3.ToString(CultureInfo.InvariantCulture))])])
            .Select(point => Row(point, simulated))];
        output.WriteLine(string.Join(" ", rows.Select(static row => $"{row.Point}: {row.ModelChiSquare:0.00000}")));

        SweepRow best = rows.MinBy(static row => row.ModelChiSquare)!;
        Assert.True(best == rows[1] || SweepDecision.Of(rows).Any(message => message.Text.Contains(rows[1].Point.ToString(), StringComparison.Ordinal)));
    }

    // Why a small frame prefers a wrong C3: the same specimen, drift and dose in frames that go on outside, and in frames that are their own surroundings, of which the model knows all. Of
    // six seeds the first preferred 0.8 mm to the true 1.2 mm by 1.2 to 2.8 standard deviations of noise, the second by 0.3 to 1.0.
    [Fact]
    public void What_lies_outside_of_a_small_frame_makes_up_for_another_C3()
    {
        double[] preference = [.. ((bool[])[false, true]).Select(periodic =>
        {
            SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
            {
                Calibration = new Calibration(128, 128, 0.045, 0.045),
                FrameCount = 16,
                Drift = new DriftModel { LargestStep = 3, Periodic = periodic },
                SpatialCoherence = SpatialCoherence.Tilts,
            });
            SweepRow[] rows = [.. SweepPoint.Grid([new SweepAxis("C3", ["800000", "1200000"])]).Select(point => Row(point, simulated))];
            (double fitted, double data) = ModelChiSquare.Numbers(simulated.Series);
            return (rows[1].ModelChiSquare!.Value - rows[0].ModelChiSquare!.Value) / (2 * Math.Sqrt(fitted) / data);
        })];
        output.WriteLine(string.Join(" ", preference.Select(static p => p.ToString("0.00", CultureInfo.InvariantCulture))));

        Assert.InRange(preference[0], 1, 3);
        Assert.InRange(preference[1], -1, preference[0] / 2);
    }

    private static SweepRow Row(SweepPoint point, SimulatedSeries simulated)
    {
        ReconstructionParameters parameters = simulated.Series.Parameters;
        parameters = parameters.With("C3", point.Values.Single().Value);
        return new SweepRow
        {
            Point = point,
            Parameters = parameters,
            ModelChiSquare = ModelChiSquare.Of(Restored(simulated, parameters), threads: 1, cancellationToken: TestContext.Current.CancellationToken),
            ResidualRms = 0,
            ScatteredFraction = 0,
            HighestFrequency = parameters.Linear.Limit,
            Iterations = 1,
            Elapsed = TimeSpan.Zero,
            Files = [],
        };
    }

    private static NonlinearOptions WholeFit(SimulatedSeries simulated) =>
        NonlinearOptions.Of(simulated.Series.Parameters.Restoration, 1) with { KeepLinearWhereBetter = false };

    private static Reconstruction Restored(SimulatedSeries simulated, double focusSpread, RestorationMethod method)
    {
        ReconstructionParameters parameters = simulated.Series.Parameters;
        parameters = parameters with
        {
            Microscope = parameters.Microscope with { FocusSpread = focusSpread },
            Restoration = parameters.Restoration with { Method = method },
        };
        return Restored(simulated, parameters);
    }

    private static Reconstruction Restored(SimulatedSeries simulated, ReconstructionParameters parameters)
    {
        FocalSeries series = simulated.Series.WithParameters(parameters);
        return WaveReconstruction.Run(
            new AlignedSeries(series, simulated.TrueDisplacements), null, new ReconstructionOptions { Iterations = 1, Method = parameters.Restoration.Method, Threads = 1 }).Reconstruction;
    }
}
