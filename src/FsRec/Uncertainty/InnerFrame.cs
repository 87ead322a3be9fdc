namespace FsRec.Uncertainty;

/// <summary>The part of a frame that what lies outside the common frame does not reach, where an image and its simulation are compared.</summary>
internal sealed class InnerFrame
{
    // An image of mean 1 is never so dark that its counts have no noise.
    private const float LeastIntensity = 0.1f;

    private readonly Calibration _frame;
    private readonly int _margin;
    private readonly float[] _rows;
    private readonly float[] _columns;

    /// <summary>Takes a frame less a margin.</summary>
    /// <param name="frame">Shape of the frames.</param>
    /// <param name="margin">Pixels on each side, less than half of the shorter one.</param>
    public InnerFrame(Calibration frame, int margin)
    {
        (_frame, _margin) = (frame, Math.Min(margin, Math.Min(frame.Rows, frame.Columns) / 4));
        (_rows, _columns) = (Window(frame.Rows), Window(frame.Columns));
    }

    /// <summary>Mean of (simulation − data)² / variance, the variance being that of counts.</summary>
    /// <param name="image">The simulation, row-major, mean 1.</param>
    /// <param name="data">The frame.</param>
    /// <param name="noise">Variance of its noise where the intensity is 1.</param>
    public double ChiSquare(ReadOnlySpan<float> image, ReadOnlySpan<float> data, double noise)
    {
        double sum = 0;
        for (int r = _margin; r < _frame.Rows - _margin; r++)
        {
            for (int i = (r * _frame.Columns) + _margin; i < ((r + 1) * _frame.Columns) - _margin; i++)
            {
                float off = data[i] - image[i];
                sum += off * off / Math.Max(image[i], LeastIntensity);
            }
        }

        return sum / noise / ((double)(_frame.Rows - (2 * _margin)) * (_frame.Columns - (2 * _margin)));
    }

    /// <summary>
    /// What the fading makes of the variance of a mean of powers of white noise, as neighbouring frequencies are no longer independent of one another: Σ w⁴ over the square of Σ w², times the
    /// number of pixels (P. D. Welch, IEEE Trans. Audio Electroacoust. 15 (1967) 70).
    /// </summary>
    public double Correlation => Fourth(_rows) * Fourth(_columns);

    /// <summary>Data less simulation, faded out towards the margin, with the power that the inner part would have over the whole frame.</summary>
    /// <param name="image">The simulation, row-major, mean 1.</param>
    /// <param name="data">The frame.</param>
    public float[] Difference(ReadOnlySpan<float> image, ReadOnlySpan<float> data)
    {
        var difference = new float[data.Length];
        for (int r = 0, i = 0; r < _frame.Rows; r++)
        {
            for (int c = 0; c < _frame.Columns; c++, i++)
            {
                difference[i] = (data[i] - image[i]) * _rows[r] * _columns[c];
            }
        }

        return difference;
    }

    /// <summary>0 in the margin, faded in over a quarter of what is left on each side, of mean square 1.</summary>
    private float[] Window(int count)
    {
        var window = new float[count];
        int width = count - (2 * _margin);
        double power = 0;
        for (int i = _margin; i < count - _margin; i++)
        {
            double fromEdge = 4 * (Math.Min(i - _margin, count - _margin - 1 - i) + 0.5) / width;
            window[i] = (float)(fromEdge >= 1 ? 1 : 0.5 * (1 - Math.Cos(Math.PI * fromEdge)));
            power += window[i] * window[i];
        }

        float unit = (float)Math.Sqrt(count / power);
        return [.. window.Select(w => unit * w)];
    }

    // The mean square is 1.
    private static double Fourth(float[] window) => window.Average(static w => (double)w * w * w * w);
}
