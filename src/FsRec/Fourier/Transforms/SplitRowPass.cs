using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// Rows of n = R·m elements, R = 16, 8 or 4, one row at a time while it is in the first cache: R-point transforms with
/// neighbouring elements as lanes, one small transposition (<see cref="RowSplit"/>), and m-point transforms with the R
/// outputs as lanes, whose last stage writes whole blocks. Where R is less than 16, 16 / R rows share the registers of
/// the second part.
/// </summary>
internal sealed unsafe class SplitRowPass : RowPass
{
    internal const int Lanes = ComplexPlane.Lanes;
    internal const int Element = ComplexPlane.BlockFloats;

    private readonly delegate*<RowSplit*, void> _split;
    private readonly LineTransform _line;
    private readonly TwiddleTable _twiddles;
    private readonly TwiddleTable _scaledTwiddles;
    private readonly TwiddleTable _roots;
    private readonly int _radix;
    private readonly int _legLength;
    private readonly int _legBlocks;
    private readonly int _kernelLanes;
    private readonly int _flat;

    /// <summary>Prepares rows of a length that is a multiple of 4.</summary>
    /// <param name="columns">The length.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="fromHalf">Whether the second half of the rows is zero; the rows must hold the zeros all the same.</param>
    public SplitRowPass(int columns, KernelSet kernels, bool fromHalf = false)
    {
        _radix = columns % 16 == 0 ? 16 : columns % 8 == 0 ? 8 : 4;
        _legLength = columns / _radix;
        _legBlocks = (_legLength + Lanes - 1) / Lanes;
        _kernelLanes = kernels.Lanes;
        _split = kernels.Split(_radix, fromHalf);
        _line = LineTransform.Create(_legLength, kernels);
        // Legs that begin within a block are read from a flat copy of the row; the last lanes read may lie beyond it.
        _flat = _legLength % Lanes == 0 ? 0 : ((columns + Lanes - 1) / Lanes * Lanes) + Lanes;
        _twiddles = Twiddles(1);
        _scaledTwiddles = Twiddles(1.0 / columns);
        _roots = new TwiddleTable(32);
        for (int i = 0; i < 16; i++)
        {
            (_roots.Span[2 * i], _roots.Span[(2 * i) + 1]) = TwiddleTable.Root((i / 4) * (i % 4), 16);
        }
    }

    /// <inheritdoc />
    public override int WorkFloats => (4 * _flat) + SplitFloats + TileFloats + _line.WorkFloats;

    /// <inheritdoc />
    public override int Together => Lanes / _radix;

    /// <inheritdoc />
    public override bool ReadsPresent => _flat > 0;

    private static int SplitFloats => 2 * 16 * Element;

    private int RowFloats => 2 * _radix * _legLength;

    private int TileFloats => _legBlocks * Lanes * Element;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(RowSpan source, RowSpan target, int rows, float* work, bool inverse, int presentBlocks = int.MaxValue)
    {
        float* tile = work + (4 * _flat) + SplitFloats;
        float* lineWork = tile + TileFloats;
        if (rows == 0)
        {
            return;
        }

        var split = new RowSplit
        {
            Twiddles = (inverse ? _scaledTwiddles : _twiddles).Pointer,
            Roots = _roots.Pointer,
            Scratch = work + (4 * _flat),
            Blocks = _legBlocks,
        };
        // Flat copies are made a row ahead: reading across two stores just made would wait for both to reach the cache.
        int copied = (int)Math.Clamp((long)presentBlocks * Lanes, 0, Math.Max(0, _flat - Lanes));
        for (int part = 0; part < 4 && copied < _flat - Lanes; part++)
        {
            new Span<float>(work + (part * _flat) + copied, _flat - copied).Clear();
        }

        Flatten(Row(source, 0, inverse), work, copied);
        // Where there are flat copies, these read the next row from end to end.
        bool fetches = _flat == 0 && source.BlockStride == Element && (long)rows * RowFloats >= CacheLines.Least;
        for (int row = 0; row < rows; row += Together)
        {
            for (int g = 0; g < Together; g++)
            {
                // Lanes without a row of their own repeat the last one: any ordinary numbers would do.
                int read = Math.Min(row + g, rows - 1);
                Flatten(Row(source, Math.Min(read + 1, rows - 1), inverse), work + (2 * _flat * ((read + 1) % 2)), copied);
                split.Target = tile + (g * _radix);
                Split(&split, Row(source, read, inverse), work + (2 * _flat * (read % 2)));
            }

            for (int g = 0; g < Together && fetches && row + Together + g < rows; g++)
            {
                CacheLines.Fetch(source[row + Together + g], RowFloats);
            }

            if (Together == 1)
            {
                Finish(new Lines(tile, Lanes, Element), Row(target, row, inverse), lineWork);
                continue;
            }

            var lines = new Lines(tile, Lanes, Element);
            Finish(lines, lines, lineWork);
            for (int g = 0; g < Together && row + g < rows; g++)
            {
                Lines output = Row(target, row + g, inverse);
                Gather(tile + (g * _radix), output.Pointer, output.Stride);
                Gather(tile + (g * _radix) + Lanes, output.Pointer + output.Im, output.Stride);
            }
        }
    }

