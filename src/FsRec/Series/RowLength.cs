using FsRec.Fourier;

namespace FsRec.Series;

/// <summary>
/// Whether rows are of another length than Dimensions say, as where rows and columns have been exchanged, or rows have been taken two for one. Pixels one row apart are
/// neighbours, and neighbours are alike: at the right length of a row the pixels correlate more with those one length further on than at any wrong one. Frames as wide as high
/// are taken as said: hardly any camera makes others of as many pixels.
/// </summary>
public static class RowLength
{
    // Standard errors from which on a correlation is no chance; of two neighbours, the true ones are alike by more than this ratio.
    private const double Errors = 6;
    private const double Ratio = 4;
    private const double Chance = 3;
    private const int Shortest = 16;
    private const int Frames = 8;

    // As many of a frame, from its middle, tell as much as all of a larger one.
    private const int Pixels = 1 << 19;

    // Lengths that are looked at first: parts and multiples of the one that is said.
    private const int Multiples = 8;

    /// <summary>Rows and columns as the pixels have them, where those of Dimensions are not; <see langword="null"/> where they may be right.</summary>
    /// <param name="series">The series.</param>
    public static (int Rows, int Columns)? Likelier(FocalSeries series)
    {
        Calibration calibration = series.Calibration;
        int pixels = calibration.PixelCount;
        int said = calibration.Columns;
        if (calibration.Rows == said)
        {
            return null;
        }

        int[] frames = Taken(series);
        bool IsLength(int length) => pixels % length == 0 && length >= Shortest && pixels / length >= Shortest && length <= Math.Min(pixels, Pixels) / 2;

        // Most series are right, and for them few lengths need be looked at.
        IEnumerable<int> near = Enumerable.Range(2, Multiples - 1).SelectMany(k => said % k == 0 ? [said / k, said * k] : new[] { said * k }).Append(calibration.Rows);
        if (!IsMoreAlike(Alike(series, frames, [.. near.Where(IsLength).Prepend(said).Distinct().Select(n => new PixelCorrelation(n, said))])))
        {
            return null;
        }

        // Where none of those is right, pixels some rows apart are alike as well, but less than those one row apart.
        int[] lengths = [.. Enumerable.Range(Shortest, pixels / Shortest).Where(n => n != said && IsLength(n))];
        PixelCorrelation[] all = Alike(series, frames, [.. lengths.Prepend(said).Select(n => new PixelCorrelation(n, said))]);
        PixelCorrelation best = all[1..].MaxBy(static c => c.Value)!;
        bool other = (best.Lag > said || IsPart(all[0], best)) && (said % best.Lag == 0 || (best.Value > Ratio * Math.Abs(all[0].Value) && GoesOn(series, frames, said, best.Lag)));
        return other ? (pixels / best.Lag, best.Lag) : null;
    }

    // A crystal, or noise of whole rows, makes pixels alike that are a part of a row apart. Then those of one row are more alike than those of two; where the length is the
    // right one, it makes no difference which they are. Of a short part few are of two rows, and those may be alike by chance.
    private static bool IsPart(PixelCorrelation said, PixelCorrelation best) =>
        best.Across > Errors * best.AcrossError && best.Within - best.Across < (best.Value - Math.Abs(said.Value)) / 2;

    // Pixels one row apart are not alike in a crystal either whose fringes along the rows are of four pixels each. There, though, a row ends where it is said to end, and the
    // pixel after it has nothing to do with it.
    private static bool GoesOn(FocalSeries series, int[] frames, int said, int length)
    {
        bool whole = length % said == 0;
        PixelCorrelation[] next = Alike(series, frames, [new PixelCorrelation(1, said), new PixelCorrelation(1, whole ? length : said)]);
        (double value, double error) = next[0].AcrossWithout(whole ? next[1] : null);
        return value + (Chance * error) > next[0].Within / 2;
    }

    // Of the first, which is said, and others.
    private static bool IsMoreAlike(PixelCorrelation[] all) =>
        all.Length > 1 && all[1..].Max(static c => c.Value) is double most && most > Errors * all[0].Error && most - Math.Abs(all[0].Value) > Errors * Math.Sqrt(2) * all[0].Error;

    private static PixelCorrelation[] Alike(FocalSeries series, int[] frames, PixelCorrelation[] correlations)
    {
        int count = series.Calibration.PixelCount;
        int first = Math.Max(0, count - Pixels) / 2 / correlations[^1].Columns * correlations[^1].Columns;
        AlignedBuffer? memory = null;
        using var part = new AlignedBuffer(Math.Min(Pixels, count - first));
        foreach (int n in frames)
        {
            ReadOnlySpan<float> pixels = series.FrameOnce(n, () => memory ??= new AlignedBuffer(count));
            pixels.Slice(first, part.Span.Length).CopyTo(part.Span);
            AreaStatistics.Add(part.Span, -(float)AreaStatistics.Mean(part.Span));
            foreach (PixelCorrelation correlation in correlations)
            {
                correlation.Add(part.Span);
            }
        }

        memory?.Dispose();
        return correlations;
    }

    private static int[] Taken(FocalSeries series)
    {
        int step = Math.Max(1, series.Count / Frames);
        return [.. Enumerable.Range(0, series.Count).Where(n => n % step == 0)];
    }
}
