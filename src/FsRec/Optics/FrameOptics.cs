using FsRec.Fourier;

namespace FsRec.Optics;

/// <summary>
/// Complex factors of one frame on the band, even in ky and kx: row |ky| from 0, columns in the order of the table's use, in
/// the block layout of <see cref="ComplexPlane"/>.
/// </summary>
internal static class FrameOptics
{
    /// <summary>
    /// The factor that turns the wave's spectrum into the image wave's: t(g) = exp(−iχ(g)), times the envelope E(g) when
    /// <paramref name="envelopes"/> is on, inside the band and 0 outside. Columns run from −ColumnReach to ColumnReach.
    /// </summary>
    public static ComplexPlane ImageTransfer(WaveBand band, TransferFunction transfer, bool envelopes)
    {
        var table = new ComplexPlane(band.RowReach + 1, band.Columns);
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = 0; kx <= band.ColumnReach; kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                if (g2 > band.Limit * band.Limit)
                {
                    break;
                }

                (double sin, double cos) = Math.SinCos(-transfer.Phase(g2));
                double envelope = envelopes ? transfer.Envelope(g2) : 1;
                table[ky, band.ColumnReach + kx] = table[ky, band.ColumnReach - kx] = ((float)(envelope * cos), (float)(envelope * sin));
            }
        }

        return table;
    }
}
