using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.Refinement;

/// <summary>
/// How a wave follows the aberrations by the linear theory: the change of the best wave per nm of a component,
/// −M⁻¹ (Σ_n H_nᵀ r_n/σ²) w, r as <see cref="AberrationErrors"/> has it with the envelope at the mean focus held. Steps of an aberration that
/// take the wave along are as good as independent of it; without, the two creep along their common valley.
/// </summary>
internal static class WaveResponse
{
    /// <summary>Fills a spectrum with the change of the wave per nm of a component.</summary>
    public static void Fill(
        int component,
        ComplexPlane wave,
        SeriesStatistics statistics,
        double scattered,
        ComplexPlane target)
    {
        (WaveBand band, IReadOnlyList<double> foci) = (statistics.Band, statistics.Foci);
        var dampings = new double[AberrationStep.Count];
        double mean = foci.Average();
        bool odd = component is >= 3 and <= 6;
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = ky > 0 ? 0 : 1; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                AberrationStep.Dampings(ky * band.Grid.RowStep, kx * band.Grid.ColumnStep, statistics.Microscope, dampings);
                LinearTheory inverse = statistics.Known(g2, scattered).Inverse();
                (float re, float im) = wave[band.RowReach + ky, band.ColumnReach + kx];
                (float mre, float mim) = wave[band.RowReach - ky, band.ColumnReach - kx];
                var a = new System.Numerics.Complex(0.5 * (re + mre), 0.5 * (im - mim));
                var p = new System.Numerics.Complex(0.5 * (im + mim), -0.5 * (re - mre));
                System.Numerics.Complex byA = 0;
                System.Numerics.Complex byP = 0;
                for (int n = 0; n < foci.Count; n++)
                {
                    (double ha, double hp) = statistics.Row(n, g2);
                    System.Numerics.Complex change = odd ? System.Numerics.Complex.ImaginaryOne * ((ha * p) - (hp * a)) : (ha * a) + (hp * p);
                    change *= (foci[n] - mean) * dampings[component] / statistics.Noise[n];
                    byA += ha * change;
                    byP += hp * change;
                }

                System.Numerics.Complex da = -((inverse.Aa * byA) + (inverse.Ap * byP));
                System.Numerics.Complex dp = -((inverse.Ap * byA) + (inverse.Pp * byP));
                // ψ(g) = a + ip, ψ(−g) = a* + ip*.
                target[band.RowReach + ky, band.ColumnReach + kx] = ((float)(da.Real - dp.Imaginary), (float)(da.Imaginary + dp.Real));
                target[band.RowReach - ky, band.ColumnReach - kx] = ((float)(da.Real + dp.Imaginary), (float)(dp.Real - da.Imaginary));
            }
        }
    }
}
