using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Simulation;

namespace FsRec.Refinement;

/// <summary>
/// The nodes of the integral over the focus spread: foci Z + δ with weights, δ = Δ·x and x distributed as exp(−x²). As many as make the
/// rule's error term n! k²ⁿ / (2ⁿ (2n)!), k = πλΔ·Limit², fall below a bound; that is the error where the wave ends, and it falls as the
/// 4n-th power of the frequency below.
/// </summary>
internal static class FocusNodes
{
    private const int Most = 9;

    /// <summary>The rule for a microscope and a limit in 1/nm.</summary>
    public static IReadOnlyList<(double Defocus, float Weight)> Rule(Microscope microscope, double limit, double error = 5e-3)
    {
        if (microscope.FocusSpread <= 0)
        {
            return [(0, 1)];
        }

        int count = Count(Math.PI * microscope.Wavelength * microscope.FocusSpread * limit * limit, error);
        return [.. GaussHermite.Rule(count).Select(r => (microscope.FocusSpread * r.Node, (float)r.Weight))];
    }

    /// <summary>
    /// The transfer function at one focus, exp(−iχ) with the envelope of the convergence, on a band: rows |ky|, columns from −ColumnReach.
    /// </summary>
    /// <param name="band">The band.</param>
    /// <param name="transfer">The round lens at the focus.</param>
    /// <param name="aberrations">What else the convergence sees of the lens; their phase belongs to the wave.</param>
    /// <param name="table">Rows |ky|, or all rows from −RowReach, as aberrations that are not round ask for.</param>
    public static void FillTransfer(WaveBand band, TransferFunction transfer, AzimuthalAberrations aberrations, ComplexPlane table)
    {
        if (table.Rows == band.Rows)
        {
            FillAll(band, transfer, aberrations, table);
            return;
        }

        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                (double sin, double cos) = Math.SinCos(-transfer.Phase(g2));
                double envelope = transfer.SpatialEnvelope(g2);
                table[ky, band.ColumnReach + kx] = table[ky, band.ColumnReach - kx] = ((float)(envelope * cos), (float)(envelope * sin));
            }
        }
    }

    private static void FillAll(WaveBand band, TransferFunction transfer, AzimuthalAberrations aberrations, ComplexPlane table)
    {
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                if (band.Contains(ky, kx))
                {
                    (double sin, double cos) = Math.SinCos(-transfer.Phase(band.Grid.SquaredFrequency(ky, kx)));
                    double envelope = transfer.SpatialEnvelope(ky * band.Grid.RowStep, kx * band.Grid.ColumnStep, aberrations);
                    table[band.RowReach + ky, band.ColumnReach + kx] = ((float)(envelope * cos), (float)(envelope * sin));
                }
            }
        }
    }

    private static int Count(double k, double error)
    {
        double term = 1;
        for (int n = 1; n < Most; n++)
        {
            term *= k * k * n / (2.0 * ((2 * n) - 1) * (2 * n));
            if (term < error)
            {
                return n;
            }
        }

        return Most;
    }
}
