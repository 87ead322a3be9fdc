using FsRec.Fourier;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Fourier;

/// <summary>Passes over some blocks or rows, and what they leave alone; sharing of plans.</summary>
[EveryWidth]
public sealed class PartialPassTests
{
    [Theory]
    [InlineData(48, 80)]
    [InlineData(32, 256)]
    [InlineData(24, 40)]
    [InlineData(21, 77)]
    public void Some_blocks_of_columns_come_out_as_in_the_full_pass(int rows, int columns)
    {
        var transform = new FourierTransform(rows, columns);
        using FourierScratch scratch = transform.CreateScratch();
        using ComplexPlane start = PlaneSamples.Random(rows, columns, 1);
        using ComplexPlane full = PlaneSamples.Copy(start);
        transform.InverseColumns(full, 0, full.Blocks, scratch);
        using ComplexPlane part = PlaneSamples.Copy(start);
        transform.InverseColumns(part, 1, part.Blocks - 2, scratch);
        int end = (part.Blocks - 1) * ComplexPlane.Lanes;
        AssertSame(part, (r, c) => c >= ComplexPlane.Lanes && c < end ? full[r, c] : start[r, c]);
    }

    [Theory]
    [InlineData(48, 80)]
    [InlineData(50, 256)]
    [InlineData(50, 40)]
    [InlineData(50, 77)]
    public void Some_rows_come_out_as_in_the_full_pass(int rows, int columns)
    {
        var transform = new FourierTransform(rows, columns);
        using FourierScratch scratch = transform.CreateScratch();
        using ComplexPlane start = PlaneSamples.Random(rows, columns, 2);
        using ComplexPlane full = PlaneSamples.Copy(start);
        transform.InverseRows(full, 0, rows, scratch);
        for (int count = 0; count < 20; count++)
        {
            using ComplexPlane part = PlaneSamples.Copy(start);
            transform.InverseRows(part, 3, count, scratch);
            AssertSame(part, (r, c) => r >= 3 && r < 3 + count ? full[r, c] : start[r, c]);
        }
    }

    [Fact]
    public void What_the_padding_holds_changes_nothing()
    {
        var transform = new FourierTransform(40, 72);
        using FourierScratch scratch = transform.CreateScratch();
        using ComplexPlane clean = new(40, 72);
        using ComplexPlane dirty = new(40, 72);
        PlaneSamples.FillWith(dirty, float.PositiveInfinity);
        using ComplexPlane start = PlaneSamples.Random(40, 72, 3);
        for (int r = 0; r < 40; r++)
        {
            for (int c = 0; c < 72; c++)
            {
                clean[r, c] = dirty[r, c] = start[r, c];
            }
        }

        transform.Forward(clean, scratch);
        transform.Forward(dirty, scratch);
        AssertSame(dirty, (r, c) => clean[r, c]);
    }

    [Fact]
    public void Threads_that_share_a_plan_get_the_same_bits()
    {
        var transform = new FourierTransform(120, 96);
        using ComplexPlane expected = PlaneSamples.Random(120, 96, 4);
        using (FourierScratch scratch = transform.CreateScratch())
        {
            transform.Forward(expected, scratch);
        }

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 2 }, _ =>
        {
            using FourierScratch scratch = transform.CreateScratch();
            for (int i = 0; i < 20; i++)
            {
                using ComplexPlane plane = PlaneSamples.Random(120, 96, 4);
                transform.Forward(plane, scratch);
                AssertSame(plane, (r, c) => expected[r, c]);
            }
        });
    }

    [Theory]
    [InlineData(64, 128)]
    [InlineData(40, 72)]
    [InlineData(59, 61)]
    public void A_call_allocates_nothing(int rows, int columns)
    {
        var transform = new FourierTransform(rows, columns);
        using FourierScratch scratch = transform.CreateScratch();
        using ComplexPlane plane = PlaneSamples.Random(rows, columns, 5);
        transform.Forward(plane, scratch);
        transform.Inverse(plane, scratch);
        long before = GC.GetAllocatedBytesForCurrentThread();
        transform.Forward(plane, scratch);
        transform.Inverse(plane, scratch);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Wrong_shapes_and_ranges_are_refused()
    {
        var transform = new FourierTransform(16, 32);
        using FourierScratch scratch = transform.CreateScratch();
        using ComplexPlane other = new(32, 16);
        using ComplexPlane plane = new(16, 32);
        Assert.Throws<ArgumentException>(() => transform.Forward(other, scratch));
        Assert.Throws<ArgumentOutOfRangeException>(() => transform.ForwardRows(plane, 10, 7, scratch));
        Assert.Throws<ArgumentOutOfRangeException>(() => transform.ForwardRows(plane, -1, 2, scratch));
        Assert.Throws<ArgumentOutOfRangeException>(() => transform.InverseColumns(plane, 2, 1, scratch));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FourierTransform(0, 4));
        using FourierScratch small = new FourierTransform(2, 2).CreateScratch();
        Assert.Throws<ArgumentException>(() => transform.Forward(plane, small));
    }

    private static void AssertSame(ComplexPlane actual, Func<int, int, (float Re, float Im)> expected)
    {
        for (int r = 0; r < actual.Rows; r++)
        {
            for (int c = 0; c < actual.Columns; c++)
            {
                if (actual[r, c] != expected(r, c))
                {
                    Assert.Fail($"({r}, {c}): {actual[r, c]}, expected {expected(r, c)}.");
                }
            }
        }
    }
}
