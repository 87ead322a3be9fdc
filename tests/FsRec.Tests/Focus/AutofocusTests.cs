using FsRec.Focus;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Focus;

/// <summary>Autofocus on waves whose defocus is known.</summary>
public class AutofocusTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(-23.4)]
    [InlineData(17.3)]
    public void A_defocused_weak_wave_is_brought_back_within_half_a_nanometre(double offset)
    {
        Reconstruction defocused = Defocused(offset);

        AutofocusResult result = Autofocus.Run(defocused);

        output.WriteLine(FormattableString.Invariant($"{result}, true {offset}"));
        // 0.5 nm is the bound of the issue.
        Assert.InRange(result.Focus, offset - 0.5, offset + 0.5);
        Assert.False(result.AtEdge);
        Assert.Equal(defocused.Series.Foci[0] - result.Focus, result.Reconstruction.Series.Foci[0], 1e-9);
    }

    [Fact]
    public void The_published_criterion_misses_by_what_C3_does()
    {
        // It applies C3 again at every focus; on an aberrated microscope the least contrast then lies far off the exit plane.
        AutofocusResult published = Autofocus.Run(Defocused(17.3), AutofocusCriterion.Intensity);

        output.WriteLine(published.ToString());
        Assert.True(Math.Abs(published.Focus - 17.3) > 5);
    }

    [Fact]
    public void A_corrected_wave_needs_no_further_correction()
    {
        AutofocusResult first = Autofocus.Run(Defocused(17.3));
        AutofocusResult second = Autofocus.Run(first.Reconstruction);

        Assert.InRange(second.Focus, -0.02, 0.02);
    }

    [Fact]
    public void A_minimum_beyond_the_search_range_is_told()
    {
        Reconstruction defocused = Defocused(17.3);
        ReconstructionParameters narrow = defocused.Series.Parameters with { Autofocus = new AutofocusParameters { HalfRange = 14 } };
        var aligned = new AlignedSeries(defocused.Series.WithParameters(narrow), defocused.Displacements);

        AutofocusResult result = Autofocus.Run(defocused with { Aligned = aligned });

        Assert.True(result.AtEdge);
        // The end of the range is no focus that was found: nothing is corrected by it.
        Assert.Equal(aligned.Series.Foci, result.Reconstruction.Series.Foci);
        Assert.Same(defocused.Wave, result.Reconstruction.Wave);
    }

    /// <summary>
    /// A weak phase object, whose true wave is propagated so that the foci told are too high by an offset. Absorption is left out:
    /// it is contrast in focus, and moves the least contrast off the exit plane by some tenths of a nanometre.
    /// </summary>
    private static Reconstruction Defocused(double offset)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(SimulationParameters.Demo with
        {
            Specimen = SpecimenKind.Weak,
            Calibration = new Calibration(192, 192, 0.045, 0.045),
            FrameCount = 3,
            Drift = DriftModel.None,
        });
        var phaseObject = new ExitWave(
            simulated.TrueWave.Calibration, [.. simulated.TrueWave.GetPhase().SelectMany(static p => new[] { MathF.Cos(p), MathF.Sin(p) })]);
        Reconstruction truth = LinearReconstruction.FromWave(AlignedSeries.Unmoved(simulated.Series), phaseObject);
        return Autofocus.Correct(truth, -offset);
    }
}
