using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Tests.Runs;

/// <summary>Range may name an image more than once; it is used as often.</summary>
public sealed class RepeatedImagesTests : IDisposable
{
    private readonly RunFolder _run = new(drift: true);

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_focus_in_doubt_of_an_image_named_twice_is_told_once()
    {
        _run.Parameters = _run.Parameters.With("Range", "[[0,7],[2,2],[2,2]]");
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        Assert.Equal(3, series.ImageNumbers.Count(static number => number == 2));
        double focus = series.Foci[2];

        RunMessage doubt = Assert.Single(RunWarnings.OfFoci([new DoubtfulFocus(2, focus + 40, focus + 1), new DoubtfulFocus(3, series.Foci[3], series.Foci[3] + 400)], series));

        Assert.StartsWith("image 2", doubt.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RestorationMethod.Linear)]
    [InlineData(RestorationMethod.Wiener)]
    [InlineData(RestorationMethod.Nonlinear)]
    public void Every_restoration_takes_images_named_twice_and_what_it_left(RestorationMethod method)
    {
        _run.Parameters = _run.Parameters.With("Range", "[[0,7],[2,2]]").With("NonlinearIterations", "2");

        RunResult first = _run.Run(new RunOptions { Method = method });
        RunResult next = _run.Run(new RunOptions { Method = method, UsePrevious = true });

        Assert.Equal(9, first.Aligned.Displacements.Count);
        Assert.Equal(first.Aligned.Displacements.Select(static d => d.ImageNumber), next.Aligned.Displacements.Select(static d => d.ImageNumber));
    }
}
