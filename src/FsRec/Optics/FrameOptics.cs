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
        var row = new TransferRow(band);
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            row.Fill(ky, transfer);
            for (int kx = 0; kx < row.Count; kx++)
            {
                double envelope = envelopes ? row.Envelope[kx] : 1;
                table[ky, band.ColumnReach + kx] = table[ky, band.ColumnReach - kx] = ((float)(envelope * row.Cos[kx]), (float)(envelope * row.Sin[kx]));
            }
        }

        return table;
    }
}
