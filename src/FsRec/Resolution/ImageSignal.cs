using FsRec.Fourier;
using FsRec.Results;
using FsRec.Statistics;

namespace FsRec.Resolution;

/// <summary>Power that the wave predicts for the frames over the power of what is left of them, by rings.</summary>
internal static unsafe class ImageSignal
{
    // The images' own signal to noise is a mean; so many frames tell it.
    private const int MostFrames = 12;

    /// <summary>The ratio in each ring from 0 to the last.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <param name="window">What the images are multiplied by.</param>
    /// <param name="count">Number of the last ring.</param>
    /// <param name="width">Width of a ring in 1/nm; ring i is centred on i times it.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static double[] Measure(Reconstruction reconstruction, SoftWindow window, int count, double width, int threads, CancellationToken cancellationToken)
    {
        Calibration frame = reconstruction.Series.Calibration;
        int[] some = Some(reconstruction);
        var parts = new (double Signal, double Residual)[some.Length][];
        var rings = new RingNumbers(FrequencyGrid.Of(frame), count, width);
        using var frames = new PredictedFrames(reconstruction, threads, cancellationToken);
        var transform = new FourierTransform(frame.Rows, frame.Columns);
        using var memory = new PerWorker<Workspace>(FrameLoop.Workers(threads, some.Length), () => new Workspace(frames, transform));
        FrameLoop.Run(some.Length, threads, cancellationToken, (worker, k) =>
        {
            Workspace m = memory[worker];
            frames.Get(some[k], m.Frame);
            // Two real images in one transform: what is predicted, and what is left.
            for (int r = 0; r < frame.Rows; r++)
            {
                int first = r * frame.Columns;
                window.Pack(r, m.Frame.Predicted.AsSpan(first, frame.Columns), m.Frame.Measured.AsSpan(first, frame.Columns), m.Plane.Row(r));
            }

            rings.Transform(transform, m.Plane, m.Scratch);
            parts[k] = Sums(m.Plane, rings, count);
        });
        return [.. Enumerable.Range(0, count + 1).Select(i => parts.Sum(p => p[i].Signal) / Math.Max(1e-30, parts.Sum(p => p[i].Residual)))];
    }

    // The spectra of real images are the same at k and −k: those of kx from 0 on, the others counted with them.
    private static (double Signal, double Residual)[] Sums(ComplexPlane plane, RingNumbers rings, int count)
    {
        var sums = new (double Signal, double Residual)[count + 1];
        for (int ky = -rings.RowReach; ky <= rings.LastRow; ky++)
        {
            float* row = plane.Row(FrequencyGrid.Index(ky, plane.Rows));
            float* mirrored = plane.Row(FrequencyGrid.Index(-ky, plane.Rows));
            ReadOnlySpan<ushort> ringOf = rings.Row(ky);
            for (int kx = 0; kx < ringOf.Length; kx++)
            {
                if (ringOf[kx] > count)
                {
                    break;
                }

                float* p = row + ComplexPlane.Offset(kx);
                float* m = mirrored + ComplexPlane.Offset(kx == 0 ? 0 : plane.Columns - kx);
                (double sr, double si) = (p[0] + m[0], p[ComplexPlane.Lanes] - m[ComplexPlane.Lanes]);
                (double dr, double di) = (p[ComplexPlane.Lanes] + m[ComplexPlane.Lanes], m[0] - p[0]);
                double twice = kx == 0 || 2 * kx == plane.Columns ? 1 : 2;
                ref (double Signal, double Residual) ring = ref sums[ringOf[kx]];
                ring.Signal += twice * ((sr * sr) + (si * si));
                ring.Residual += twice * ((dr * dr) + (di * di));
            }
        }

        return sums;
    }

    private static int[] Some(Reconstruction reconstruction)
    {
        int[] all = [.. Enumerable.Range(0, reconstruction.Series.Count).Where(n => reconstruction.Uncertainty is null || reconstruction.Uncertainty.Frames[n].Weight > 0)];
        int take = Math.Min(MostFrames, all.Length);
        return [.. Enumerable.Range(0, take).Select(i => all[(int)((long)i * all.Length / take)])];
    }

    private sealed class Workspace(PredictedFrames frames, FourierTransform transform) : IDisposable
    {
        public PredictedFrame Frame { get; } = frames.CreateMemory();

        public ComplexPlane Plane { get; } = new(transform.Rows, transform.Columns);

        public FourierScratch Scratch { get; } = transform.CreateScratch();

        public void Dispose()
        {
            Frame.Dispose();
            Plane.Dispose();
            Scratch.Dispose();
        }
    }
}
