using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.ImageModel;

/// <summary>The blur of an image on the grid of a model: by the image spread, and by the detector where there is one.</summary>
internal static class ImageBlur
{
    // Of the vacuum's intensity: what an image is wrong by where the rows beyond are left out.
    private const double Tail = 2e-4;

    /// <summary>The factors on the image's spectrum; <see langword="null"/> where nothing blurs it.</summary>
    /// <param name="microscope">The microscope.</param>
    /// <param name="grid">The grid.</param>
    public static RealTable? Table(Microscope microscope, ModelGrid grid)
    {
        if (microscope.ImageSpread <= 0 && microscope.Detector is null)
        {
            return null;
        }

        var image = new TransferFunction(microscope, 0);
        return new RealTable(
            (grid.Plane.Rows / 2) + 1, (grid.Plane.Columns / 2) + 1, (ky, kx) => image.ImageEnvelope(grid.Band.Grid.SquaredFrequency(ky, kx)));
    }

    /// <summary>
    /// Rows on each side that the blur mixes into a frame's; those beyond are seen by no pixel. Six standard deviations of the image spread; and of the
    /// detector until what is left of it makes no difference to an even image.
    /// </summary>
    /// <param name="microscope">The microscope.</param>
    /// <param name="grid">The grid.</param>
    public static int Reach(Microscope microscope, ModelGrid grid)
    {
        int rows = grid.Plane.Rows;
        int spread = (int)Math.Ceiling(Math.Min(rows, 6e-3 * microscope.ImageSpread / grid.Plane.RowSampling));
        if (microscope.Detector is not { } detector)
        {
            return spread;
        }

        // What a row of the kernel sums up to is the transform of its values at kx = 0.
        double[] values = [.. Enumerable.Range(0, rows).Select(k => detector.Signal(grid.Band.Grid.SquaredFrequency(FrequencyGrid.Signed(k, rows), 0)))];
        double rest = 0;
        for (int r = rows / 2; r > 0; r--)
        {
            rest += Enumerable.Range(0, rows).Sum(k => values[k] * Math.Cos(2 * Math.PI * ((long)k * r % rows) / rows)) / rows;
            if (Math.Abs(rest) > Tail)
            {
                return Math.Min(rows, spread + r);
            }
        }

        return spread;
    }
}
