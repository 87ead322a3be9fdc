using FsRec.Fourier;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Resolution;

/// <summary>
/// Whether neighbouring frames share their noise, as running averages do and frames with the same fixed pattern: above the frequencies that
/// carry the specimen their spectra would have unrelated phases otherwise.
/// </summary>
internal static unsafe class SharedNoise
{
    // The mean cosine between two numbers of normal distribution is π/4 of a small correlation; single bright frequencies, as a lattice's, do not move it.
    private const double CosineOfCorrelation = Math.PI / 4;

    /// <summary>Correlation of the noise of neighbouring frames, a mean over the pairs, and its standard error; 0 where it cannot be told.</summary>
    /// <param name="reconstruction">The series and its displacements.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static (double Correlation, double Error) Measure(Reconstruction reconstruction, int threads, CancellationToken cancellationToken)
    {
        FocalSeries series = reconstruction.Series;
        FrameSpectra spectra = series.Spectra(threads, null, cancellationToken);
        FrequencyGrid grid = FrequencyGrid.Of(series.Calibration);
        double from = NoiseLevel.From * series.Calibration.Nyquist;
        int pairs = series.Count - 1;
        var still = new double[pairs];
        var moved = new double[pairs];
        var counts = new long[pairs];
        FrameLoop.Run(pairs, threads, cancellationToken, n =>
        {
            using SpectrumLease one = spectra.Take(n);
            using SpectrumLease next = spectra.Take(n + 1);
            (ComplexPlane a, ComplexPlane b) = (one.Plane, next.Plane);
            (FrameDisplacement da, FrameDisplacement db) = (reconstruction.Displacements[n], reconstruction.Displacements[n + 1]);
            // Noise that moved with the specimen, where frames were averaged after they had been aligned.
            (float Re, float Im)[] along = Turns((da.Dx - db.Dx) / grid.Columns, grid.Columns / 2);
            (float Re, float Im)[] across = Turns((da.Dy - db.Dy) / grid.Rows, (grid.Rows / 2) + 1);
            // Not in the arrays, whose neighbours other threads write.
            (double kept, double turned, long count) = (0, 0, 0);
            for (int row = 0; row < grid.Rows; row++)
            {
                int ky = FrequencyGrid.Signed(row, grid.Rows);
                if (Math.Abs(ky) <= NoiseLevel.Edge)
                {
                    continue;
                }

                (double ur, double ui) = across[Math.Abs(ky)];
                ui = ky < 0 ? -ui : ui;
                float* first = a.Row(row);
                float* second = b.Row(row);
                for (int kx = (grid.Columns / 2) - 1; kx > NoiseLevel.Edge && grid.SquaredFrequency(ky, kx) > from * from; kx--)
                {
                    int at = ComplexPlane.Offset(kx);
                    (double ar, double ai, double br, double bi) = (first[at], first[at + ComplexPlane.Lanes], second[at], second[at + ComplexPlane.Lanes]);
                    double re = (ar * br) + (ai * bi);
                    double im = (ai * br) - (ar * bi);
                    double size = Math.Sqrt((re * re) + (im * im));
                    if (size > 0)
                    {
                        (double vr, double vi) = along[kx];
                        kept += re / size;
                        turned += ((re * ((ur * vr) - (ui * vi))) - (im * ((ur * vi) + (ui * vr)))) / size;
                        count++;
                    }
                }
            }

            (still[n], moved[n], counts[n]) = (kept, turned, count);
        });
        long all = counts.Sum();
        return all == 0
            ? (0, 0)
            : (Math.Max(still.Sum(), moved.Sum()) / all / CosineOfCorrelation, 1 / Math.Sqrt(2 * all) / CosineOfCorrelation);
    }

    /// <summary>exp(2πi k·shift) from k = 0 on.</summary>
    private static (float Re, float Im)[] Turns(double shift, int count)
    {
        var turns = new (float Re, float Im)[count];
        for (int k = 0; k < count; k++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * k * shift);
            turns[k] = ((float)cos, (float)sin);
        }

        return turns;
    }
}
