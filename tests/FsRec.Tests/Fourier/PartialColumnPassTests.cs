using System.Numerics;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Fourier;

/// <summary>Partial columns against the whole inverse transform of columns, where both are defined.</summary>
[EveryWidth]
public sealed unsafe class PartialColumnPassTests
{
    // One stage, one half, two halves, radices 2 to 8 and larger, and a prime that goes by way of a longer transform.
    public static TheoryData<int, int> Sizes()
    {
        var data = new TheoryData<int, int>();
        foreach (int rows in (int[])[1, 2, 5, 8, 16, 45, 106, 128, 160, 192, 220, 300, 384, 480, 512, 1000])
        {
            foreach (int lanes in (int[])[4, 8, 16])
            {
                data.Add(rows, lanes);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Rows_that_are_kept_are_those_of_the_whole_transform(int rows, int lanes)
    {
        KernelSet kernels = KernelSetTests.Of(lanes);
        foreach (int present in (int[])[Math.Max(1, rows / 3), (rows + 1) / 2, rows])
        {
            foreach ((int first, int count) in ((int, int)[])[(0, rows), (rows / 3, Math.Max(1, rows / 4)), (-(rows / 5), Math.Max(1, rows / 3))])
            {
                Check(rows, present, first, count, kernels);
            }
        }
    }

    private static void Check(int rows, int present, int first, int count, KernelSet kernels)
    {
        using ComplexPlane whole = PlaneSamples.Random(rows, 32, rows + present);
        for (int r = present; r < rows; r++)
        {
            new Span<float>(whole.Row(r), whole.RowStride).Clear();
        }

        using ComplexPlane source = PlaneSamples.Copy(whole);
        using ComplexPlane part = new(rows, 32);
        var transform = new FourierTransform(rows, 32);
        using (FourierScratch scratch = transform.CreateScratch())
        {
            transform.InverseColumns(whole, 0, 2, scratch);
        }

        var pass = new PartialColumnPass(rows, present, kernels);
        using (FourierScratch scratch = pass.CreateScratch())
        {
            ulong keep = pass.Keep(first, count);
            for (int block = 0; block < 2; block++)
            {
                var loader = new PlaneRows(source, block);
                pass.Inverse(ref loader, part, block, keep, scratch);
            }
        }

        double difference = 0;
        double size = 0;
        for (int i = 0; i < count; i++)
        {
            int row = Periodic.Wrap(first + i, rows);
            for (int c = 0; c < 32; c++)
            {
                var expected = new Complex(whole[row, c].Re, whole[row, c].Im);
                difference += Math.Pow((new Complex(part[row, c].Re, part[row, c].Im) - expected).Magnitude, 2);
                size += Math.Pow(expected.Magnitude, 2);
            }
        }

        // Both have errors of at most 5·10⁻⁷ against exact transforms.
        Assert.True(Math.Sqrt(difference / size) < 6e-7, $"{rows} rows, {present} present, {count} from {first}: {Math.Sqrt(difference / size):g3}");
    }

    /// <summary>Rows of a plane as they stand.</summary>
    private readonly struct PlaneRows(ComplexPlane plane, int block) : IRowLoader
    {
        public void Load(int row, int count, float* target)
        {
            for (int r = 0; r < count; r++)
            {
                new Span<float>(plane.Row(row + r) + (block * ComplexPlane.BlockFloats), ComplexPlane.BlockFloats)
                    .CopyTo(new Span<float>(target + (r * ComplexPlane.BlockFloats), ComplexPlane.BlockFloats));
            }
        }

        public void Fetch(int row, int count, bool nextBlock)
        {
            // Only rows that exist are ever fetched.
            Assert.InRange(row, 0, plane.Rows - 1);
            Assert.InRange(row + count, 1, plane.Rows);
        }
    }
}
