using System.Runtime.InteropServices;
using FsRec.Fourier;

namespace FsRec.Tests.Fourier;

public unsafe class PlaneMemoryTests
{
    [Fact]
    public void Blocks_are_zero_when_taken_and_nobody_else_writes_to_them_until_they_are_given_back()
    {
        // Sizes on both sides of where blocks are parts of pieces.
        Parallel.For(0, 4, thread =>
        {
            var random = new Random(thread);
            var held = new List<(PlaneBlock Block, byte Mark)>();
            for (int i = 0; i < 400; i++)
            {
                if (held.Count > 0 && random.Next(held.Count + 8) > 8)
                {
                    int n = random.Next(held.Count);
                    (PlaneBlock block, byte mark) = held[n];
                    Assert.Equal(-1, Span(block).IndexOfAnyExcept(mark));
                    PlaneMemory.Give(block);
                    held.RemoveAt(n);
                }
                else
                {
                    PlaneBlock block = PlaneMemory.Take((nuint)Math.Exp(6 + (9.5 * random.NextDouble())));
                    Assert.Equal(0u, (nuint)block.Start % AlignedBuffer.Alignment);
                    Assert.Equal(-1, Span(block).IndexOfAnyExcept((byte)0));
                    byte mark = (byte)(1 + random.Next(255));
                    Span(block).Fill(mark);
                    held.Add((block, mark));
                }
            }

            foreach ((PlaneBlock block, byte mark) in held)
            {
                Assert.Equal(-1, Span(block).IndexOfAnyExcept(mark));
                PlaneMemory.Give(block);
            }
        });
    }

    [Fact]
    public void What_was_given_back_is_taken_again_and_what_lies_side_by_side_becomes_one()
    {
        var piece = new MemoryPiece();
        var blocks = new List<PlaneBlock>();
        while (piece.Take(1 << 20) is { } block)
        {
            blocks.Add(block);
        }

        Assert.Equal(32, blocks.Count);
        Assert.All(blocks, static b => Assert.Equal(0u, b.Used));
        foreach (int n in (int[])[3, 5, 4])
        {
            piece.Give(blocks[n].Start, blocks[n].Bytes);
        }

        Assert.Null(piece.Take((3 << 20) + AlignedBuffer.Alignment));
        PlaneBlock three = piece.Take(3 << 20)!;
        Assert.True(three.Start == blocks[3].Start);
        Assert.Equal((nuint)(3 << 20), three.Used);
        foreach (PlaneBlock block in blocks.Where((_, n) => n is < 3 or > 5).Append(three))
        {
            Assert.False(piece.IsFree);
            piece.Give(block.Start, block.Bytes);
        }

        Assert.True(piece.IsFree);
        piece.Release();
    }

    [Fact]
    public void A_piece_that_is_released_is_the_systems_again_though_there_is_another_behind_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it is malloc that decides.");

        // From what was freed malloc learns what size it should keep.
        NativeMemory.Free(NativeMemory.Alloc(30 << 20));

        // Another thread may have it the next moment; what malloc keeps is there each time.
        Assert.Contains(Enumerable.Range(0, 50), static _ =>
        {
            var piece = new MemoryPiece();
            var behind = new MemoryPiece();
            PlaneBlock all = piece.Take(32 << 20)!;
            piece.Release();
            bool gone = IsGone(all);
            behind.Release();
            return gone;
        });
    }

    [Fact]
    public void A_large_block_begins_with_a_large_page_and_is_the_systems_again_when_it_is_given_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere it is malloc that decides.");
        NativeMemory.Free(NativeMemory.Alloc(30 << 20));
        Assert.Contains(Enumerable.Range(0, 50), static _ =>
        {
            PlaneBlock block = PlaneMemory.Take(16 << 20);
            PlaneBlock behind = PlaneMemory.Take(16 << 20);
            Assert.Equal(0u, (nuint)block.Start % (2 << 20));
            Span(block).Fill(1);
            PlaneMemory.Give(block);
            bool gone = IsGone(block);
            PlaneMemory.Give(behind);
            return gone;
        });
    }

    [Fact]
    public void More_than_there_can_be_is_refused() => Assert.Throws<OverflowException>(static () => new AlignedBuffer((1L << 62) - 1));

    private static bool IsGone(PlaneBlock block) => Synchronise((void*)((nuint)block.Start / 4096 * 4096), block.Bytes, 1) == -1;

    // Fails where there is no memory at an address.
    [DllImport("libc", EntryPoint = "msync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronise(void* address, nuint length, int flags);

    private static Span<byte> Span(PlaneBlock block) => new(block.Start, (int)block.Bytes);
}
