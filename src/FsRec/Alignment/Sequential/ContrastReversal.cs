using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Where the contrast transfer changes sign inside a series. The contrast of a frame there all but vanishes, and a frame cannot be
/// aligned by its likeness to its neighbours.
/// </summary>
/// <param name="FirstImage">Number of the last image before the first change of sign.</param>
/// <param name="LastImage">Number of the first image after the last one.</param>
/// <param name="FirstFocus">Defocus of <paramref name="FirstImage"/> in nm.</param>
/// <param name="LastFocus">Defocus of <paramref name="LastImage"/> in nm.</param>
/// <param name="Frequency">Frequency in 1/nm at which the contrast changes most.</param>
public sealed record ContrastReversal(int FirstImage, int LastImage, double FirstFocus, double LastFocus, double Frequency)
{
    private const int Samples = 1024;

    /// <summary>Looks for changes of sign from frame to frame.</summary>
    /// <param name="series">Its foci, microscope and alignment filter are used, not its frames.</param>
    /// <returns>Where they lie; <see langword="null"/> when there is none.</returns>
    /// <remarks>
    /// A frame's contrast is the mean of sin χ(g)·E(g) over the alignment filter and log g: images of atoms have most of their power at
    /// low frequencies, and each octave of the filter counts the same. Oscillations of sin χ beyond the first zero average out.
    /// </remarks>
    public static ContrastReversal? Find(FocalSeries series)
    {
        double limit = series.Parameters.Linear.Limit;
        var filter = new SoftBandPass(series.Parameters.EffectiveAlignmentFilter);
        double first = Math.Max(0.5 * series.Parameters.EffectiveAlignmentFilter.Low, 1e-3 * limit);
        double[] g = [.. Enumerable.Range(0, Samples).Select(i => first * Math.Pow(limit / first, (i + 0.5) / Samples))];
        double[][] contrast = [.. series.Foci.Select(z => Contrast(new TransferFunction(series.Microscope, z), filter, g))];
        double[] sums = [.. contrast.Select(static c => c.Sum())];
        int[] changes = [.. Enumerable.Range(0, Math.Max(0, series.Count - 1)).Where(n => sums[n] * sums[n + 1] < 0)];
        if (changes.Length == 0)
        {
            return null;
        }

        (int before, int after) = (changes[0], changes[^1] + 1);
        double sign = Math.Sign(sums[changes[0] + 1]);
        int most = Enumerable.Range(0, Samples).MaxBy(i => sign * (contrast[changes[0] + 1][i] - contrast[changes[0]][i]));
        return new ContrastReversal(series.ImageNumbers[before], series.ImageNumbers[after], series.Foci[before], series.Foci[after], g[most]);
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"the contrast transfer changes sign between {FirstFocus:0.0} and {LastFocus:0.0} nm (images {FirstImage} and {LastImage}), most at {Frequency:0.0} 1/nm");

    private static double[] Contrast(TransferFunction transfer, SoftBandPass filter, double[] g) =>
        [.. g.Select(f => Math.Sin(transfer.Phase(f * f)) * transfer.Envelope(f * f) * filter.At(f * f))];
}