    private static Lines Row(RowSpan rows, int row, bool inverse)
    {
        var lines = new Lines(rows[row], Lanes, rows.BlockStride);
        return inverse ? lines.Exchanged() : lines;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Split(RowSplit* split, Lines row, float* flat)
    {
        bool direct = _flat == 0;
        split->Source = direct ? row.Pointer : flat;
        split->SourceIm = direct ? row.Im : _flat;
        split->SourceLeg = direct ? _legLength / Lanes * row.Stride : _legLength;
        split->SourceBlock = direct ? row.Stride : Lanes;
        _split(split);
    }

    /// <summary>Copies a row to where its real parts, and its imaginary ones, follow one another, if that is needed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Flatten(Lines row, float* flat, int floats)
    {
        float* from = row.Pointer;
        for (int at = 0; at < floats; at += Lanes, from += row.Stride)
        {
            Copy16(from, flat + at);
            Copy16(from + row.Im, flat + _flat + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish(Lines source, Lines target, float* lineWork)
    {
        for (int lane = 0; lane < Lanes; lane += _kernelLanes)
        {
            _line.Run(
                source with { Data = (nint)(source.Pointer + lane) },
                target with { Data = (nint)(target.Pointer + lane) },
                lineWork,
                scaled: false);
        }
    }

    /// <summary>Writes one row's outputs R·k2 … R·k2 + R − 1 from the tile's row k2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Gather(float* from, float* to, nint blockStride)
    {
        for (int k = 0; k < _legLength; k++, from += Element)
        {
            float* target = to + (_radix * k / Lanes * blockStride) + (_radix * k % Lanes);
            if (_radix == 8)
            {
                *(Vector256<float>*)target = *(Vector256<float>*)from;
            }
            else
            {
                *(Vector128<float>*)target = *(Vector128<float>*)from;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy16(float* from, float* to)
    {
        *(Vector256<float>*)to = *(Vector256<float>*)from;
        *(Vector256<float>*)(to + 8) = *(Vector256<float>*)(from + 8);
    }

    /// <summary>exp(−2πi·j2·k1/n) by groups of lanes j2, in the order in which the kernel writes its legs k1.</summary>
    private TwiddleTable Twiddles(double factor)
    {
        var table = new TwiddleTable(2 * _radix * _legBlocks * Lanes);
        Span<float> span = table.Span;
        int at = 0;
        for (int first = 0; first < _legBlocks * Lanes; first += _kernelLanes)
        {
            for (int leg = 0; leg < _radix; leg++)
            {
                int k1 = _radix == 16 ? (leg / 4) + (4 * (leg % 4)) : leg;
                for (int lane = 0; lane < _kernelLanes; lane++)
                {
                    (span[at + lane], span[at + _kernelLanes + lane]) =
                        TwiddleTable.Root((long)(first + lane) * k1, (long)_radix * _legLength, factor);
                }

                at += 2 * _kernelLanes;
            }
        }

        return table;
    }
}
