using FsRec.Fourier;

namespace FsRec.Refinement;

/// <summary>
/// Where a frame may show the image that a wave predicts for it: the highest places of their correlation, the frequencies weighed alike as far as the image stands out of
/// the noise, so that a few strong beams do not decide.
/// </summary>
internal static unsafe class PredictedPlaces
{
    /// <summary>How many places are told.</summary>
    public const int Count = 6;

    /// <summary>By how many px the frame is displaced against its prediction, the likeliest first.</summary>
    /// <param name="measured">The frame, mean 1, row-major.</param>
    /// <param name="predicted">What is predicted for it.</param>
    /// <param name="frame">Its shape.</param>
    /// <param name="noise">Variance of a pixel's noise.</param>
    public static IReadOnlyList<(double Dx, double Dy)> Find(ReadOnlySpan<float> measured, ReadOnlySpan<float> predicted, Calibration frame, double noise)
    {
        var transform = new FourierTransform(frame.Rows, frame.Columns);
        using FourierScratch scratch = transform.CreateScratch();
        using var plane = new ComplexPlane(frame.Rows, frame.Columns);
        (float[] down, float[] across) = (HannWindow.Of(frame.Rows), HannWindow.Of(frame.Columns));
        // Two real images in one transform.
        for (int r = 0, i = 0; r < frame.Rows; r++)
        {
            float* row = plane.Row(r);
            for (int c = 0; c < frame.Columns; c++, i++)
            {
                float w = down[r] * across[c];
                float* p = row + ComplexPlane.Offset(c);
                (p[0], p[ComplexPlane.Lanes]) = (w * (predicted[i] - 1), w * (measured[i] - 1));
            }
        }

        transform.Forward(plane, scratch);
        using ComplexPlane correlation = Correlation(plane, noise * frame.PixelCount * HannWindow.MeanSquare * HannWindow.MeanSquare);
        transform.Inverse(correlation, scratch);
        return Peaks(correlation);
    }

    private static ComplexPlane Correlation(ComplexPlane both, double noise)
    {
        var correlation = new ComplexPlane(both.Rows, both.Columns);
        for (int r = 0; r < both.Rows; r++)
        {
            float* row = both.Row(r);
            float* mirrored = both.Row(r == 0 ? 0 : both.Rows - r);
            float* target = correlation.Row(r);
            for (int c = 0; c < both.Columns; c++)
            {
                float* z = row + ComplexPlane.Offset(c);
                float* m = mirrored + ComplexPlane.Offset(c == 0 ? 0 : both.Columns - c);
                (double pr, double pi) = (0.5 * (z[0] + m[0]), 0.5 * (z[ComplexPlane.Lanes] - m[ComplexPlane.Lanes]));
                (double yr, double yi) = (0.5 * (z[ComplexPlane.Lanes] + m[ComplexPlane.Lanes]), 0.5 * (m[0] - z[0]));
                double scale = 1 / ((pr * pr) + (pi * pi) + noise);
                float* t = target + ComplexPlane.Offset(c);
                (t[0], t[ComplexPlane.Lanes]) = ((float)(scale * ((pr * yr) + (pi * yi))), (float)(scale * ((pr * yi) - (pi * yr))));
            }
        }

        return correlation;
    }

    /// <summary>The highest of the places that are higher than those round them, to a part of a pixel by parabolas.</summary>
    private static List<(double Dx, double Dy)> Peaks(ComplexPlane map)
    {
        (int rows, int columns) = (map.Rows, map.Columns);
        float At(int r, int c) => map.Row((r + rows) % rows)[ComplexPlane.Offset((c + columns) % columns)];
        List<(float Value, int Row, int Column)> found = [];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                float value = At(r, c);
                if ((found.Count == Count && value <= found[^1].Value) || value < At(r - 1, c) || value < At(r + 1, c) || value < At(r, c - 1) || value < At(r, c + 1))
                {
                    continue;
                }

                int place = found.FindIndex(f => value > f.Value);
                found.Insert(place < 0 ? found.Count : place, (value, r, c));
                found.RemoveRange(Math.Min(Count, found.Count), Math.Max(0, found.Count - Count));
            }
        }

        return [.. found.Select(f => (
            f.Column - (2 * f.Column > columns ? columns : 0) + Top(At(f.Row, f.Column - 1), f.Value, At(f.Row, f.Column + 1)),
            f.Row - (2 * f.Row > rows ? rows : 0) + Top(At(f.Row - 1, f.Column), f.Value, At(f.Row + 1, f.Column))))];
    }

    private static double Top(float before, float here, float after)
    {
        double curvature = (2.0 * here) - before - after;
        return curvature > 0 ? 0.5 * (after - before) / curvature : 0;
    }
}
