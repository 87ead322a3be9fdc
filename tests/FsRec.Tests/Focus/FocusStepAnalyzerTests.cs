using FsRec.Alignment;
using FsRec.Focus;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Focus;

/// <summary>Focus-step analysis on series whose true foci are known.</summary>
public class FocusStepAnalyzerTests(ITestOutputHelper output)
{
    [Fact]
    public void Two_rounds_recover_a_wrong_step_and_scattered_foci()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(SimulationParameters.Demo with
        {
            Specimen = SpecimenKind.LightAtoms,
            Calibration = new Calibration(256, 256, 0.045, 0.045),
            FocusErrors = new FocusErrors { RandomRms = 1, StepError = 0.03 },
            Reconstruction = SimulationParameters.Demo.Reconstruction with
            {
                StepRefinement = new StepRefinementParameters { Filter = new FrequencyBand(2, 6) },
            },
        });
        FocalSeries series = simulated.Series;
        AlignedSeries aligned = Prealignment.Run(series).Aligned;
        FocusStepAnalysis? analysis = null;

        for (int round = 1; round <= 2; round++)
        {
            Reconstruction reconstruction = LinearReconstruction.Run(aligned);
            analysis = FocusStepAnalyzer.Analyze(reconstruction);
            output.WriteLine(FormattableString.Invariant($"round {round}: {analysis}; foci off by {Rms(analysis, simulated):0.000} nm RMS"));
            aligned = new AlignedSeries(series.WithFoci([.. analysis.Frames.Select(static f => f.Refined)]), reconstruction.Displacements);
        }

        double trueStep = Slope(simulated.TrueFoci);
        output.WriteLine(FormattableString.Invariant($"true step {trueStep:0.000} nm"));
        // The bounds of the issue: 1 % of the step, 1 nm RMS; a common offset of all foci only propagates the wave.
        Assert.InRange(analysis!.Step / trueStep, 0.99, 1.01);
        Assert.InRange(Rms(analysis, simulated), 0, 1);
        Assert.Equal(simulated.Series.Count, analysis.Frames.Count);
    }

    [Fact]
    public void Frames_far_off_the_ramp_are_named_and_do_not_draw_the_line_to_themselves()
    {
        double[] ramp = [.. Enumerable.Range(0, 12).Select(static n => -250 + (15.0 * n))];
        double[] recorded = [.. ramp.Select(static (z, n) => n is 3 or 4 ? z + 60 : z)];
        SimulatedSeries simulated = SeriesSimulator.Simulate(SimulationParameters.Demo with
        {
            Specimen = SpecimenKind.LightAtoms,
            Calibration = new Calibration(192, 192, 0.045, 0.045),
            Foci = recorded,
            Drift = DriftModel.None,
        });
        AlignedSeries told = AlignedSeries.Unmoved(simulated.Series.WithFoci(ramp));

        FocusStepAnalysis analysis = FocusStepAnalyzer.Analyze(LinearReconstruction.Run(told, new ReconstructionOptions { Iterations = 1 }));

        output.WriteLine(string.Join("; ", analysis.Frames));
        Assert.Equal([3, 4], analysis.Frames.Where(static f => f.IsOutlier).Select(static f => f.ImageNumber));
    }

    [Fact]
    public void A_series_at_one_focus_has_no_range_to_search()
    {
        var optics = new Microscope { Voltage = 300 };
        SimulatedSeries simulated = SeriesSimulator.Simulate(SimulationParameters.Demo with
        {
            Calibration = new Calibration(64, 64, 0.045, 0.045),
            Microscope = optics,
            Foci = [-100, -100, -100],
            Drift = DriftModel.None,
        });
        Reconstruction wave = LinearReconstruction.FromWave(AlignedSeries.Unmoved(simulated.Series), simulated.TrueWave);

        FsRecException error = Assert.Throws<FsRecException>(() => FocusStepAnalyzer.Analyze(wave));

        Assert.Contains("foci are the same", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_parameter_files_list_has_two_decimals_in_brackets()
    {
        var analysis = new FocusStepAnalysis
        {
            Reconstruction = null!,
            Frames = [new FocusEstimate(0, 0, -269.327, 0, 0, -269.1, false, false), new FocusEstimate(1, 0, -263.45, 0, 0, -262.96, false, false)],
            Step = 0,
            FirstFocus = 0,
            StepError = 0,
            Deviation = 0,
            RSquared = 0,
            SearchStep = 0,
        };

        Assert.Equal("[-269.33,-263.45]", analysis.RefinedFociText);
        Assert.Equal("[-269.10,-262.96]", analysis.FittedFociText);
    }

    private static double Rms(FocusStepAnalysis analysis, SimulatedSeries simulated)
    {
        double[] differences = [.. analysis.RefinedFoci.Zip(simulated.TrueFoci, static (a, b) => a.Defocus - b.Defocus)];
        double mean = differences.Average();
        return Math.Sqrt(differences.Average(d => (d - mean) * (d - mean)));
    }

    private static double Slope(IReadOnlyList<FrameFocus> foci) =>
        MathNet.Numerics.Fit.Line([.. foci.Select(static f => (double)f.ImageNumber)], [.. foci.Select(static f => f.Defocus)]).B;
}
