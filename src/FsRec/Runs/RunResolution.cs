using FsRec.Resolution;
using FsRec.Results;

namespace FsRec.Runs;

/// <summary>The resolution of a run.</summary>
internal static class RunResolution
{
    /// <summary>The least number of frames that make two halves.</summary>
    private const int LeastFrames = 4;

    /// <summary>Measures the resolution of a reconstruction, and tells what there is to warn of in it.</summary>
    /// <param name="found">The reconstruction.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <returns>The resolution, or why there is none.</returns>
    public static (ResolutionMeasurement? Found, string? Note) Measure(Reconstruction found, RunContext context)
    {
        if (found.Series.Count < LeastFrames)
        {
            return (null, $"two halves take at least {LeastFrames} frames; the series has {found.Series.Count}");
        }

        ResolutionMeasurement resolution;
        try
        {
            resolution = ResolutionMeter.Measure(found, new ResolutionOptions { Threads = context.Threads }, context.Progress, context.CancellationToken);
        }
        catch (FsRecException e)
        {
            // That too few frames belong to them takes none of the results back.
            return (null, e.Message);
        }

        context.Warn(ResolutionWarnings.Of(resolution));
        return (resolution, null);
    }
}
