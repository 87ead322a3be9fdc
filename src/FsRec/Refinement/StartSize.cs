using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Series;

namespace FsRec.Refinement;

/// <summary>
/// How large the scattered wave of a start is best taken to be: the linear theory makes too much of a strong object. Of the wave 1 + f·u
/// every image is 1 + f·A + f²·B, so the images of two sizes tell those of all.
/// </summary>
internal static class StartSize
{
    private const double Smallest = 1.0 / 1024;

    // Eight sizes from one to its half.
    private static readonly double Step = Math.Pow(2, -0.125);

    /// <summary>Multiplies the scattered wave by the f, at most 1, whose images agree best with the frames, each with its best dose.</summary>
    /// <param name="model">The model.</param>
    /// <param name="series">The frames.</param>
    /// <param name="wave">Spectrum of the start.</param>
    /// <param name="states">Displacement and step of focus of each frame.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static void Fit(NonlinearModel model, FocalSeries series, ComplexPlane wave, IReadOnlyList<FrameState> states, CancellationToken cancellationToken)
    {
        var whole = new float[states.Count][];
        model.Form(wave, states, (n, image) => whole[n] = image.ToArray(), cancellationToken);
        Multiply(wave, model.Grid.Band, 0.5);
        var sums = new ImageSums[states.Count];
        model.Form(
            wave,
            states,
            (n, image) =>
            {
                sums[n] = new ImageSums(whole[n], image, series.Frame(n), 1 / model.Noise[n]);
                whole[n] = [];
            },
            cancellationToken);
        double best = 1;
        double least = double.PositiveInfinity;
        for (double f = 1; f >= Smallest; f *= Step)
        {
            double misfit = sums.Sum(s => s.Misfit(f));
            (best, least) = misfit < least ? (f, misfit) : (best, least);
        }

        Multiply(wave, model.Grid.Band, 2 * best);
    }

    private static void Multiply(ComplexPlane wave, WaveBand band, double factor)
    {
        (float re, float im) mean = wave[band.RowReach, band.ColumnReach];
        SpectrumKernels.AddScaled(wave, (float)(factor - 1), wave);
        wave[band.RowReach, band.ColumnReach] = mean;
    }
}
