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
    public static RestorationFilter Create(
        WaveBand band, IReadOnlyList<TransferFunction> transfers, IReadOnlyList<double> noise, PriorPowers prior, int threads, CancellationToken cancellationToken)
    {
        ComplexPlane[] frames = [.. transfers.Select(_ => new ComplexPlane(band.RowReach + 1, band.ColumnReach + 1))];
        FrameLoop.Run(band.RowReach + 1, threads, cancellationToken, ky =>
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                LinearTheory inverse = LinearTheory.At(transfers, noise, g2).With(prior.At(Math.Sqrt(g2))).Inverse();
                for (int n = 0; n < frames.Length; n++)
                {
                    (double a, double p) = LinearTheory.Row(transfers[n], g2);
                    frames[n][ky, kx] = (
                        (float)(((inverse.Aa * a) + (inverse.Ap * p)) / noise[n]),
                        (float)(((inverse.Ap * a) + (inverse.Pp * p)) / noise[n]));
                }
            }
        });
        return new RestorationFilter(frames);
    }
}
