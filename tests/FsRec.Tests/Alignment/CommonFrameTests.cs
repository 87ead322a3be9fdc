using FsRec.Alignment;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Alignment;

/// <summary>The keys that change the pre-alignment, each where it is made for.</summary>
public class CommonFrameTests(ITestOutputHelper output)
{
    [Fact]
    public void At_low_dose_a_common_frame_aligns_better_than_neighbours_do()
    {
        double sequential = 0;
        double common = 0;
        for (int seed = 1; seed <= 3; seed++)
        {
            SimulatedSeries simulated = Simulate(SimulationParameters.Demo with
            {
                Specimen = SpecimenKind.LightAtoms,
                FirstFocus = -250,
                LastFocus = -212,
                Dose = 100,
                Drift = new DriftModel { LargestStep = 0.5 },
                Seed = seed,
            });
            sequential += Error(simulated, parameters => parameters.With("Methprealign", "sequential")) / 3;
            common += Error(simulated, parameters => parameters.With([new("Commonframe", "Yes"), new("Raverage", "5"), new("Maxprealign", "10")])) / 3;
        }

        output.WriteLine(FormattableString.Invariant($"mean over 3 seeds: sequential {sequential:0.000} px RMS, common frame {common:0.000} px RMS"));
        Assert.True(common < 0.8 * sequential);
    }

    [Fact]
    public void Frames_whose_contrast_is_reversed_align_once_it_is_put_right()
    {
        // Without C3 the contrast reverses where the series passes through focus.
        SimulatedSeries simulated = Simulate(SimulationParameters.Demo with
        {
            Specimen = SpecimenKind.LightAtoms,
            Microscope = new Microscope { Voltage = 300, Semiconvergence = 0.1, FocusSpread = 4, ImageSpread = 20 },
            Foci = [-45, -40, -35, -30, -25, 25, 30, 35, 40, 45],
            Drift = new DriftModel { LargestStep = 2 },
        });

        double plain = Error(simulated, parameters => parameters.With("Commonframe", "Yes"));
        double inverted = Error(simulated, parameters => parameters.With([new("Commonframe", "Yes"), new("Invertprealign", "Yes")]));

        output.WriteLine(FormattableString.Invariant($"as recorded {plain:0.000} px RMS, contrast put right {inverted:0.000} px RMS"));
        Assert.True(inverted < 0.5 * plain);
    }

    [Fact]
    public void Blocks_take_left_over_frames_into_the_last()
    {
        FrameBlocks blocks = FrameBlocks.Of(13, 5);

        Assert.Equal(2, blocks.Count);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1], blocks.BlockOfFrame);
        Assert.Equal(13, FrameBlocks.Of(13, 0).Count);
    }

    private static SimulatedSeries Simulate(SimulationParameters parameters) =>
        SeriesSimulator.Simulate(parameters with { Calibration = new Calibration(256, 256, 0.045, 0.045) });

    private static double Error(SimulatedSeries simulated, Func<ReconstructionParameters, ReconstructionParameters> change)
    {
        FocalSeries series = simulated.Series.WithParameters(change(simulated.Series.Parameters));
        IReadOnlyList<FrameDisplacement> found;
        try
        {
            found = Prealignment.Run(series).Aligned.Displacements;
        }
        catch (AlignmentException)
        {
            // A frame was lost beyond the frame's edge: as wrong as can be.
            return series.ReferenceArea.Top;
        }

        return DisplacementAlgebra.Rms(DisplacementAlgebra.WithoutTilt(DisplacementAlgebra.Subtract(found, simulated.TrueDisplacements), series.Foci));
    }
}
