using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Tests.Alignment.Places;

/// <summary>
/// Frames that do not belong, or not as they are said to, have no weight, are named, and leave the others where they are without them. Series by code that is not the
/// product's; bounds in px without mean and tilt. Where nothing else is said, 0.1 px: what the alignment to the model has on these small frames is 0.02 to 0.05.
/// </summary>
public class WrongFramesTests(ITestOutputHelper output)
{
    private const double Found = 0.1;

    [Theory]
    [InlineData("constant")]
    [InlineData("blank")]
    [InlineData("transposed")]
    [InlineData("copied")]
    public void A_frame_that_should_not_vote_does_not_and_is_named(string fault)
    {
        var field = new FieldSeries(4);
        float[][] frames = field.Frames();
        int size = field.Size;
        frames[5] = fault switch
        {
            "constant" => [.. Enumerable.Repeat(400f, size * size)],
            "blank" => field.Blank(),
            "copied" => [.. frames[6]],
            _ => [.. Enumerable.Range(0, size * size).Select(i => frames[5][(i % size * size) + (i / size)])],
        };

        PrealignmentResult result = Prealignment.Run(field.Series(frames));

        Assert.InRange(Error(field, result, 5), 0, Found);
        Assert.Equal([5], result.OutlierImages);
        // Nor is a sound frame, while the wrong one still misleads it, taken for one of another focus.
        Assert.Empty(result.DoubtfulFoci);
        RunMessage[] told = [.. RunWarnings.Of(result)];
        string kind = fault is "constant" or "blank" ? "OutlierImage: image 5 shows next to nothing" : "OutlierImage: image 5 does not show what the others predict";
        Assert.Contains(told, w => w.ToString().StartsWith(kind, StringComparison.Ordinal));
        Assert.Single(told, static w => w.Id == WarningIds.OutlierImage);
        // That its weight is bounded would contradict that it has none.
        Assert.DoesNotContain(told, static w => w.Id == WarningIds.QuietImage);
    }

    [Fact]
    public void Of_an_image_without_weight_it_is_not_said_that_its_weight_is_bounded()
    {
        PrealignmentResult result = new(AlignedSeries.Unmoved(new FieldSeries(4) is var field ? field.Series(field.Frames()) : null!), [])
        {
            OutlierImages = [5],
            QuietImages = [2, 5],
        };

        Assert.Contains(RunWarnings.Of(result), static w => w.ToString().StartsWith("QuietImage: image 2 has", StringComparison.Ordinal));
        Assert.Contains(RunWarnings.Of(result), static w => w.ToString().StartsWith("OutlierImage: image 5 ", StringComparison.Ordinal));
    }

