using System.Runtime.InteropServices;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Fourier;

/// <summary>Rows behind which there is no more memory.</summary>
[EveryWidth]
public sealed unsafe partial class RowEndTests
{
    private const int Page = 1 << 16;

    // Large enough that rows are read ahead: at the bound, beneath it, and beyond.
    [Theory]
    [InlineData(512, 1024)]
    [InlineData(511, 1024)]
    [InlineData(513, 1024)]
    [InlineData(2049, 256)]
    [InlineData(4097, 128)]
    [InlineData(4099, 128)]
    [InlineData(8193, 64)]
    [InlineData(8195, 64)]
    [InlineData(2, 1 << 18)]
    [InlineData(1, 1 << 19)]
    [InlineData(701, 768)]
    [InlineData(1400, 400)]
    [InlineData(1500, 360)]
    public void Nothing_is_read_beyond_the_last_row(int rows, int columns)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory is taken by the calls of Linux.");
        var pass = RowPass.Create(columns, KernelSet.Best);
        int stride = ComplexPlane.BlocksOf(columns) * ComplexPlane.BlockFloats;
        nint bytes = (nint)rows * stride * sizeof(float);
        nint mapped = (bytes + Page - 1) / Page * Page;
        byte* memory = (byte*)Map(0, mapped + Page, 3, 0x22, -1, 0);
        Assert.NotEqual(-1, (nint)memory);
        try
        {
            Assert.Equal(0, Protect((nint)memory + mapped, Page, 0));
            float* first = (float*)(memory + (mapped - bytes));
            for (nint i = 0; i < rows * stride; i++)
            {
                first[i] = i % 7;
            }

            using var work = new FourierScratch(pass.WorkFloats);
            var span = new RowSpan(first, stride);
            pass.Run(span, span, rows, work.Take(pass.WorkFloats), inverse: false);
            pass.Run(span, span, rows, work.Take(pass.WorkFloats), inverse: true);
            Assert.Equal(3, first[3], 3f * 1e-4f);
            using var other = new ComplexPlane(rows, columns);
            pass.Run(span, new RowSpan(other.Data, other.RowStride), rows, work.Take(pass.WorkFloats), inverse: true);
            GC.KeepAlive(other);
            GC.KeepAlive(pass);
        }
        finally
        {
            _ = Unmap((nint)memory, mapped + Page);
        }
    }

    // Half a row that ends in the middle of a block, and one that ends with its first number.
    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(48)]
    [InlineData(80)]
    [InlineData(96)]
    public void Nothing_is_read_beyond_half_a_row_that_is_put_together(int columns)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory is taken by the calls of Linux.");
        int floats = ComplexPlane.BlocksOf((columns / 2) + 1) * ComplexPlane.BlockFloats;
        byte* memory = (byte*)Map(0, 2 * Page, 3, 0x22, -1, 0);
        Assert.NotEqual(-1, (nint)memory);
        try
        {
            Assert.Equal(0, Protect((nint)memory + Page, Page, 0));
            float* half = (float*)(memory + Page) - floats;
            for (int i = 0; i < floats; i++)
            {
                half[i] = i + 1;
            }

            using var row = new AlignedBuffer(2 * columns);
            foreach (int lanes in (int[])[4, 8, 16])
            {
                row.Span.Fill(float.NaN);
                KernelSetTests.Of(lanes).JoinPair(half, half, columns, row.Pointer, row.Pointer + columns, ComplexPlane.BlockFloats);
                for (int c = 1; c < columns; c++)
                {
                    // Both spectra are the same one: (1 + i) times it, or its conjugate.
                    float* x = half + ComplexPlane.Offset(Math.Min(c, columns - c));
                    (float re, float im) = (x[0], 2 * c == columns ? 0 : c < columns - c ? x[ComplexPlane.Lanes] : -x[ComplexPlane.Lanes]);
                    Assert.Equal((re - im, re + im), (row.Span[c], row.Span[columns + c]));
                }
            }
        }
        finally
        {
            _ = Unmap((nint)memory, 2 * Page);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);
}
