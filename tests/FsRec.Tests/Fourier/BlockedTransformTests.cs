using FsRec.Fourier;
using FsRec.Fourier.Kernels;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Fourier;

/// <summary>Transforms of planes that lie block by block against those of planes that lie row by row.</summary>
[EveryWidth]
public sealed unsafe class BlockedTransformTests
{
    // Rows split by 16 with and without a flat copy, by 8 and by 4, and turned ones; columns in one half and in two.
    public static TheoryData<int, int, int> Sizes()
    {
        var data = new TheoryData<int, int, int>();
        foreach ((int rows, int columns) in ((int, int)[])[(48, 256), (160, 240), (45, 104), (12, 68), (300, 77)])
        {
            foreach (int lanes in (int[])[4, 8, 16])
            {
                data.Add(rows, columns, lanes);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void There_and_back_are_as_on_a_plane_of_rows(int rows, int columns, int lanes)
    {
        KernelSet kernels = KernelSetTests.Of(lanes);
        int present = (2 * rows / 3) + 1;
        int bandColumns = columns / 2;
        using ComplexPlane start = PlaneSamples.Random(rows, columns, rows);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                start[r, c] = r < present && c < bandColumns ? start[r, c] : (0, 0);
            }
        }

        using ComplexPlane expected = PlaneSamples.Copy(start);
        var whole = new FourierTransform(rows, columns, kernels);
        using FourierScratch wholeScratch = whole.CreateScratch();
        whole.Inverse(expected, wholeScratch);

        var transform = new BlockedTransform(rows, columns, present, kernels);
        using FourierScratch scratch = transform.CreateScratch();
        using var plane = new BlockedPlane(rows, columns);
        // What the transform is told to be zero need not be.
        new Span<float>(plane.Data, plane.Floats).Fill(float.NaN);
        int blocks = ComplexPlane.BlocksOf(bandColumns);
        for (int block = 0; block < blocks; block++)
        {
            var loader = new PlaneRows(start, block);
            transform.InverseColumns(ref loader, plane, block, scratch);
        }

        for (int row = 0; row < rows; row += 7)
        {
            transform.InverseRows(plane, row, Math.Min(7, rows - row), blocks, scratch);
        }

        AssertClose(expected, (r, c) => plane[r, c], columns);

        whole.Forward(expected, wholeScratch);
        transform.ForwardRows(plane, 0, rows, scratch);
        using var target = new AlignedBuffer((long)rows * ComplexPlane.BlockFloats);
        for (int block = 0; block < plane.Blocks; block++)
        {
            transform.ForwardColumns(plane, 0, rows, block, target, scratch);
            CopyExchanged(target, plane, block, present);
        }

        AssertClose(expected, (r, c) => plane[r, c], columns);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Columns_forward_read_only_the_rows_that_may_differ_from_zero(int rows, int columns, int lanes)
    {
        KernelSet kernels = KernelSetTests.Of(lanes);
        int first = rows / 5;
        int count = rows / 2;
        using ComplexPlane expected = PlaneSamples.Random(rows, columns, rows);
        using var plane = new BlockedPlane(rows, columns);
        plane.CopyFrom(expected);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns && (r < first || r >= first + count); c++)
            {
                plane[r, c] = (float.NaN, float.NaN);
                expected[r, c] = (0, 0);
            }
        }

        var whole = new FourierTransform(rows, columns, kernels);
        using FourierScratch wholeScratch = whole.CreateScratch();
        whole.ForwardColumns(expected, 0, expected.Blocks, wholeScratch);
        var transform = new BlockedTransform(rows, columns, rows, kernels);
        using FourierScratch scratch = transform.CreateScratch();
        using var target = new AlignedBuffer((long)rows * ComplexPlane.BlockFloats);
        for (int block = 0; block < plane.Blocks; block++)
        {
            transform.ForwardColumns(plane, first, count, block, target, scratch);
            CopyExchanged(target, plane, block, rows);
        }

        AssertClose(expected, (r, c) => plane[r, c], columns);
    }

