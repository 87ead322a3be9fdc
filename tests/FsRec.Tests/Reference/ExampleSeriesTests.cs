using FsRec.Alignment;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Tests.Reference;

/// <summary>
/// Against the corrected published program on its own example series. Bounds are those of that data's notes: what two sound runs
/// of the program differ by.
/// </summary>
public class ExampleSeriesTests(ITestOutputHelper output)
{
    [Fact]
    public void Two_iterations_from_a_given_state_agree()
    {
        FocalSeries series = ExampleData.Series();
        var start = new AlignedSeries(series, DisplacementFile.Read(ExampleData.Expected("linear20", "_dxy.csv")));
        ExitWave previous = WaveFile.Read(ExampleData.Expected("linear20", ".wav"), series.Calibration);

        Reconstruction result = LinearReconstruction.Continue(
            LinearReconstruction.FromWave(start, previous), new ReconstructionOptions { Iterations = 2 });

        Report(result);
        Assert.InRange(LargestComponent(result.Displacements, "continue2"), 0, 0.003);
        Assert.InRange(WaveDifference(result.Wave, ".wav", "continue2"), 0, 5e-4);
        Assert.InRange(WaveDifference(result.FilteredWave, "_filt.wav", "continue2"), 0, 5e-4);
    }

    [Fact]
    public void Twenty_iterations_from_the_frames_alone_agree()
    {
        Reconstruction result = LinearReconstruction.Run(Prealign(ExampleData.Series()));

        Report(result);
        Assert.InRange(Rms(result.Displacements, "linear20"), 0, 0.01);
        Assert.InRange(100 * result.ScatteredFraction, 3.110, 3.120);
        Assert.InRange(WaveDifference(result.Wave, ".wav", "linear20"), 0, 1e-2);
    }

    [Fact]
    public void A_subset_of_the_images_agrees()
    {
        // The list holds the ramp of all 30 images, so that both readings of a ramp under Range agree.
        string foci = string.Join(",", Enumerable.Range(0, 30).Select(static n => FormattableString.Invariant($"{-270 + (180.0 * n / 29):R}")));
        FocalSeries series = SeriesReader.Read(ExampleData.Parameters().With([new("Range", "[[0,9],12,[15,29]]"), new("Foci", $"[{foci}]")]));

        Reconstruction result = LinearReconstruction.Run(Prealign(series), new ReconstructionOptions { Iterations = 3 });

        Report(result);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29], result.Displacements.Select(static d => d.ImageNumber));
        Assert.InRange(Rms(result.Displacements, "range-subset3"), 0, 0.01);
        Assert.InRange(WaveDifference(result.Wave, ".wav", "range-subset3"), 0, 1e-2);
    }

    [Fact]
    public void Pre_alignment_agrees()
    {
        PrealignmentResult result = Prealignment.Run(ExampleData.Series());

        foreach (PrealignmentRound round in result.Rounds)
        {
            output.WriteLine(FormattableString.Invariant($"round {round.Round}: largest move {round.LargestMove:0.000} px"));
        }

        // A frame stops moving when its last step is below the precision, so a hair's difference may cost or spare it a step.
        Assert.InRange(LargestComponent(result.Aligned.Displacements, "prealign"), 0, 0.02);
    }

    [Fact]
    public void Pre_alignment_to_a_common_frame_agrees_and_lies_nearer_the_full_run()
    {
        FocalSeries series = SeriesReader.Read(ExampleData.Parameters().With([new("Commonframe", "Yes"), new("Raverage", "5")]));
        IReadOnlyList<FrameDisplacement> full = DisplacementFile.Read(ExampleData.Expected("linear20", "_dxy.csv"));

        IReadOnlyList<FrameDisplacement> found = Prealign(series).Displacements;

        IReadOnlyList<FrameDisplacement> expected = DisplacementFile.Read(ExampleData.Expected("common-frame", "_dxy.csv"));
        double difference = Distance(found, expected);
        double ours = Distance(found, full);
        double published = Distance(expected, full);
        output.WriteLine(FormattableString.Invariant($"common frame: differs by {difference:0.000} px RMS without the part linear in defocus"));
        output.WriteLine(FormattableString.Invariant($"from the full run, without the part linear in defocus: ours {ours:0.000} px RMS, published {published:0.000} px RMS"));
        Assert.InRange(difference, 0, 0.2);
        Assert.InRange(ours, 0, published);

        double Distance(IReadOnlyList<FrameDisplacement> a, IReadOnlyList<FrameDisplacement> b) =>
            DisplacementAlgebra.Rms(DisplacementAlgebra.WithoutTilt(DisplacementAlgebra.Subtract(a, b), series.Foci));
    }

    private static AlignedSeries Prealign(FocalSeries series) =>
        Prealignment.Run(series).Aligned;

    private void Report(Reconstruction result)
    {
        foreach (IterationRecord record in result.History)
        {
            output.WriteLine(record.ToString());
        }
    }

    private double LargestComponent(IReadOnlyList<FrameDisplacement> found, string run)
    {
        IReadOnlyList<FrameDisplacement> differences = DisplacementAlgebra.Subtract(found, DisplacementFile.Read(ExampleData.Expected(run, "_dxy.csv")));
        double largest = differences.Max(static d => Math.Max(Math.Abs(d.Dx), Math.Abs(d.Dy)));
        output.WriteLine(FormattableString.Invariant($"{run}: displacements differ by at most {largest:0.0000000} px"));
        return largest;
    }

    private double Rms(IReadOnlyList<FrameDisplacement> found, string run)
    {
        double rms = DisplacementAlgebra.Rms(DisplacementAlgebra.Subtract(found, DisplacementFile.Read(ExampleData.Expected(run, "_dxy.csv"))));
        output.WriteLine(FormattableString.Invariant($"{run}: displacements differ by {rms:0.00000} px RMS"));
        return rms;
    }

    private double WaveDifference(ExitWave wave, string file, string run)
    {
        ExitWave expected = WaveFile.Read(ExampleData.Expected(run, file), wave.Calibration);
        double relative = ExampleData.WaveDifference(wave, expected);
        output.WriteLine(FormattableString.Invariant($"{run}{file}: differs by {relative:0.00000000} of the scattered wave"));
        return relative;
    }
}
