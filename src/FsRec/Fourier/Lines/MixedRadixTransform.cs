using System.Runtime.CompilerServices;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// A transform of a length n = N1·N2 in two halves, so that neither strides through more memory than the first cache
/// holds: for every n2 below N2 the N1-point transform of the elements n2, n2 + N2, …, into a tile; then for every k1
/// below N1 the N2-point transform of the tile's row k1, to the elements k1, k1 + N1, ….
/// The twiddles are those of the plain decimation in frequency of the whole length: the halves only reorder its loops.
/// </summary>
internal sealed unsafe class MixedRadixTransform : LineTransform
{
    private const int Lanes = ComplexPlane.Lanes;
    private const int Element = ComplexPlane.BlockFloats;

    /// <summary>Calls of a loader by which what it will read is fetched ahead: the time that the memory takes.</summary>
    private const int FetchedAhead = 2;

    private readonly MixedRadixHalf? _first;
    private readonly MixedRadixHalf _second;
    private readonly int _tileStride;
    private readonly int _tileFloats;

    /// <summary>Prepares a length that is the product of some radices, the first <paramref name="split"/> of them making
    /// the first half; 0 where the line is short enough for one.
    /// </summary>
    public MixedRadixTransform(
        int length, IReadOnlyList<int> radices, int split, Prefetch prefetch, KernelSet kernels, LinePart part = default)
    {
        // A line of one stage has no last stage apart from the first.
        part = part with { Selects = part.Selects && radices.Count > 1 };
        Length = length;
        int remaining = length;
        if (split > 0)
        {
            int[] firstRadices = [.. radices.Take(split)];
            remaining = length / firstRadices.Aggregate(1, (product, radix) => product * radix);
            _first = new MixedRadixHalf(firstRadices, length, carriesScale: true, prefetch, kernels, part.FromHalf, selects: false);
        }

        _second = new MixedRadixHalf(
            [.. radices.Skip(split)], remaining, carriesScale: split == 0, prefetch, kernels, part.FromHalf && split == 0, part.Selects);
        KeptLegs = part.Selects ? radices[^1] : 1;
        // Rows of the tile at a large power of two would share a few sets of the cache.
        int pad = remaining * Element * sizeof(float) % 2048 == 0 ? 1 : 0;
        _tileStride = (remaining + pad) * Element;
        _tileFloats = split == 0 ? 0 : (length / remaining) * _tileStride;
    }

    /// <inheritdoc />
    public override int Length { get; }

    /// <inheritdoc />
    public override int KeptLegs { get; }

    /// <inheritdoc />
    public override int WorkFloats => _tileFloats + Math.Max(_first?.ScratchFloats ?? 0, _second.ScratchFloats);

    /// <summary>Whether <see cref="RunLoaded"/> can be called: the line is long enough for two halves.</summary>
    public bool HasTwoHalves => _first is not null;

    /// <summary>Floats of scratch memory that <see cref="RunLoaded"/> needs.</summary>
    public int LoadedWorkFloats => (RowsLoaded * Element) + WorkFloats;

    /// <summary>Rows held at a time between loading and the first half: few enough for the first cache.</summary>
    private int RowsLoaded => _first!.Length * Math.Max(1, Math.Min(_second.Length, FirstCacheLength / _first.Length));

    /// <summary>
    /// Transforms a block of 16 columns that comes row by row from a loader: what is loaded stays in the first cache until the first half
    /// has read it, and never goes through a whole column in memory. Transforms back, 1 / length included.
    /// </summary>
    /// <param name="loader">Fills rows; called for groups of neighbouring ones.</param>
    /// <param name="target">A block's first float; real parts, imaginary parts 16 floats on.</param>
    /// <param name="stride">Floats from one row of the target to the next.</param>
    /// <param name="work">Scratch memory, aligned to a cache line.</param>
    /// <param name="keep">Which outputs are wanted, from <see cref="LineTransform.Keep"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RunLoaded<TLoader>(ref TLoader loader, float* target, nint stride, float* work, ulong keep)
        where TLoader : struct, IRowLoader
    {
        int n1 = _first!.Length;
        int n2 = _second.Length;
        int group = RowsLoaded / n1;
        // Where the first stage does without the zero half, nobody need fill it.
        int filled = _first.ReadsHalf ? n1 / 2 : n1;
        float* rows = work;
        float* tile = rows + (RowsLoaded * Element);
        float* scratch = tile + _tileFloats;
        for (int first = 0; first < n2; first += group)
        {
            int count = Math.Min(group, n2 - first);
            for (int m = 0; m < filled; m++)
            {
                int later = m + FetchedAhead;
                int laterFirst = later < filled ? first : first + group;
                loader.Fetch(
                    (laterFirst < n2 ? laterFirst : 0) + (n2 * (later % filled)), Math.Min(group, n2 - (laterFirst < n2 ? laterFirst : 0)), laterFirst >= n2);
                loader.Load(first + (n2 * m), count, rows + ((nint)m * group * Element));
            }

            _first.Run(
                new Lines(rows, Lanes, group * Element).Exchanged(),
                Element,
                new Lines(tile + (first * Element), Lanes, _tileStride),
                Element,
                count,
                scratch,
                scaled: true,
                firstLine: first);
        }

        Lines to = new Lines(target, Lanes, n1 * stride).Exchanged();
        _second.Run(new Lines(tile, Lanes, Element), _tileStride, to, stride, n1, scratch, scaled: false, keep);
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(Lines source, Lines target, float* work, bool scaled, ulong keep = ulong.MaxValue)
    {
        if (_first is null)
        {
            _second.Run(source, 0, target, 0, 1, work, scaled, keep);
            return;
        }

        float* scratch = work + _tileFloats;
        int n1 = _first.Length;
        int n2 = _second.Length;
        _first.Run(
            source with { Stride = n2 * source.Stride },
            source.Stride,
            new Lines(work, Lanes, _tileStride),
            Element,
            n2,
            scratch,
            scaled);
        _second.Run(
            new Lines(work, Lanes, Element),
            _tileStride,
            target with { Stride = n1 * target.Stride },
            target.Stride,
            n1,
            scratch,
            scaled: false,
            keep);
    }
}

/// <summary>What columns fetch into the second cache while others are worked on: their strides are too long for the
/// processor's own guess.</summary>
internal enum Prefetch
{
    /// <summary>Nothing; lines within the first cache.</summary>
    None,

    /// <summary>The next block of columns of a plane of rows, or the next row of a block whose rows follow one another.</summary>
    NextBlock,

    /// <summary>A later line of the same block.</summary>
    LaterLine,
}
