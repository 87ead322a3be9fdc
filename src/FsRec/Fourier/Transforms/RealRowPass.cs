using System.Runtime.CompilerServices;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// Rows of real images, two in one complex row, a pair after the other while it is in the first cache. Two rows of pixels are the real and the
/// imaginary parts of a flat row, and are written as such; on the other side they are taken apart, or put together, in registers. For lengths that are multiples of 16. Read-only once made.
/// </summary>
internal sealed unsafe class RealRowPass
{
    private const int Lanes = ComplexPlane.Lanes;

    private readonly KernelSet _kernels;
    private readonly SplitRowPass _rows;
    private readonly int _columns;

    private RealRowPass(int columns, SplitRowPass rows, KernelSet kernels)
    {
        (_columns, _rows, _kernels) = (columns, rows, kernels);
    }

    /// <summary>Floats of scratch memory that a call needs.</summary>
    public int WorkFloats => (4 * FlatFloats) + (3 * RowFloats) + _rows.WorkFloats;

    /// <summary>Columns of a half-plane.</summary>
    private int HalfColumns => (_columns / 2) + 1;

    private int FlatFloats => _columns + Lanes;

    private int RowFloats => 2 * _columns;

    /// <summary>Prepares rows of one length; <see langword="null"/> where it is none that this pass takes.</summary>
    public static RealRowPass? Create(int columns, KernelSet kernels) =>
        columns % Lanes == 0 && RowPass.Create(columns, kernels) is SplitRowPass rows ? new RealRowPass(columns, rows, kernels) : null;

    /// <summary>Transforms rows of an image forward.</summary>
    /// <param name="image">The pixels, from the first row on.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="spectrum">The rows of the half-plane that they go to.</param>
    /// <param name="work">Scratch memory, aligned to a cache line.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(ReadOnlySpan<float> image, int rows, RowSpan spectrum, float* work)
    {
        float* row = work + (4 * FlatFloats);
        float* spare = row + RowFloats;
        float* rowWork = spare + (2 * RowFloats);
        var target = new Lines(row, Lanes, ComplexPlane.BlockFloats);
        // Copied a pair ahead: row after row memory is read before it is asked for, but not by legs of a row.
        Copy(image, 0, rows, work);
        for (int r = 0; r < rows; r += 2)
        {
            float* flat = work + ((r & 2) * FlatFloats);
            Copy(image, r + 2, rows, work + ((~r & 2) * FlatFloats));
            _rows.RunFlat(flat, FlatFloats, target, rowWork, inverse: false);
            if (r + 1 < rows)
            {
                _kernels.SeparatePair(row, _columns, spectrum[r], spectrum[r + 1], HalfColumns, spectrum.BlockStride);
                continue;
            }

            _kernels.SeparatePair(row, _columns, spare, spare + RowFloats, HalfColumns);
            Copy(spare, ComplexPlane.BlockFloats, spectrum[r], spectrum.BlockStride);
        }
    }

    /// <summary>Transforms rows of a half-plane, whose columns were transformed back before, to pixels, 1 / columns included.</summary>
    /// <param name="spectrum">The rows of the half-plane; unchanged.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="firstColumn">The first column wanted.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="image">Where the pixels go, row by row.</param>
    /// <param name="work">Scratch memory, aligned to a cache line.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Inverse(RowSpan spectrum, int rows, int firstColumn, int columns, Span<float> image, float* work)
    {
        float* row = work + (4 * FlatFloats);
        float* spare = row + RowFloats;
        float* rowWork = spare + (2 * RowFloats);
        bool whole = columns == _columns;
        // Put together a pair ahead: reading across two stores just made would wait for both to reach the cache.
        Join(spectrum, 0, rows, work, spare);
        fixed (float* pixels = image[..(rows * columns)])
        {
            for (int r = 0; r < rows; r += 2)
            {
                bool two = r + 1 < rows;
                float* flat = work + ((r & 2) * FlatFloats);
                Join(spectrum, r + 2, rows, work + ((~r & 2) * FlatFloats), spare);
                float* even = pixels + ((nint)r * columns);
                if (whole && two)
                {
                    _rows.RunFlat(flat, FlatFloats, new Lines(even, columns, Lanes), rowWork, inverse: true);
                    continue;
                }

                _rows.RunFlat(flat, FlatFloats, new Lines(row, Lanes, ComplexPlane.BlockFloats), rowWork, inverse: true);
                RealTransform.Extract(row, firstColumn, new Span<float>(even, columns));
                RealTransform.Extract(row + Lanes, firstColumn, new Span<float>(even + columns, two ? columns : 0));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Copy(ReadOnlySpan<float> image, int row, int rows, float* flat)
    {
        if (row < rows)
        {
            image.Slice(row * _columns, _columns).CopyTo(new Span<float>(flat, _columns));
            var odd = new Span<float>(flat + FlatFloats, _columns);
            if (row + 1 < rows)
            {
                image.Slice((row + 1) * _columns, _columns).CopyTo(odd);
            }
            else
            {
                odd.Clear();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Join(RowSpan spectrum, int row, int rows, float* flat, float* spare)
    {
        if (row + 1 < rows)
        {
            _kernels.JoinPair(spectrum[row], spectrum[row + 1], _columns, flat, flat + FlatFloats, spectrum.BlockStride);
        }
        else if (row < rows)
        {
            Copy(spectrum[row], spectrum.BlockStride, spare, ComplexPlane.BlockFloats);
            new Span<float>(spare + RowFloats, RowFloats).Clear();
            _kernels.JoinPair(spare, spare + RowFloats, _columns, flat, flat + FlatFloats, ComplexPlane.BlockFloats);
        }
    }

    private void Copy(float* from, nint fromStride, float* to, nint toStride)
    {
        for (int c = 0; c < HalfColumns; c += Lanes, from += fromStride, to += toStride)
        {
            new Span<float>(from, ComplexPlane.BlockFloats).CopyTo(new Span<float>(to, ComplexPlane.BlockFloats));
        }
    }
}
