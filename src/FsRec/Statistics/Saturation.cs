using FsRec.Series;

namespace FsRec.Statistics;

/// <summary>Which frames have been clipped.</summary>
internal static class Saturation
{
    /// <summary>Which frames of a series have been clipped.</summary>
    /// <param name="series">The series.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>One a frame; found once for the frames, not to be changed.</returns>
    public static bool[] Of(FocalSeries series, int threads, CancellationToken cancellationToken) => series.ClippedFrames ?? series.FrameFindings.Get<Clipped>(static _ => true, () =>
    {
        // Frames are read for their spectra at the latest, and looked at as they are.
        series.Spectra(threads, null, cancellationToken);
        if (series.ClippedFiles is { } known)
        {
            return new Clipped(known);
        }

        var saturated = new bool[series.Count];
        FrameLoop.Run(series.Count, threads, cancellationToken, n => saturated[n] = Clipping.IsClipped(series.Frame(n)));
        return new Clipped(saturated);
    }).Frames;

    private sealed record Clipped(bool[] Frames);
}
