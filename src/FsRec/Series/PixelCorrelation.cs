using FsRec.Fourier;

namespace FsRec.Series;

/// <summary>How much pixels of some frames are alike that are so many apart as they follow one another in their file.</summary>
/// <param name="lag">How many pixels apart.</param>
/// <param name="columns">Length of a row, by which pairs of one row are told from those of two.</param>
internal sealed class PixelCorrelation(int lag, int columns)
{
    private (double Product, double Power) _within;
    private (double Product, double Power) _across;
    private long _pairs;
    private long _pairsAcross;

    /// <summary>How many pixels apart.</summary>
    public int Lag => lag;

    /// <summary>Length of a row.</summary>
    public int Columns => columns;

    /// <summary>Correlation of all pairs, from -1 to 1.</summary>
    public double Value => Ratio(_within.Product + _across.Product, _within.Power + _across.Power);

    /// <summary>Correlation of pairs of which both are of one row.</summary>
    public double Within => Ratio(_within.Product, _within.Power);

    /// <summary>Correlation of pairs of which the second is of a later row.</summary>
    public double Across => Ratio(_across.Product, _across.Power);

    /// <summary>Standard error of the correlation of pixels that have nothing to do with one another.</summary>
    public double Error => 1 / Math.Sqrt(_pairs);

    /// <summary>Standard error of the correlation of pairs of which the second is of a later row.</summary>
    public double AcrossError => 1 / Math.Sqrt(_pairsAcross);

    /// <summary>Correlation of pairs of which the second is of a later row, and its standard error, without those that are so by other rows as well.</summary>
    /// <param name="other">Of the same frames and as far apart, with rows of a multiple of the length; <see langword="null"/> where there are none.</param>
    public (double Value, double Error) AcrossWithout(PixelCorrelation? other) =>
        (Ratio(_across.Product - (other?._across.Product ?? 0), _across.Power - (other?._across.Power ?? 0)), 1 / Math.Sqrt(_pairsAcross - (other?._pairsAcross ?? 0)));

    /// <summary>Adds the pairs of a frame.</summary>
    /// <param name="pixels">The pixels without their mean, from the start of a row on.</param>
    public void Add(ReadOnlySpan<float> pixels)
    {
        // By runs, of each of which all pairs are of one kind.
        for (int i = lag; i < pixels.Length;)
        {
            int column = i % columns;
            bool within = column >= lag;
            int end = Math.Min(pixels.Length, i - column + (within || lag >= columns ? columns : lag));
            ReadOnlySpan<float> run = pixels[i..end];
            ReadOnlySpan<float> before = pixels[(i - lag)..(end - lag)];
            ref (double Product, double Power) sums = ref within ? ref _within : ref _across;
            sums.Product += run.Length * AreaStatistics.MeanProduct(run, before);
            sums.Power += run.Length * (AreaStatistics.MeanProduct(run, run) + AreaStatistics.MeanProduct(before, before)) / 2;
            _pairs += end - i;
            _pairsAcross += within ? 0 : end - i;
            i = end;
        }
    }

    private static double Ratio(double product, double power) => power > 0 ? product / power : 0;
}
