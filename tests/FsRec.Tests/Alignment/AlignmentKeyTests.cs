using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Alignment;

/// <summary>The alignment's keys change the result the way the documentation says, on a simulated crystal whose drift is known.</summary>
public class AlignmentKeyTests(ITestOutputHelper output)
{
    [Fact]
    public void Maxprealign_0_leaves_whole_pixels_and_more_rounds_come_nearer()
    {
        SimulatedSeries simulated = Crystal();

        IReadOnlyList<FrameDisplacement> coarse = Align(simulated, "Maxprealign", "0");
        double none = Error(simulated, coarse);
        double one = Error(simulated, Align(simulated, "Maxprealign", "1"));

        double step = coarse[1].Dx - coarse[0].Dx;
        Assert.Equal(Math.Round(step), step, 1e-9);
        output.WriteLine(FormattableString.Invariant($"0 rounds {none:0.000} px RMS, 1 round {one:0.000} px RMS"));
        Assert.True(one < none);
    }

    [Fact]
    public void Alignmentprecision_ends_the_search_for_the_peak_later_when_it_is_finer()
    {
        SimulatedSeries simulated = Crystal();

        double coarse = Error(simulated, Align(simulated, "Alignmentprecision", "1"));
        double fine = Error(simulated, Align(simulated, "Alignmentprecision", "0.01"));

        output.WriteLine(FormattableString.Invariant($"1 px: {coarse:0.000} px RMS, 0.01 px: {fine:0.000} px RMS"));
        Assert.True(fine < coarse);
    }

    [Fact]
    public void Alignmentfilter_below_the_lattice_keeps_frames_from_locking_onto_a_wrong_lattice_vector()
    {
        SimulatedSeries simulated = Crystal();

        double wide = Error(simulated, Align(simulated, "Alignmentfilter", "[0.5,6]"));
        double narrow = Error(simulated, Align(simulated, "Alignmentfilter", "[0.5,2]"));

        // Lattice vectors of SrTiO3 are 0.39 nm, 8.7 px.
        output.WriteLine(FormattableString.Invariant($"up to Limit {wide:0.000} px RMS, below the lattice {narrow:0.000} px RMS"));
        Assert.True(wide > 2);
        Assert.True(narrow < 0.5);
    }

    [Fact]
    public void AREA_makes_the_alignment_surer_when_it_holds_more_of_the_specimen()
    {
        SimulatedSeries simulated = Crystal(dose: 100);

        double small = Error(simulated, Align(simulated, "AREA", "[48,48]"));
        double large = Error(simulated, Align(simulated, "AREA", "[160,160]"));

        output.WriteLine(FormattableString.Invariant($"48² {small:0.000} px RMS, 160² {large:0.000} px RMS"));
        Assert.True(large < small);
    }

    [Fact]
    public void Offset_into_the_vacuum_leaves_nothing_to_align_by()
    {
        SimulatedSeries simulated = Crystal();

        double vacuum = Error(simulated, Align(simulated, KeyValuePair.Create("AREA", "[64,64]"), KeyValuePair.Create("Offset", "[0,88]")));
        double crystal = Error(simulated, Align(simulated, KeyValuePair.Create("AREA", "[64,64]"), KeyValuePair.Create("Offset", "[0,20]")));

        output.WriteLine(FormattableString.Invariant($"vacuum {vacuum:0.000} px RMS, edge of the crystal {crystal:0.000} px RMS"));
        Assert.True(crystal < vacuum / 4);
    }

    [Fact]
    public void Comkernel_is_how_far_the_sub_pixel_search_reaches()
    {
        // A blob moved by 5 px: a search within 3 px cannot see it, one within 6 px finds it.
        var correlator = new AreaCorrelator(64, 64);
        float[] blob = Blob(0);
        float[] moved = Blob(5);
        double Found(int radius)
        {
            using CorrelationWorkspace workspace = correlator.CreateWorkspace(radius);
            AreaStatistics.Normalise(blob);
            AreaStatistics.Normalise(moved);
            correlator.Correlate(moved, blob, workspace);
            return correlator.PeakNearCentre(0.01, workspace).Dx;
        }

        double reach3 = Found(3);
        double reach6 = Found(6);

        output.WriteLine(FormattableString.Invariant($"radius 3: {reach3:0.00} px, radius 6: {reach6:0.00} px"));
        Assert.True(Math.Abs(reach6 - 5) < Math.Abs(reach3 - 5));
        Assert.Equal(5, reach6, 0.2);
    }

    private static float[] Blob(double shift)
    {
        var image = new float[64 * 64];
        for (int i = 0; i < image.Length; i++)
        {
            double x = (i % 64) - 32 - shift;
            double y = (i / 64) - 32;
            image[i] = (float)Math.Exp(-((x * x) + (y * y)) / (2 * 1.5 * 1.5));
        }

        return image;
    }

    private static SimulatedSeries Crystal(double dose = 1000) => SeriesSimulator.Simulate(SimulationParameters.Demo with
    {
        Calibration = new Calibration(256, 256, 0.045, 0.045),
        Dose = dose,
    });

    private static IReadOnlyList<FrameDisplacement> Align(SimulatedSeries simulated, string key, string value) => Align(simulated, KeyValuePair.Create(key, value));

    private static IReadOnlyList<FrameDisplacement> Align(SimulatedSeries simulated, params KeyValuePair<string, string>[] changes)
    {
        FocalSeries series = simulated.Series.WithParameters(simulated.Series.Parameters.With([new("Methprealign", "sequential"), .. changes]));
        try
        {
            return Prealignment.Run(series).Aligned.Displacements;
        }
        catch (AlignmentException)
        {
            // A frame was lost beyond the edge: nothing was found.
            double lost = series.Calibration.Columns;
            return [.. series.ImageNumbers.Select(number => new FrameDisplacement(number, number % 2 == 0 ? lost : -lost, 0))];
        }
    }

    private static double Error(SimulatedSeries simulated, IReadOnlyList<FrameDisplacement> found) =>
        DisplacementAlgebra.Rms(DisplacementAlgebra.WithoutTilt(
            DisplacementAlgebra.Subtract(found, simulated.TrueDisplacements), simulated.Series.Foci));
}
