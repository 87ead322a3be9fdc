using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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

    // Floats of a plane whose rows are fetched ahead: more than the caches of one processor hold.
    private const long LargePlane = 1 << 20;

    // Rows by which what will be copied is fetched ahead where a row lies in pieces: the time that the memory takes.
    private const int FetchedAhead = 3;

    private readonly delegate*<RowSplit*, void> _split;
    private readonly LineTransform _line;
    private readonly LineTransform _selected;
    private readonly TwiddleTable _twiddles;
    private readonly TwiddleTable _scaledTwiddles;
    private readonly TwiddleTable _roots;
    private readonly int _radix;
    private readonly int _legLength;
    private readonly int _legBlocks;
    private readonly int _registerLanes;
    private readonly bool _direct;
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
        _registerLanes = kernels.LanesOfRegister;
        _split = kernels.Split(_radix, fromHalf);
        _line = LineTransform.Create(_legLength, kernels);
        _selected = LineTransform.Create(_legLength, kernels, Prefetch.None, new LinePart(FromHalf: false, Selects: true));
        // Legs that begin within a block are read from a flat copy of the row; the last lanes read may lie beyond it.
        _direct = _legLength % Lanes == 0;
        _flat = ((columns + Lanes - 1) / Lanes * Lanes) + Lanes;
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
    public override bool HeedsParts => true;

    private static int SplitFloats => 2 * 16 * Element;

    private int RowFloats => 2 * _radix * _legLength;

    private int TileFloats => _legBlocks * Lanes * Element;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(RowSpan source, RowSpan target, int rows, float* work, bool inverse, RowPart part)
    {
        float* tile = work + (4 * _flat) + SplitFloats;
        float* lineWork = tile + TileFloats;
        if (rows == 0)
        {
            return;
        }

        RowSplit split = Prepare(work, inverse);
        int copied = (int)Math.Min((long)part.PresentBlocks * Lanes, _flat - Lanes);
        bool direct = _direct && part.Factors is null && copied == _flat - Lanes;
        if (direct)
        {
            split.SourceLeg = _legLength / Lanes * source.BlockStride;
            split.SourceBlock = source.BlockStride;
        }

        // Flat copies are made a row ahead: reading across two stores just made would wait for both to reach the cache.
        for (int i = 0; i < 4 && !direct && copied < _flat - Lanes; i++)
        {
            new Span<float>(work + (i * _flat) + copied, _flat - copied).Clear();
        }

        // A third at a time: the processor waits for more at once.
        int fetched = source.BlockStride == Element ? 0 : copied / Lanes;
        int third = fetched / 3;
        int last = rows - 1;
        LineTransform line = part.WantedBlocks < _legLength ? _selected : _line;
        ulong keep = line.Keep(0, Math.Min(part.WantedBlocks, _legLength));
        Flatten(source, 0, direct, part, copied, work);
        // Flat copies read the next row from end to end by themselves.
        bool fetches = direct && source.BlockStride == Element && (long)rows * RowFloats >= LargePlane;
        for (int row = 0; row < rows; row += Together)
        {
            for (int g = 0; g < Together; g++)
            {
                // Lanes without a row of their own repeat the last one: any ordinary numbers would do.
                int read = Math.Min(row + g, last);
                Flatten(source, Math.Min(read + 1, last), direct, part, copied, work);
                split.Target = tile + (g * _radix);
                float* from = direct ? source[read] : work + (2 * _flat * (read & 1));
                nint toImaginary = direct ? Lanes : _flat;
                split.Source = inverse ? from + toImaginary : from;
                split.SourceIm = inverse ? -toImaginary : toImaginary;
                split.Later = fetches ? source[Math.Min(read + 1, last)] : null;
                Fetch(source, read, 0, third);
                _split(&split);
                Fetch(source, read, third, 2 * third);
            }

            if (Together == 1)
            {
                line.Run(new Lines(tile, Lanes, Element), Row(target, row, inverse), lineWork, scaled: false, keep);
                Fetch(source, row, 2 * third, fetched);
                continue;
            }

            var lines = new Lines(tile, Lanes, Element);
            _line.Run(lines, lines, lineWork, scaled: false);
            for (int g = 0; g < Together && row + g < rows; g++)
            {
                Lines output = Row(target, row + g, inverse);
                Gather(tile + (g * _radix), output.Pointer, output.Stride);
                Gather(tile + (g * _radix) + Lanes, output.Pointer + output.Im, output.Stride);
            }
        }
    }

    /// <summary>Transforms one row whose real parts, and imaginary ones, follow one another; only for lengths that are multiples of 16.</summary>
    /// <param name="source">Its real parts; as much as a register holds may be read beyond them, and beyond the imaginary ones.</param>
    /// <param name="toImaginary">From a real part to its imaginary part.</param>
    /// <param name="target">Where blocks of 16 go.</param>
    /// <param name="work">Scratch memory, aligned to a cache line.</param>
    /// <param name="inverse">Whether to transform back, 1 / columns included.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RunFlat(float* source, nint toImaginary, Lines target, float* work, bool inverse)
    {
        float* tile = work + (4 * _flat) + SplitFloats;
        RowSplit split = Prepare(work, inverse);
        split.Source = inverse ? source + toImaginary : source;
        split.SourceIm = inverse ? -toImaginary : toImaginary;
        split.Target = tile;
        _split(&split);
        _line.Run(new Lines(tile, Lanes, Element), inverse ? target.Exchanged() : target, tile + TileFloats, scaled: false);
    }

    private RowSplit Prepare(float* work, bool inverse) => new()
    {
        Twiddles = (inverse ? _scaledTwiddles : _twiddles).Pointer,
        Roots = _roots.Pointer,
        Scratch = work + (4 * _flat),
        Count = _legLength,
        SourceLeg = _legLength,
        SourceBlock = Lanes,
    };

    private static Lines Row(RowSpan rows, int row, bool inverse)
    {
        var lines = new Lines(rows[row], Lanes, rows.BlockStride);
        return inverse ? lines.Exchanged() : lines;
    }

    /// <summary>Copies a row to where its real parts, and its imaginary ones, follow one another, times its factors, if that is needed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Flatten(RowSpan source, int row, bool direct, RowPart part, int floats, float* work)
    {
        if (direct)
        {
            return;
        }

        float* flat = work + (2 * _flat * (row & 1));
        if (part.Factors is null)
        {
            Copy(source[row], source.BlockStride, flat, _flat, floats);
        }
        else
        {
            CopyTimes(source[row], source.BlockStride, flat, _flat, floats, part.Factors + (row * part.FactorStride));
        }
    }

    /// <summary>Fetches some blocks of a later row into the second cache, as the first one is full of what is worked on; no harm where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(RowSpan rows, int row, int firstBlock, int endBlock)
    {
        float* from = rows[row + FetchedAhead] + (firstBlock * rows.BlockStride);
        for (int block = firstBlock; block < endBlock && Sse.IsSupported; block++, from += rows.BlockStride)
        {
            Sse.Prefetch1(from);
            Sse.Prefetch1(from + Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* from, nint stride, float* flat, nint toImaginary, int floats)
    {
        for (int at = 0; at < floats; at += Lanes, from += stride)
        {
            Vector512.Load(from).Store(flat + at);
            Vector512.Load(from + Lanes).Store(flat + toImaginary + at);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyTimes(float* from, nint stride, float* flat, nint toImaginary, int floats, float* factors)
    {
        for (int at = 0; at < floats; at += Lanes, from += stride)
        {
            Vector512<float> factor = Vector512.Load(factors + at);
            (Vector512.Load(from) * factor).Store(flat + at);
            (Vector512.Load(from + Lanes) * factor).Store(flat + toImaginary + at);
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

    /// <summary>exp(−2πi·j2·k1/n) by groups of lanes j2, in the order in which the kernel writes its legs k1.</summary>
    private TwiddleTable Twiddles(double factor)
    {
        var table = new TwiddleTable(2 * _radix * _legBlocks * Lanes);
        Span<float> span = table.Span;
        int at = 0;
        for (int first = 0; first < _legBlocks * Lanes; first += _registerLanes)
        {
            for (int leg = 0; leg < _radix; leg++)
            {
                int k1 = _radix == 16 ? (leg / 4) + (4 * (leg % 4)) : leg;
                for (int lane = 0; lane < _registerLanes; lane++)
                {
                    (span[at + lane], span[at + _registerLanes + lane]) =
                        TwiddleTable.Root((long)(first + lane) * k1, (long)_radix * _legLength, factor);
                }

                at += 2 * _registerLanes;
            }
        }

        return table;
    }
}
