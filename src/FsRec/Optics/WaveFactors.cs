using FsRec.Fourier;

namespace FsRec.Optics;

/// <summary>Factors on a wave's band: displacement, illumination tilt, transfer.</summary>
internal static unsafe class WaveFactors
{
    /// <summary>
    /// Zg + C3λ²g³ + C5λ⁴g⁵, the gradient of the aberration phase over 2πλ. Times λ it is how far in nm frequency g lies in the image
    /// from where it left the specimen.
    /// </summary>
    public static double Slope(Microscope microscope, double focus, double g)
    {
        double l2g2 = microscope.Wavelength * microscope.Wavelength * g * g;
        return g * (focus + (l2g2 * (microscope.C3 + (l2g2 * microscope.C5))));
    }

    /// <summary>target = source · exp(−2πi (ky·dy / rows + kx·dx / columns)): the content moves by (dx, dy).</summary>
    public static void Move(ComplexPlane source, WaveBand band, double dx, double dy, ComplexPlane target)
    {
        var columns = new (float Re, float Im)[band.Columns];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = Unit(-2 * Math.PI * (c - band.ColumnReach) * dx / band.Grid.Columns);
        }

        for (int r = 0; r < source.Rows; r++)
        {
            (float rowRe, float rowIm) = Unit(-2 * Math.PI * (r - band.RowReach) * dy / band.Grid.Rows);
            float* s = source.Row(r);
            float* t = target.Row(r);
            for (int c = 0; c < columns.Length; c++)
            {
                int at = ComplexPlane.Offset(c);
                (float re, float im) = columns[c];
                Multiply(s + at, (re * rowRe) - (im * rowIm), (re * rowIm) + (im * rowRe), t + at);
            }
        }
    }

    /// <summary>target = source · exp(−i (χ(g + k) − χ(k) − χ(g))): what illumination along k adds to the transfer of g.</summary>
    public static void Tilt(ComplexPlane source, WaveBand band, TransferFunction transfer, AzimuthalAberrations aberrations, double kRow, double kColumn, ComplexPlane target)
    {
        double Chi(double gy, double gx) => transfer.Phase((gy * gy) + (gx * gx)) + (aberrations.None ? 0 : aberrations.Phase(gy, gx));
        double atTilt = Chi(kRow, kColumn);
        for (int r = 0; r < source.Rows; r++)
        {
            double gy = (r - band.RowReach) * band.Grid.RowStep;
            float* s = source.Row(r);
            float* t = target.Row(r);
            for (int c = 0; c < band.Columns; c++)
            {
                double gx = (c - band.ColumnReach) * band.Grid.ColumnStep;
                if ((gx * gx) + (gy * gy) > band.Limit * band.Limit)
                {
                    continue;
                }

                (float re, float im) = Unit(atTilt + Chi(gy, gx) - Chi(gy + kRow, gx + kColumn));
                int at = ComplexPlane.Offset(c);
                Multiply(s + at, re, im, t + at);
            }
        }
    }

    /// <summary>exp(−iχ(g)) of one transfer function with the envelope of another, in the layout of the image simulator.</summary>
    public static void FillTransfer(WaveBand band, TransferFunction phase, TransferFunction envelope, ComplexPlane table)
    {
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            float* row = table.Row(ky);
            for (int kx = 0; kx <= band.ColumnReach; kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                if (g2 > band.Limit * band.Limit)
                {
                    break;
                }

                (float re, float im) = Unit(-phase.Phase(g2));
                float e = (float)envelope.Envelope(g2);
                int right = ComplexPlane.Offset(band.ColumnReach + kx);
                int left = ComplexPlane.Offset(band.ColumnReach - kx);
                row[right] = row[left] = e * re;
                row[right + ComplexPlane.Lanes] = row[left + ComplexPlane.Lanes] = e * im;
            }
        }
    }

    private static (float Re, float Im) Unit(double angle)
    {
        (double sin, double cos) = Math.SinCos(angle);
        return ((float)cos, (float)sin);
    }

    private static void Multiply(float* source, float re, float im, float* target)
    {
        (float x, float y) = (source[0], source[ComplexPlane.Lanes]);
        target[0] = (x * re) - (y * im);
        target[ComplexPlane.Lanes] = (x * im) + (y * re);
    }
}
