using System.Numerics;
using FsRec.Fourier;

namespace FsRec.Tests.Fourier;

/// <summary>A shape's transforms, there and back, against double precision.</summary>
internal static class TransformCheck
{
    internal const double Tolerance = 5e-7;

    public static void Agrees(int rows, int columns, Func<Complex[], int, Complex[]> line)
    {
        var transform = new FourierTransform(rows, columns);
        using FourierScratch scratch = transform.CreateScratch();
        using ComplexPlane plane = PlaneSamples.Random(rows, columns, (1000 * rows) + columns);
        Complex[,] start = PlaneSamples.ToComplex(plane);
        transform.Forward(plane, scratch);
        double error = PlaneSamples.RelativeError(
            plane, PlaneSamples.Columns(PlaneSamples.Rows(start, -1, line), -1, line));
        Assert.True(error <= Tolerance, $"{rows} × {columns} forward: {error:e2}");

        using ComplexPlane back = PlaneSamples.Random(rows, columns, (1000 * rows) + columns);
        transform.Inverse(back, scratch);
        error = PlaneSamples.RelativeError(back, PlaneSamples.Rows(PlaneSamples.Columns(start, 1, line), 1, line));
        Assert.True(error <= Tolerance, $"{rows} × {columns} inverse: {error:e2}");
    }
}