    // Legs of 16 and of others, in one stage and in two; and turned rows.
    [Theory]
    [InlineData(256, 9, 16)]
    [InlineData(640, 29, 16)]
    [InlineData(640, 29, 8)]
    [InlineData(240, 11, 4)]
    [InlineData(848, 30, 16)]
    public void Rows_are_multiplied_as_they_are_read_and_the_blocks_wanted_written(int columns, int wanted, int lanes)
    {
        const int Rows = 24;
        const int FirstRow = 5;
        KernelSet kernels = KernelSetTests.Of(lanes);
        using ComplexPlane expected = PlaneSamples.Random(Rows, columns, columns);
        using var plane = new BlockedPlane(Rows, columns);
        plane.CopyFrom(expected);
        var random = new Random(columns);
        using var factors = new AlignedBuffer(Rows * columns);
        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                float factor = factors.Span[(r * columns) + c] = (float)random.NextDouble() - 0.5f;
                (float re, float im) = expected[r, c];
                expected[r, c] = r < FirstRow ? (re, im) : (factor * re, factor * im);
            }
        }

        var whole = new FourierTransform(Rows, columns, kernels);
        using FourierScratch wholeScratch = whole.CreateScratch();
        whole.ForwardRows(expected, FirstRow, Rows - FirstRow, wholeScratch);
        var transform = new BlockedTransform(Rows, columns, Rows, kernels);
        using FourierScratch scratch = transform.CreateScratch();
        transform.ForwardRows(plane, FirstRow, Rows - FirstRow, scratch, wanted, factors.Pointer + (FirstRow * columns));
        AssertClose(expected, (r, c) => plane[r, c], wanted * ComplexPlane.Lanes);
    }

    [Fact]
    public void A_plane_of_another_shape_and_rows_that_are_not_there_are_refused()
    {
        var transform = new BlockedTransform(32, 48, 20);
        using FourierScratch scratch = transform.CreateScratch();
        using var plane = new BlockedPlane(32, 48);
        using var other = new BlockedPlane(32, 64);
        using var small = new AlignedBuffer(32);
        Assert.Throws<ArgumentException>(() => transform.ForwardRows(other, 0, 1, scratch));
        Assert.Throws<ArgumentOutOfRangeException>(() => transform.ForwardRows(plane, 30, 3, scratch));
        Assert.Throws<ArgumentOutOfRangeException>(() => transform.ForwardColumns(plane, 0, 32, 3, small, scratch));
        Assert.Throws<ArgumentOutOfRangeException>(() => transform.ForwardColumns(plane, 0, 32, 0, small, scratch));
        Assert.Throws<ArgumentOutOfRangeException>(() => transform.ForwardColumns(plane, 1, 32, 0, small, scratch));
    }

    /// <summary>What a block is after columns forward, from what is left of it: parts exchanged, times 1 / rows, the rows behind some not wanted.</summary>
    private static void CopyExchanged(AlignedBuffer source, BlockedPlane plane, int block, int wanted)
    {
        for (int r = 0; r < plane.Rows; r++)
        {
            for (int lane = 0; lane < ComplexPlane.Lanes; lane++)
            {
                int at = (r * ComplexPlane.BlockFloats) + lane;
                plane.Block(block)[at] = r < wanted ? plane.Rows * source.Span[at + ComplexPlane.Lanes] : 0;
                plane.Block(block)[at + ComplexPlane.Lanes] = r < wanted ? plane.Rows * source.Span[at] : 0;
            }
        }
    }

    private static void AssertClose(ComplexPlane expected, Func<int, int, (float Re, float Im)> actual, int columns)
    {
        double difference = 0;
        double size = 0;
        for (int r = 0; r < expected.Rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                (float re, float im) = actual(r, c);
                difference += Math.Pow(re - expected[r, c].Re, 2) + Math.Pow(im - expected[r, c].Im, 2);
                size += Math.Pow(expected[r, c].Re, 2) + Math.Pow(expected[r, c].Im, 2);
            }
        }

        // Both have errors of at most 5·10⁻⁷ a transform against exact ones.
        Assert.True(Math.Sqrt(difference / size) < 1.2e-6, $"{Math.Sqrt(difference / size):g3}");
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
        }
    }
}