    // Copies predict each other, noise and all: once both have voted, taking one out lowers the likelihood of the frames and is undone for that.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_two_copies_neither_votes_before_it_is_known_which_belongs(int seed)
    {
        var field = new FieldSeries(seed, lattice: 0.3);
        float[][] frames = field.Frames();
        frames[4] = [.. frames[7]];
        FocalSeries series = field.Series(frames);
        using var aligner = new ModelAligner(series, 1, null, default);

        aligner.Start([.. field.Truth.Select(static (d, n) => new FrameDisplacement(n, d.Dx, d.Dy))]);
        Assert.Equal([4, 7], Enumerable.Range(0, series.Count).Where(n => !aligner.Votes[n]));
        aligner.Judge();
        Assert.Equal([4], Enumerable.Range(0, series.Count).Where(n => !aligner.Votes[n]));

        PrealignmentResult result = ModelAlignment.Run(series);
        Assert.InRange(Error(field, result, 4), 0, Found);
        Assert.Equal([4], result.OutlierImages);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_clipped_frame_has_no_weight_and_is_named(double quantile)
    {
        var field = new FieldSeries(4);
        float[][] frames = field.Frames();
        float ceiling = frames[5].Order().ElementAt((int)(quantile * frames[5].Length));
        frames[5] = [.. frames[5].Select(v => Math.Min(v, ceiling))];

        PrealignmentResult result = Prealignment.Run(field.Series(frames));

        Assert.InRange(Error(field, result, 5), 0, Found);
        Assert.Equal([5], result.SaturatedImages);
        RunMessage[] warnings = [.. RunWarnings.Of(result)];
        Assert.Contains(warnings, static w => w.Id == WarningIds.SaturatedImage && w.Text.StartsWith("image 5 is clipped", StringComparison.Ordinal));
        Assert.DoesNotContain(warnings, static w => w.Id == WarningIds.OutlierImage);
    }

    [Fact]
    public void A_smoothed_frame_is_named_and_does_not_outvote_the_others()
    {
        var field = new FieldSeries(4);
        float[][] frames = field.Frames();
        frames[5] = Smoothed(frames[5], field.Size);

        PrealignmentResult result = Prealignment.Run(field.Series(frames));

        Assert.InRange(Error(field, result, 5), 0, Found);
        Assert.Equal([5], result.QuietImages);
        Assert.Contains(RunWarnings.Of(result), static w => w.ToString().StartsWith("QuietImage: image 5 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Frames_of_exchanged_foci_are_named()
    {
        var field = new FieldSeries(5);
        float[][] frames = field.Frames();
        (frames[2], frames[7]) = (frames[7], frames[2]);

        PrealignmentResult result = Prealignment.Run(field.Series(frames));

        Assert.InRange(Error(field, result, 2, 7), 0, Found);
        Assert.Equal([2, 7], result.OutlierImages);
        // Each shows what the others predict at the focus of the other; 1 nm is a standard error of a focus here.
        Assert.Equal([2, 7], result.DoubtfulFoci.Select(static f => f.ImageNumber));
        Assert.InRange(result.DoubtfulFoci[0].FittingFocus - field.Foci[7], -3, 3);
        Assert.InRange(result.DoubtfulFoci[1].FittingFocus - field.Foci[2], -3, 3);
    }

    [Theory]
    [InlineData("transposed")]
    [InlineData("moved")]
    [InlineData("exchanged")]
    public void A_wrong_frame_leaves_the_others_where_they_are_without_it(string fault)
    {
        // A lattice of 0.6 nm in small steps of focus: neighbours are alike, and frame is aligned against frame.
        var field = new FieldSeries(3, lattice: 0.6) { Count = 24 };
        float[][] frames = field.Frames();
        int size = field.Size;
        int[] wrong = fault == "exchanged" ? [3, 6] : [5];
        PrealignmentResult without = Prealignment.Run(field.Series(frames).Select([.. Enumerable.Range(0, field.Count).Except(wrong)]));
        if (fault == "exchanged")
        {
            (frames[3], frames[6]) = (frames[6], frames[3]);
        }
        else
        {
            frames[5] = [.. Enumerable.Range(0, size * size).Select(i => fault == "transposed"
                ? frames[5][(i % size * size) + (i / size)]
                : frames[5][(((i / size) + 37) % size * size) + (((i % size) + 31) % size)])];
        }

        PrealignmentResult result = Prealignment.Run(field.Series(frames));

        Assert.Equal(PrealignmentMethods.Sequential, without.Method);
        Assert.Equal(PrealignmentMethods.Sequential, result.Method);
        Assert.Equal(wrong, result.OutlierImages);
        FrameDisplacement[] sound = [.. result.Aligned.Displacements.Where(d => !wrong.Contains(d.ImageNumber))];
        Assert.InRange(DisplacementAlgebra.Largest(DisplacementAlgebra.WithoutMean(DisplacementAlgebra.Subtract(sound, without.Aligned.Displacements))), 0, 1e-9);

        // The linear iterations, too, go by the others alone.
        Reconstruction all = LinearReconstruction.Run(result.Aligned);
        Reconstruction some = LinearReconstruction.Run(without.Aligned);
        FrameDisplacement[] last = [.. all.Displacements.Where(d => !wrong.Contains(d.ImageNumber))];
        Assert.InRange(DisplacementAlgebra.Largest(DisplacementAlgebra.WithoutTilt(
            DisplacementAlgebra.Subtract(last, some.Displacements), some.Series.Foci)), 0, 0.02);
    }

    // The first frame after a backlash of the lens; one frame in the middle; nearly as far as the series is long.
    [Theory]
    [InlineData(5, 0, -17)]
    [InlineData(6, 0, -60)]
    [InlineData(7, 5, 25)]
    [InlineData(8, 9, 40)]
    public void A_frame_of_another_focus_than_its_own_is_named_with_the_focus_that_fits(int seed, int frame, double error)
    {
        var field = new FieldSeries(seed) { FocusErrors = new Dictionary<int, double> { [frame] = error } };

        PrealignmentResult result = Prealignment.Run(field.Series(field.Frames(), restoration: RestorationMethod.Wiener));

        DoubtfulFocus found = Assert.Single(result.DoubtfulFoci);
        output.WriteLine(FormattableString.Invariant($"{found}; true {field.Foci[frame] + error:0.0}; places off by {Error(field, result):0.000} px RMS"));
        Assert.Equal(frame, found.ImageNumber);
        // Two standard errors of one frame's focus here are 1 to 2 nm.
        Assert.InRange(found.FittingFocus - field.Foci[frame] - error, -2.5, 2.5);
        // It is aligned at the focus that fits: with it as well as the others.
        Assert.InRange(Error(field, result), 0, Found);
        RunMessage warning = Assert.Single(RunWarnings.Of(result), static w => RunWarnings.IsDoubt(w.Id));
        Assert.Equal(WarningIds.FocusDoubtful, warning.Id);
        Assert.StartsWith($"image {frame} does not show what the others predict at its focus of ", warning.Text, StringComparison.Ordinal);
    }

    private double Error(FieldSeries field, PrealignmentResult result, params int[] without)
    {
        double error = field.Error(result.Aligned.Displacements, without);
        output.WriteLine(FormattableString.Invariant($"{error:0.0000} px; {result.Choice}; {string.Join(" | ", RunWarnings.Of(result).Select(static w => w.ToString()).Select(static w => w[..Math.Min(120, w.Length)]))}"));
        return error;
    }

    private static float[] Smoothed(float[] frame, int size)
    {
        var result = new float[frame.Length];
        for (int r = 0; r < size; r++)
        {
            for (int c = 0; c < size; c++)
            {
                double sum = 0;
                double weights = 0;
                for (int y = -3; y <= 3; y++)
                {
                    for (int x = -3; x <= 3; x++)
                    {
                        double w = Math.Exp(-((x * x) + (y * y)) / 2.0);
                        sum += w * frame[(((r + y + size) % size) * size) + ((c + x + size) % size)];
                        weights += w;
                    }
                }

                result[(r * size) + c] = (float)(sum / weights);
            }
        }

        return result;
    }
}
