using System.Runtime.CompilerServices;

namespace FsRec.Rendering.Phase;

/// <summary>
/// The ramp and the level of a phase, which a series does not tell: a common translation of spectra is a ramp, and the phase of the vacuum is free.
/// </summary>
/// <param name="Level">Phase at row and column 0 in rad.</param>
/// <param name="RowSlope">Rise a row in rad.</param>
/// <param name="ColumnSlope">Rise a column in rad.</param>
public readonly record struct PhasePlane(double Level, double RowSlope, double ColumnSlope)
{
    private const int Rounds = 30;
    // In rad over the whole area: far below what is drawn or told.
    private const double Settled = 1e-5;
    private const int MostSorted = 1 << 13;
    private const int MostSamples = 1 << 16;

    // Tukey's constant: what lies so many standard deviations off has no weight.
    private const double Cut = 4.685;

    /// <summary>
    /// Fits a plane to an unwrapped phase: by least squares in an area that is known to be vacuum, or else to what most of the pixels lie in, by
    /// least squares that leave out what does not belong (Tukey's biweight).
    /// </summary>
    /// <param name="phase">Unwrapped phase in rad, row-major.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="vacuum">The area of vacuum; <see langword="null"/> where none is known.</param>
    /// <exception cref="FsRecException">The area does not lie inside.</exception>
    public static PhasePlane Fit(float[] phase, int rows, int columns, ReferenceArea? vacuum = null)
    {
        ReferenceArea area = vacuum ?? new ReferenceArea(0, 0, rows, columns);
        if (!area.LiesInside(new Calibration(rows, columns, 1, 1)))
        {
            throw new FsRecException($"The area {area} does not lie inside the wave of {rows}×{columns} px.");
        }

        int step = Math.Max(1, (int)Math.Ceiling(Math.Sqrt(area.PixelCount / (double)MostSamples)));
        List<(double Y, double X, double Value)> samples = [];
        for (int r = area.Top; r < area.Bottom; r += step)
        {
            for (int c = area.Left; c < area.Right; c += step)
            {
                float value = phase[(r * columns) + c];
                if (float.IsFinite(value))
                {
                    samples.Add((r, c, value));
                }
            }
        }

        var weights = new double[samples.Count];
        var sizes = new double[samples.Count];
        // The median of so many is within a hundredth of that of all.
        int every = Math.Max(1, samples.Count / MostSorted);
        var sorted = new double[(samples.Count + every - 1) / every];
        Array.Fill(weights, 1);
        PhasePlane plane = Solve(samples, weights);
        for (int round = 0; vacuum is null && round < Rounds; round++)
        {
            for (int i = 0; i < sizes.Length; i++)
            {
                (double y, double x, double value) = samples[i];
                sizes[i] = Math.Abs(value - plane.At(y, x));
            }

            for (int i = 0; i < sorted.Length; i++)
            {
                sorted[i] = sizes[i * every];
            }

            Array.Sort(sorted);
            // The median of the deviations is 0.6745 standard deviations of a normal distribution.
            double scale = Cut * Math.Max(1e-6, sorted.Length == 0 ? 0 : sorted[sorted.Length / 2] / 0.6745);
            for (int i = 0; i < weights.Length; i++)
            {
                double u = sizes[i] / scale;
                weights[i] = u < 1 ? (1 - (u * u)) * (1 - (u * u)) : 0;
            }

            PhasePlane before = plane;
            plane = Solve(samples, weights);
            if (Math.Abs(plane.Level - before.Level) + (rows * Math.Abs(plane.RowSlope - before.RowSlope)) + (columns * Math.Abs(plane.ColumnSlope - before.ColumnSlope)) < Settled)
            {
                break;
            }
        }

        return plane;
    }

    /// <summary>The plane's phase in rad.</summary>
    public double At(double row, double column) => Level + (RowSlope * row) + (ColumnSlope * column);

    /// <summary>The phase less the plane.</summary>
    /// <param name="phase">Phase in rad, row-major.</param>
    /// <param name="columns">Columns.</param>
    public float[] RemoveFrom(float[] phase, int columns)
    {
        var result = new float[phase.Length];
        PhasePlane plane = this;
        FrameLoop.Run(phase.Length / columns, 0, CancellationToken.None, row => plane.RemoveFrom(phase.AsSpan(row * columns, columns), row, result.AsSpan(row * columns, columns)));
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RemoveFrom(ReadOnlySpan<float> phase, int row, Span<float> result)
    {
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (float)(phase[i] - At(row, i));
        }
    }

    private static PhasePlane Solve(List<(double Y, double X, double Value)> samples, double[] weights)
    {
        (double sum, double y0, double x0, double v0) = (0, 0, 0, 0);
        for (int i = 0; i < weights.Length; i++)
        {
            sum += weights[i];
            y0 += weights[i] * samples[i].Y;
            x0 += weights[i] * samples[i].X;
            v0 += weights[i] * samples[i].Value;
        }

        if (sum <= 0)
        {
            return default;
        }

        (y0, x0, v0) = (y0 / sum, x0 / sum, v0 / sum);
        (double yy, double xx, double xy, double vy, double vx) = (0, 0, 0, 0, 0);
        for (int i = 0; i < weights.Length; i++)
        {
            (double y, double x, double v) = (samples[i].Y - y0, samples[i].X - x0, samples[i].Value - v0);
            yy += weights[i] * y * y;
            xx += weights[i] * x * x;
            xy += weights[i] * x * y;
            vy += weights[i] * v * y;
            vx += weights[i] * v * x;
        }

        double determinant = (xx * yy) - (xy * xy);
        double rowSlope = determinant > 0 ? ((vy * xx) - (vx * xy)) / determinant : 0;
        double columnSlope = determinant > 0 ? ((vx * yy) - (vy * xy)) / determinant : 0;
        return new PhasePlane(v0 - (rowSlope * y0) - (columnSlope * x0), rowSlope, columnSlope);
    }
}
