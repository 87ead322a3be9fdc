using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Focus;

/// <summary>Propagation of a wave through a lens without envelopes: ψ(g) exp(−iχ(g)).</summary>
internal static class Propagation
{
    /// <summary>
    /// The lens of a criterion: free space, exp(−iπλzg²), is all that a wave needs whose aberrations the reconstruction has removed. The
    /// published program applies the microscope's C3 again with every focus; its criterion does as it does.
    /// </summary>
    public static Microscope Lens(Microscope microscope, AutofocusCriterion criterion) =>
        criterion == AutofocusCriterion.Intensity
            ? microscope with { A1 = 0, A2 = 0, B2 = 0 }
            : microscope with { C3 = 0, C5 = 0, A1 = 0, A2 = 0, B2 = 0 };

    /// <summary>Propagates a wave's spectrum in place.</summary>
    /// <param name="spectrum">Spectrum on the band.</param>
    /// <param name="band">The band.</param>
    /// <param name="transfer">Whose aberration phase is applied.</param>
    public static void Apply(ComplexPlane spectrum, WaveBand band, TransferFunction transfer)
    {
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                (double sin, double cos) = Math.SinCos(-transfer.Phase(band.Grid.SquaredFrequency(ky, kx)));
                (float re, float im) = spectrum[ky + band.RowReach, kx + band.ColumnReach];
                spectrum[ky + band.RowReach, kx + band.ColumnReach] = ((float)((re * cos) - (im * sin)), (float)((re * sin) + (im * cos)));
            }
        }
    }
}
