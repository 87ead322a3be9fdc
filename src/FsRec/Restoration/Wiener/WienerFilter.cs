using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.Restoration;

/// <summary>
/// The filters of the Wiener restoration: (a, p) = M⁻¹ Σ Hᵀ y / σ² with M = Σ HᵀH / σ² + diag(1/S_a, 1/S_p) and ψ = a + ip give frame n the
/// filter f_n = (M⁻¹ H_nᵀ)_a / σ² + i (M⁻¹ H_nᵀ)_p / σ².
/// </summary>
internal static class WienerFilter
{
    /// <summary>Computes the filters of all frames.</summary>
    /// <param name="statistics">Band, transfer functions, noise and prior powers.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public static RestorationFilter Create(SeriesStatistics statistics, int threads, CancellationToken cancellationToken)
    {
        WaveBand band = statistics.Band;
        ComplexPlane[] frames = [.. statistics.Transfers.Select(_ => new ComplexPlane(band.RowReach + 1, band.ColumnReach + 1))];
        FrameLoop.Run(band.RowReach + 1, threads, cancellationToken, ky =>
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                LinearTheory inverse = statistics.Known(g2).Inverse();
                for (int n = 0; n < frames.Length; n++)
                {
                    (double a, double p) = statistics.Row(n, g2);
                    frames[n][ky, kx] = (
                        (float)(((inverse.Aa * a) + (inverse.Ap * p)) / statistics.Noise[n]),
                        (float)(((inverse.Ap * a) + (inverse.Pp * p)) / statistics.Noise[n]));
                }
            }
        });
        return new RestorationFilter(frames);
    }
}
