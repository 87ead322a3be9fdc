using FsRec.Alignment;

namespace FsRec.Reconstructions;

/// <summary>How a predicted image agrees with a frame inside the band of the wave.</summary>
internal static class ImageAgreement
{
    // Of the whole band, in rings: what lies lower is illumination.
    private const double LowestRing = 2;

    /// <summary>The correlation coefficient, and by how much the frame's content lies from the prediction's, in px.</summary>
    /// <param name="points">The frames.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="image">The predicted image where the frame lies, vacuum 1.</param>
    public static (double Correlation, double Dx, double Dy) Of(AlignmentPoints points, int frame, ReadOnlySpan<float> image)
    {
        PointPairs predicted = points.SpectrumOf(image);
        PointPairs data = points.Data(frame);
        double lowest = LowestRing * Math.Max(points.Band.Grid.RowStep, points.Band.Grid.ColumnStep);
        (double common, double own, double other) = (0, 0, 0);
        (double gx, double gy, double xx, double xy, double yy) = (0, 0, 0, 0, 0);
        double unitX = 2 * Math.PI / points.Transform.Columns;
        double unitY = 2 * Math.PI / points.Transform.Rows;
        for (int i = 0; i < data.Length; i++)
        {
            if (points.G2[i] < lowest * lowest)
            {
                continue;
            }

            (float yr, float yi) = data[i];
            (float pr, float pi) = predicted[i];
            double re = (yr * pr) + (yi * pi);
            double im = (yi * pr) - (yr * pi);
            common += re;
            own += ((double)yr * yr) + ((double)yi * yi);
            other += ((double)pr * pr) + ((double)pi * pi);
            double kx = unitX * points.Kx[i];
            double ky = unitY * points.Ky[i];
            gx -= kx * im;
            gy -= ky * im;
            xx += kx * kx * re;
            xy += kx * ky * re;
            yy += ky * ky * re;
        }

        double d = (xx * yy) - (xy * xy);
        bool top = xx > 0 && yy > 0 && d > 0;
        (double dx, double dy) = top ? (((yy * gx) - (xy * gy)) / d, ((xx * gy) - (xy * gx)) / d) : (0, 0);
        double far = Math.Max(1, 2 * Math.Max(Math.Abs(dx), Math.Abs(dy)));
        return (own > 0 && other > 0 ? common / Math.Sqrt(own * other) : 0, dx / far, dy / far);
    }
}
