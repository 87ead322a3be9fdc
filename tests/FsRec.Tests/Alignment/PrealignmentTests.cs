using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Tests.Series;

namespace FsRec.Tests.Alignment;

/// <summary>Frames of one pattern without a period, moved by known drifts; content leaves the frames and new content comes in.</summary>
public sealed class PrealignmentTests
{
    private const int Rows = 120;
    private const int Columns = 132;
    private static readonly Pattern Picture = new(Rows, Columns, 40, 1);

    [Fact]
    public void A_random_walk_is_found()
    {
        var random = new Random(5);
        AssertFound([.. Walk(7, () => ((random.NextDouble() * 6) - 3, (random.NextDouble() * 6) - 3))], 0.2);
    }

    [Fact]
    public void Steps_of_a_quarter_of_the_reference_area_are_found()
    {
        // The area is 60×66 px: steps of 15 and 16.5 px, there and back and across.
        AssertFound([(0, 0), (16.5, 0), (16.5, 15), (0, 15), (0, 0), (-16.5, 15), (0, 0)], 0.5);
    }

    [Fact]
    public void A_series_without_drift_stays()
    {
        AssertFound([(0, 0), (0, 0), (0, 0)], 0.001);
    }

    [Fact]
    public void Displacements_have_no_mean_and_the_images_numbers()
    {
        IReadOnlyList<FrameDisplacement> found = Prealignment.Run(Series([(0, 0), (4, 1), (7, 3)], [4, 2, 9])).Aligned.Displacements;

        Assert.Equal([4, 2, 9], found.Select(static d => d.ImageNumber));
        Assert.Equal(0, found.Sum(static d => d.Dx), 1e-9);
        Assert.Equal(0, found.Sum(static d => d.Dy), 1e-9);
    }

    [Fact]
    public void Rounds_tell_the_coarse_step_first_and_end_once_nothing_moves_by_half_a_pixel()
    {
        PrealignmentResult result = Prealignment.Run(Series([(0, 0), (5.3, -2.4), (9.8, 1.2)]));

        Assert.Equal(0, result.Rounds[0].Round);
        Assert.All(result.Rounds[0].Displacements, static d => Assert.Equal(Math.Round(3 * d.Dx), 3 * d.Dx, 1e-9)); // whole pixels less a mean of three
        Assert.InRange(result.Rounds[^1].LargestMove, 0, 0.5);
        Assert.All(result.Rounds.Skip(1).SkipLast(1), static round => Assert.True(round.LargestMove > 0.5));
        Assert.Equal(result.Rounds[^1].Displacements, result.Aligned.Displacements);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        (double, double)[] drift = [(0, 0), (3.2, 1.1), (5.7, -2.2), (9, 4)];

        Assert.Equal(
            Prealignment.Run(Series(drift), threads: 1).Aligned.Displacements,
            Prealignment.Run(Series(drift), threads: 3).Aligned.Displacements);
    }

    [Theory]
    [InlineData(96, 96)]
    [InlineData(90, 77)]
    public void Constant_frames_stay_where_they_are(int rows, int columns)
    {
        ReconstructionParameters parameters = Parameters(rows, columns, 6);
        float[][] frames = [.. Enumerable.Range(0, 6).Select(n => Enumerable.Repeat(10f + n, rows * columns).ToArray())];

        IReadOnlyList<FrameDisplacement> found = Prealignment.Run(new FocalSeries(parameters, frames)).Aligned.Displacements;

        Assert.InRange(DisplacementAlgebra.Largest(found), 0, 0.01);
    }

    [Fact]
    public void A_single_frame_has_nothing_to_align_to()
    {
        PrealignmentResult result = Prealignment.Run(Series([(0, 0)]));

        Assert.Equal([new FrameDisplacement(0, 0, 0)], result.Aligned.Displacements);
    }

    [Fact]
    public void A_drift_over_the_edge_names_the_image()
    {
        // The room is 30 px in y; the last step of a drift of 15 px a frame is 45 px from the mean.
        (double, double)[] drift = [.. Enumerable.Range(0, 7).Select(static n => (0.0, 15.0 * n))];

        string message = Assert.Throws<AlignmentException>(() => Prealignment.Run(Series(drift))).Message;

        Assert.Contains("Image 0 ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_token_stops_it()
    {
        using var cancelled = new CancellationTokenSource();
        var reporter = new Reporter(report =>
        {
            if (report.Stage.StartsWith("Coarse", StringComparison.Ordinal))
            {
                cancelled.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(
            () => Prealignment.Run(Series([(0, 0), (1, 0), (2, 0)]), 1, reporter, cancelled.Token));
    }

    /// <summary>Rounds end once no frame moves by half a pixel, so that is what may be left of a large drift.</summary>
    private static void AssertFound((double Dx, double Dy)[] drift, double tolerance)
    {
        IReadOnlyList<FrameDisplacement> found = Prealignment.Run(Series(drift)).Aligned.Displacements;

        IReadOnlyList<FrameDisplacement> truth = DisplacementAlgebra.WithoutMean(
            [.. drift.Select(static (d, n) => new FrameDisplacement(n, d.Dx, d.Dy))]);
        Assert.InRange(DisplacementAlgebra.Largest(DisplacementAlgebra.Subtract(found, truth)), 0, tolerance);
    }

    private static IEnumerable<(double Dx, double Dy)> Walk(int count, Func<(double Dx, double Dy)> step)
    {
        (double x, double y) = (0, 0);
        for (int n = 0; n < count; n++)
        {
            yield return (x, y);
            (double dx, double dy) = step();
            (x, y) = (x + dx, y + dy);
        }
    }

    private static ReconstructionParameters Parameters(int rows, int columns, int count)
    {
        ReconstructionParameters parameters = SmallSeries.Parameters(
            new Calibration(rows, columns, 0.05, 0.05), 5, [.. Enumerable.Range(0, count).Select(static n => -10.0 * n)]);
        return parameters with { Alignment = parameters.Alignment with { Filter = new FrequencyBand(0.5, 3), Precision = 0.05 } };
    }

    private static FocalSeries Series((double Dx, double Dy)[] drift, int[]? numbers = null)
    {
        ReconstructionParameters parameters = Parameters(Rows, Columns, drift.Length);
        parameters = parameters with { Image = parameters.Image with { Range = numbers } };
        return new FocalSeries(parameters, [.. drift.Select(static d => Picture.Frame(Rows, Columns, d.Dx, d.Dy))]);
    }
}
