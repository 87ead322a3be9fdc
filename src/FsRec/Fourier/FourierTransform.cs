namespace FsRec.Fourier;

/// <summary>
/// The two-dimensional discrete Fourier transform of a <see cref="ComplexPlane"/> of one shape, in place. Forward is
/// Σ x exp(−2πi …) without a factor; inverse is Σ X exp(+2πi …) / (rows · columns), so that one undoes the other.
/// A plan is read-only and shared by threads; what a call needs to write belongs to the caller's scratch.
/// </summary>
internal sealed class FourierTransform
{
    /// <summary>Prepares transforms of one shape; any size of at least 1 is allowed.</summary>
    public FourierTransform(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Rows of the planes it transforms.</summary>
    public int Rows { get; }

    /// <summary>Columns of the planes it transforms.</summary>
    public int Columns { get; }

    /// <summary>Takes the scratch memory that one thread's calls need.</summary>
    public FourierScratch CreateScratch() => new();

    /// <summary>Transforms the whole plane forward.</summary>
    public void Forward(ComplexPlane plane, FourierScratch scratch)
    {
        ForwardRows(plane, 0, Rows, scratch);
        ForwardColumns(plane, 0, plane.Blocks, scratch);
    }

    /// <summary>Transforms the whole plane back, the factor 1 / (rows · columns) included.</summary>
    public void Inverse(ComplexPlane plane, FourierScratch scratch)
    {
        InverseColumns(plane, 0, plane.Blocks, scratch);
        InverseRows(plane, 0, Rows, scratch);
    }

    /// <summary>Transforms the columns of some blocks forward.</summary>
    public void ForwardColumns(ComplexPlane plane, int firstBlock, int blockCount, FourierScratch scratch) =>
        Columns1D(plane, firstBlock, blockCount, -1);

    /// <summary>Transforms the columns of some blocks back, 1 / rows included.</summary>
    public void InverseColumns(ComplexPlane plane, int firstBlock, int blockCount, FourierScratch scratch) =>
        Columns1D(plane, firstBlock, blockCount, 1);

    /// <summary>Transforms some rows forward.</summary>
    public void ForwardRows(ComplexPlane plane, int firstRow, int rowCount, FourierScratch scratch) =>
        Rows1D(plane, firstRow, rowCount, -1);

    /// <summary>Transforms some rows back, 1 / columns included.</summary>
    public void InverseRows(ComplexPlane plane, int firstRow, int rowCount, FourierScratch scratch) =>
        Rows1D(plane, firstRow, rowCount, 1);

    private static void Columns1D(ComplexPlane plane, int firstBlock, int blockCount, int sign)
    {
        var line = new System.Numerics.Complex[plane.Rows];
        int end = Math.Min(plane.Columns, (firstBlock + blockCount) * ComplexPlane.Lanes);
        for (int c = firstBlock * ComplexPlane.Lanes; c < end; c++)
        {
            for (int r = 0; r < line.Length; r++)
            {
                (float re, float im) = plane[r, c];
                line[r] = new(re, im);
            }

            Line(line, sign);
            for (int r = 0; r < line.Length; r++)
            {
                plane[r, c] = ((float)line[r].Real, (float)line[r].Imaginary);
            }
        }
    }

    private static void Rows1D(ComplexPlane plane, int firstRow, int rowCount, int sign)
    {
        var line = new System.Numerics.Complex[plane.Columns];
        for (int r = firstRow; r < firstRow + rowCount; r++)
        {
            for (int c = 0; c < line.Length; c++)
            {
                (float re, float im) = plane[r, c];
                line[c] = new(re, im);
            }

            Line(line, sign);
            for (int c = 0; c < line.Length; c++)
            {
                plane[r, c] = ((float)line[c].Real, (float)line[c].Imaginary);
            }
        }
    }

    private static void Line(System.Numerics.Complex[] line, int sign)
    {
        if (sign < 0)
        {
            MathNet.Numerics.IntegralTransforms.Fourier.Forward(line, MathNet.Numerics.IntegralTransforms.FourierOptions.AsymmetricScaling);
        }
        else
        {
            MathNet.Numerics.IntegralTransforms.Fourier.Inverse(line, MathNet.Numerics.IntegralTransforms.FourierOptions.AsymmetricScaling);
        }
    }
}
