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
        ComplexPlane table = CreateImageTransfer(band);
        FillImageTransfer(table, band, transfer, envelopes);
        return table;
    }

    /// <summary>The same in a table that is there.</summary>
    public static void FillImageTransfer(ComplexPlane table, WaveBand band, TransferFunction transfer, bool envelopes)
    {
        var rows = new TransferRows(band, [transfer]);
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            rows.Fill(ky);
            FillImageTransfer(table, band, rows, 0, envelopes);
        }
    }

    /// <summary>Takes a table of zeros.</summary>
    public static ComplexPlane CreateImageTransfer(WaveBand band) => new(band.RowReach + 1, band.Columns);

    /// <summary>Fills a row of a frame's table.</summary>
    public static unsafe void FillImageTransfer(ComplexPlane table, WaveBand band, TransferRows rows, int frame, bool envelopes)
    {
        TransferRow row = rows[frame];
        float* target = table.Row(rows.Row);
        for (int kx = 0; kx < rows.Count; kx++)
        {
            double envelope = envelopes ? row.Envelope[kx] : 1;
            float re = (float)(envelope * row.Cos[kx]);
            float im = (float)(envelope * row.Sin[kx]);
            float* right = target + ComplexPlane.Offset(band.ColumnReach + kx);
            float* left = target + ComplexPlane.Offset(band.ColumnReach - kx);
            right[0] = left[0] = re;
            right[ComplexPlane.Lanes] = left[ComplexPlane.Lanes] = im;
        }

        GC.KeepAlive(table);
    }
}
