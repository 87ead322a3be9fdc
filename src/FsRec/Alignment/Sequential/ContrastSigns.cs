using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>Whether a frame shows the specimen with inverted contrast (Invertprealign).</summary>
internal static class ContrastSigns
{
    /// <summary>
    /// −1 for each frame whose transfer function's imaginary part, summed over the alignment filter, is negative, otherwise +1.
    /// Frames of equal contrast have equal signs; which of the two is called inverted does not matter.
    /// </summary>
    public static int[] Of(FocalSeries series)
    {
        ReconstructionParameters parameters = series.Parameters;
        var filter = new SoftBandPass(parameters.EffectiveAlignmentFilter);
        var band = new WaveBand(FrequencyGrid.Of(series.Calibration), parameters.Linear.Limit);
        return [.. series.Foci.Select(defocus => Sum(new TransferFunction(series.Microscope, defocus), filter, band) < 0 ? -1 : 1)];
    }

    private static double Sum(TransferFunction transfer, SoftBandPass filter, WaveBand band)
    {
        double sum = 0;
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = 0; kx <= band.ColumnReach; kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                sum -= g2 > 0 && band.Contains(ky, kx) ? Math.Sin(transfer.Phase(g2)) * filter.At(g2) * (kx == 0 ? 1 : 2) : 0;
            }
        }

        return sum;
    }
}
