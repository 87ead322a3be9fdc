using System.Numerics;
using FsRec.Fourier;

namespace FsRec.Tests.Fourier;

/// <summary>Planes to transform, and the obviously right transforms to compare with.</summary>
internal static class PlaneSamples
{
    /// <summary>Random numbers in [−1, 1)²; the padding of the last block is NaN.</summary>
    public static ComplexPlane Random(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var plane = new ComplexPlane(rows, columns);
        FillWith(plane, float.NaN);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                plane[r, c] = ((float)((2 * random.NextDouble()) - 1), (float)((2 * random.NextDouble()) - 1));
            }
        }

        return plane;
    }

    public static ComplexPlane Copy(ComplexPlane plane)
    {
        var copy = new ComplexPlane(plane.Rows, plane.Columns);
        copy.CopyFrom(plane);
        return copy;
    }

    public static unsafe void FillWith(ComplexPlane plane, float value) =>
        new Span<float>(plane.Data, plane.Rows * plane.RowStride).Fill(value);

    public static Complex[,] ToComplex(ComplexPlane plane)
    {
        var values = new Complex[plane.Rows, plane.Columns];
        for (int r = 0; r < plane.Rows; r++)
        {
            for (int c = 0; c < plane.Columns; c++)
            {
                (float re, float im) = plane[r, c];
                values[r, c] = new Complex(re, im);
            }
        }

        return values;
    }

    /// <summary>|a − b| / |b|, over all elements.</summary>
    public static double RelativeError(Complex[,] a, Complex[,] b)
    {
        double difference = 0;
        double size = 0;
        for (int r = 0; r < b.GetLength(0); r++)
        {
            for (int c = 0; c < b.GetLength(1); c++)
            {
                Complex d = a[r, c] - b[r, c];
                difference += (d.Real * d.Real) + (d.Imaginary * d.Imaginary);
                size += (b[r, c].Real * b[r, c].Real) + (b[r, c].Imaginary * b[r, c].Imaginary);
            }
        }

        return Math.Sqrt(difference / size);
    }

    /// <summary>The plane's relative distance from what it should be; NaN anywhere makes it NaN.</summary>
    public static double RelativeError(ComplexPlane plane, Complex[,] expected) => RelativeError(ToComplex(plane), expected);

    /// <summary>Columns transformed in double precision; sign −1 is forward, +1 the inverse with 1 / rows.</summary>
    public static Complex[,] Columns(Complex[,] values, int sign, Func<Complex[], int, Complex[]> line) =>
        Lines(values, values.GetLength(1), values.GetLength(0), (along, across) => (along, across), sign, line);

    /// <summary>Rows transformed in double precision.</summary>
    public static Complex[,] Rows(Complex[,] values, int sign, Func<Complex[], int, Complex[]> line) =>
        Lines(values, values.GetLength(0), values.GetLength(1), (along, across) => (across, along), sign, line);

    /// <summary>Σ x[j] exp(sign·2πi·jk/n), term by term.</summary>
    public static Complex[] DirectSum(Complex[] x, int sign)
    {
        int n = x.Length;
        var roots = new Complex[n];
        for (int j = 0; j < n; j++)
        {
            roots[j] = Complex.FromPolarCoordinates(1, sign * 2 * Math.PI * j / n);
        }

        var y = new Complex[n];
        for (int k = 0; k < n; k++)
        {
            for (int j = 0; j < n; j++)
            {
                y[k] += x[j] * roots[(int)((long)j * k % n)];
            }

            y[k] /= sign > 0 ? n : 1;
        }

        return y;
    }

    /// <summary>The same by Math.NET, for lengths that the direct sum takes too long for.</summary>
    public static Complex[] ByMathNet(Complex[] x, int sign)
    {
        const MathNet.Numerics.IntegralTransforms.FourierOptions Options =
            MathNet.Numerics.IntegralTransforms.FourierOptions.AsymmetricScaling;
        var y = (Complex[])x.Clone();
        if (sign < 0)
        {
            MathNet.Numerics.IntegralTransforms.Fourier.Forward(y, Options);
        }
        else
        {
            MathNet.Numerics.IntegralTransforms.Fourier.Inverse(y, Options);
        }

        return y;
    }

    private static Complex[,] Lines(
        Complex[,] values,
        int count,
        int length,
        Func<int, int, (int Row, int Column)> at,
        int sign,
        Func<Complex[], int, Complex[]> line)
    {
        var result = new Complex[values.GetLength(0), values.GetLength(1)];
        for (int across = 0; across < count; across++)
        {
            var x = new Complex[length];
            for (int along = 0; along < length; along++)
            {
                (int r, int c) = at(along, across);
                x[along] = values[r, c];
            }

            Complex[] y = line(x, sign);
            for (int along = 0; along < length; along++)
            {
                (int r, int c) = at(along, across);
                result[r, c] = y[along];
            }
        }

        return result;
    }
}
