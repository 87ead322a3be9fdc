using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Runs;

/// <summary>What is told of frames that do not belong to the others, by kind: those that show nothing, and those that show something else.</summary>
internal static class OutlierWarnings
{
    // Of what the nearest frames that belong show.
    private const double Little = 0.25;

    /// <summary>The warnings.</summary>
    /// <param name="series">The series.</param>
    /// <param name="named">Numbers of the images to be told of.</param>
    /// <param name="outliers">Numbers of all that do not belong.</param>
    public static IEnumerable<RunMessage> Of(FocalSeries series, IReadOnlyList<int> named, IReadOnlyList<int> outliers)
    {
        int[] blank = [.. named.Where(number => IsBlank(series, number, outliers))];
        if (blank.Length > 0)
        {
            yield return RunMessage.Warning(WarningIds.OutlierImage, $"{RunWarnings.Images(blank, "shows", "show")} next to nothing where the others predict something, as a blank frame, and {(blank.Length == 1 ? "has" : "have")} no weight.");
        }

        int[] others = [.. named.Except(blank)];
        if (others.Length > 0)
        {
            yield return RunMessage.Warning(WarningIds.OutlierImage, $"{RunWarnings.Images(others, "does", "do")} not show what the others predict, as one of another place, a copy of another image, or one with a defect, and {(others.Length == 1 ? "has" : "have")} no weight.");
        }
    }

    private static bool IsBlank(FocalSeries series, int number, IReadOnlyList<int> outliers)
    {
        int n = series.ImageNumbers.ToList().IndexOf(number);
        int[] sound = [.. Enumerable.Range(0, series.Count).Where(k => !outliers.Contains(series.ImageNumbers[k])).OrderBy(k => Math.Abs(k - n)).Take(2)];
        return sound.Length > 0 && FrameContrast.Of(series, n) < Little * sound.Min(k => FrameContrast.Of(series, k));
    }
}
