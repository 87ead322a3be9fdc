using System.Numerics;
using FsRec.Fourier;

namespace FsRec.Optics;

/// <summary>
/// The aberrations that are not round, with ω = λ(g_x + ig_y): χ = (2π/λ) Re{½A1 ω̄² + ⅓A2 ω̄³ + B2̄ ω²ω̄}, A1 = |A1| exp(2iφ),
/// A2 = |A2| exp(3iφ), B2 = |B2| exp(iφ) (S. Uhlemann and M. Haider, Ultramicroscopy 72 (1998) 109). They are the same for all
/// frames of a series, so the frames show the wave ψ·exp(−iχ) through a round lens: everything between the frames and that wave stays
/// radial, and χ is taken off or put on where the wave itself comes out or goes in.
/// </summary>
internal sealed unsafe class AzimuthalAberrations
{
    private readonly double _wavelength;

    /// <summary>The aberrations of a microscope.</summary>
    public AzimuthalAberrations(Microscope microscope)
    {
        _wavelength = microscope.Wavelength;
        A1 = Complex.FromPolarCoordinates(1, 2 * Math.PI / 180 * microscope.A1Azimuth) * microscope.A1;
        A2 = Complex.FromPolarCoordinates(1, 3 * Math.PI / 180 * microscope.A2Azimuth) * microscope.A2;
        B2 = Complex.FromPolarCoordinates(1, Math.PI / 180 * microscope.B2Azimuth) * microscope.B2;
    }

    /// <summary>A1 in nm.</summary>
    public Complex A1 { get; }

    /// <summary>A2 in nm.</summary>
    public Complex A2 { get; }

    /// <summary>B2 in nm.</summary>
    public Complex B2 { get; }

    /// <summary>Whether there are none: the lens is round.</summary>
    public bool None => A1 == 0 && A2 == 0 && B2 == 0;

    /// <summary>χ in rad at a frequency in 1/nm.</summary>
    public double Phase(double gy, double gx)
    {
        var w = new Complex(_wavelength * gx, _wavelength * gy);
        var c = Complex.Conjugate(w);
        return 2 * Math.PI / _wavelength * ((A1 * c * c / 2) + (A2 * c * c * c / 3) + (Complex.Conjugate(B2) * w * w * c)).Real;
    }

    /// <summary>The gradient of χ by (g_x, g_y) over 2πλ, in nm: real part along columns, imaginary part along rows.</summary>
    public Complex Slope(double gy, double gx)
    {
        var w = new Complex(_wavelength * gx, _wavelength * gy);
        var c = Complex.Conjugate(w);
        return ((A1 * c) + (A2 * c * c) + (Complex.Conjugate(B2) * w * w) + (2 * B2 * w * c)) / _wavelength;
    }

    /// <summary>ψ·exp(−iχ): what the frames show through a round lens.</summary>
    public void Apply(ComplexPlane spectrum, WaveBand band) => Turn(spectrum, band, -1);

    /// <summary>The wave itself from what the frames show through a round lens.</summary>
    public void Remove(ComplexPlane spectrum, WaveBand band) => Turn(spectrum, band, 1);

    private void Turn(ComplexPlane spectrum, WaveBand band, int sign)
    {
        if (None)
        {
            return;
        }

        for (int row = 0; row < band.Rows; row++)
        {
            double gy = (row - band.RowReach) * band.Grid.RowStep;
            float* line = spectrum.Row(row);
            for (int column = 0; column < band.Columns; column++)
            {
                (double sin, double cos) = Math.SinCos(sign * Phase(gy, (column - band.ColumnReach) * band.Grid.ColumnStep));
                float* p = line + ComplexPlane.Offset(column);
                (float re, float im) = (p[0], p[ComplexPlane.Lanes]);
                p[0] = (float)((re * cos) - (im * sin));
                p[ComplexPlane.Lanes] = (float)((re * sin) + (im * cos));
            }
        }
    }
}
