using System.Numerics;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Tests.Fourier;

namespace FsRec.Tests.Optics;

/// <summary>Imaging written down from its formulas, in double precision with Math.NET's transform: the oracle of the fast one.</summary>
internal static class NaiveOptics
{
    /// <summary>Wave aberration in rad at g in 1/nm: πλZg² + (π/2) C3 λ³ g⁴ + (π/3) C5 λ⁵ g⁶.</summary>
    public static double Chi(Microscope m, double focus, double g) =>
        (Math.PI * m.Wavelength * focus * Math.Pow(g, 2))
        + (Math.PI / 2 * m.C3 * Math.Pow(m.Wavelength, 3) * Math.Pow(g, 4))
        + (Math.PI / 3 * m.C5 * Math.Pow(m.Wavelength, 5) * Math.Pow(g, 6));

    /// <summary>Product of temporal, spatial and image-spread envelope.</summary>
    public static double Envelope(Microscope m, double focus, double g)
    {
        double temporal = Math.PI * m.Wavelength * m.FocusSpread * g * g / 2;
        double slope = (focus * g) + (m.C3 * Math.Pow(m.Wavelength, 2) * Math.Pow(g, 3)) + (m.C5 * Math.Pow(m.Wavelength, 4) * Math.Pow(g, 5));
        double spatial = Math.PI * m.Semiconvergence * 1e-3 * slope;
        double image = Math.PI * m.ImageSpread * 1e-3 * g;
        return Math.Exp(-(temporal * temporal) - (spatial * spatial) - (2 * image * image));
    }

    /// <summary>|g| of an element of a spectrum in transform order, in 1/nm.</summary>
    public static double Frequency(Calibration c, int row, int column)
    {
        double gy = FrequencyGrid.Signed(row, c.Rows) / (c.Rows * c.RowSampling);
        double gx = FrequencyGrid.Signed(column, c.Columns) / (c.Columns * c.ColumnSampling);
        return Math.Sqrt((gy * gy) + (gx * gx));
    }

    public static Complex[,] Forward(Complex[,] values) =>
        PlaneSamples.Columns(PlaneSamples.Rows(values, -1, PlaneSamples.ByMathNet), -1, PlaneSamples.ByMathNet);

    public static Complex[,] Inverse(Complex[,] values) =>
        PlaneSamples.Columns(PlaneSamples.Rows(values, 1, PlaneSamples.ByMathNet), 1, PlaneSamples.ByMathNet);

    /// <summary>The intensity of a wave's image, from the wave's spectrum in transform order.</summary>
    public static double[,] Image(Complex[,] spectrum, Calibration calibration, Microscope microscope, double focus, double limit, bool envelopes)
    {
        Complex[,] image = Inverse(Map(spectrum, (row, column, value) =>
        {
            double g = Frequency(calibration, row, column);
            double envelope = envelopes ? Envelope(microscope, focus, g) : 1;
            return g <= limit ? value * Complex.FromPolarCoordinates(envelope, -Chi(microscope, focus, g)) : 0;
        }));
        var intensity = new double[calibration.Rows, calibration.Columns];
        for (int r = 0; r < calibration.Rows; r++)
        {
            for (int c = 0; c < calibration.Columns; c++)
            {
                intensity[r, c] = (image[r, c].Real * image[r, c].Real) + (image[r, c].Imaginary * image[r, c].Imaginary);
            }
        }

        return intensity;
    }

    public static Complex[,] Map(Complex[,] values, Func<int, int, Complex, Complex> map)
    {
        var result = new Complex[values.GetLength(0), values.GetLength(1)];
        for (int r = 0; r < result.GetLength(0); r++)
        {
            for (int c = 0; c < result.GetLength(1); c++)
            {
                result[r, c] = map(r, c, values[r, c]);
            }
        }

        return result;
    }
}
