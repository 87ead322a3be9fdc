using System.Numerics;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Fourier;

/// <summary>The kernels of every width, of which a processor takes one.</summary>
[EveryWidth]
public sealed class KernelSetTests
{
    /// <summary>The kernels of a number of lanes, whether the processor has such registers or not.</summary>
    internal static KernelSet Of(int lanes) => lanes switch
    {
        16 => new KernelSet<Lanes512, Vector512<float>>(),
        8 => new KernelSet<Lanes256, Vector256<float>>(),
        _ => new KernelSet<Lanes128, Vector128<float>>(),
    };

    [Theory]
    [InlineData(16)]
    [InlineData(8)]
    [InlineData(4)]
    public void Registers_of_any_width_give_the_same_transforms(int lanes)
    {
        KernelSet kernels = Of(lanes);
        foreach ((int rows, int columns) in new[] { (1, 1), (16, 48), (40, 24), (33, 36), (30, 96), (53, 61), (7, 22) })
        {
            var transform = new FourierTransform(rows, columns, kernels);
            using FourierScratch scratch = transform.CreateScratch();
            using ComplexPlane plane = PlaneSamples.Random(rows, columns, rows);
            Complex[,] start = PlaneSamples.ToComplex(plane);
            transform.Forward(plane, scratch);
            Complex[,] expected = PlaneSamples.Columns(
                PlaneSamples.Rows(start, -1, PlaneSamples.DirectSum), -1, PlaneSamples.DirectSum);
            double error = PlaneSamples.RelativeError(plane, expected);
            Assert.True(error <= 5e-7, $"{rows} × {columns}: {error:e2}");
            transform.Inverse(plane, scratch);
            error = PlaneSamples.RelativeError(plane, start);
            Assert.True(error <= 1e-6, $"{rows} × {columns} and back: {error:e2}");
        }
    }
}
