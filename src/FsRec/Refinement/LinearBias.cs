using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Restoration;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Refinement;

/// <summary>
/// Whether the linear theory is good enough for a wave: the error it makes by leaving out the nonlinear part of its images, |u|² of the
/// scattered image wave u, against the error that noise and prior leave anyway.
/// </summary>
internal static class LinearBias
{
    /// <summary>
    /// What the Wiener restoration makes of the images |u|², over the variance of its estimate, both powers summed over the band.
    /// </summary>
    public static double Of(
        NonlinearModel model, ComplexPlane wave, IReadOnlyList<FrameState> states, AlignedSeries aligned, SeriesStatistics statistics, int threads, CancellationToken cancellationToken)
    {
        WaveBand gridBand = model.Grid.Band;
        using ComplexPlane scattered = gridBand.CreateSpectrum();
        scattered.CopyFrom(wave);
        scattered[gridBand.RowReach, gridBand.ColumnReach] = (0, 0);
        FocalSeries series = aligned.Series;
        var frames = new float[series.Count][];
        model.Form(scattered, states, (n, image) => frames[n] = OnePlus(image), cancellationToken);
        var images = new AlignedSeries(series.WithImages(frames), aligned.Displacements);
        using ComplexPlane response = WienerRestoration.Restore(images, statistics, threads, cancellationToken);
        double bias = WaveSpectrum.ScatteredFraction(response, statistics.Band) * series.Calibration.PixelCount;
        return bias / Variance(statistics);
    }

    private static double Variance(SeriesStatistics statistics)
    {
        WaveBand band = statistics.Band;
        double variance = 0;
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                if (g2 > 0)
                {
                    LinearTheory v = statistics.Known(g2).Inverse();
                    variance += (ky == 0 || kx == 0 ? 2 : 4) * (v.Aa + v.Pp);
                }
            }
        }

        return variance;
    }

    private static float[] OnePlus(ReadOnlySpan<float> image)
    {
        var result = new float[image.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = 1 + image[i];
        }

        return result;
    }
}
