using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Tests.Reference;

/// <summary>The published example with frames that are wrong: those are named, and the others lie where they lie without the fault.</summary>
public class ExampleFaultsTests(ITestOutputHelper output)
{
    // Exchanged by 13 steps of 6 nm, over which contrast hardly changes: what each shows is like what is expected of the other.
    [Fact]
    public void Frames_of_exchanged_foci_are_named()
    {
        FocalSeries series = ExampleData.Series();
        float[][] frames = Frames(series);
        (frames[12], frames[25]) = (frames[25], frames[12]);

        PrealignmentResult result = Run(series, frames, 12, 25);

        Assert.Equal([12, 25], result.OutlierImages);
    }

    // Rolled by 180 columns and 200 rows of 512: a place a whole frame away is no rival.
    [Fact]
    public void A_rolled_frame_is_named_and_no_other()
    {
        FocalSeries series = ExampleData.Series();
        float[][] frames = Frames(series);
        (int rows, int columns) = (series.Calibration.Rows, series.Calibration.Columns);
        float[] whole = frames[12];
        frames[12] = [.. Enumerable.Range(0, whole.Length).Select(i =>
            whole[(Periodic.Wrap((i / columns) - 200, rows) * columns) + Periodic.Wrap((i % columns) - 180, columns)])];

        PrealignmentResult result = Run(series, frames, 12);

        Assert.Equal([12], result.OutlierImages);
        Assert.Empty(result.UncertainPlaces);
    }

    private PrealignmentResult Run(FocalSeries series, float[][] frames, params int[] wrong)
    {
        PrealignmentResult sound = Prealignment.Run(series);
        PrealignmentResult result = Prealignment.Run(new FocalSeries(series.Parameters, frames));
        int[] kept = [.. Enumerable.Range(0, series.Count).Except(wrong)];
        IReadOnlyList<FrameDisplacement> apart = DisplacementAlgebra.WithoutTilt(
            DisplacementAlgebra.Subtract([.. kept.Select(n => result.Aligned.Displacements[n])], [.. kept.Select(n => sound.Aligned.Displacements[n])]),
            [.. kept.Select(n => series.Foci[n])]);
        output.WriteLine(FormattableString.Invariant($"{DisplacementAlgebra.Rms(apart):0.00} px RMS; {string.Join(" | ", RunWarnings.Of(result))}"));
        // The two ways of alignment differ by 0.2 px on this series.
        Assert.InRange(DisplacementAlgebra.Largest(apart), 0, 0.7);
        return result;
    }

    private static float[][] Frames(FocalSeries series) => [.. Enumerable.Range(0, series.Count).Select(n => series.Frame(n).ToArray())];
}
