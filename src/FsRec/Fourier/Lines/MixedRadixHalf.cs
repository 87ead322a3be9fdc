using System.Runtime.CompilerServices;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// Many transforms of one length, the product of a few radices, each through scratch memory in Stockham's order: with r
/// the radix of a stage, s the product of the radices before and m of those after it,
/// in[q + s·(p + m·j)] → out[q + s·(r·p + k)] · exp(−2πi·(p·M + i)·k·s/n), q below s, p below m,
/// where n = M·Length is the whole line that transform i of the M belongs to. The last half of a line has M = 1.
/// </summary>
internal sealed unsafe class MixedRadixHalf
{
    private const int Element = ComplexPlane.BlockFloats;
    private readonly Stage[] _stages;

    /// <summary>Prepares the stages.</summary>
    /// <param name="radices">Their radices.</param>
    /// <param name="line">Length of the whole line: the twiddles on the way out are towards its other half.</param>
    /// <param name="carriesScale">Whether this half can multiply by 1 / line.</param>
    /// <param name="prefetch">What the first stage of a first half or the last of a last one fetches meanwhile.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="fromHalf">Whether the second half of what the first stage reads is zero and need not be read.</param>
    /// <param name="selects">Whether the last stage writes only chosen legs.</param>
    public MixedRadixHalf(
        IReadOnlyList<int> radices, int line, bool carriesScale, Prefetch prefetch, KernelSet kernels, bool fromHalf, bool selects)
    {
        Length = radices.Aggregate(1, (product, radix) => product * radix);
        _stages = new Stage[radices.Count];
        int before = 1;
        int legs = 0;
        for (int i = 0; i < _stages.Length; i++)
        {
            _stages[i] = new Stage(
                radices[i], before, Length, line, carriesScale && i == 0, prefetch, kernels, fromHalf && i == 0, selects && i == _stages.Length - 1);
            before *= radices[i];
            legs = Math.Max(legs, KernelSet.IsSpecial(radices[i]) ? 0 : radices[i]);
        }

        LegFloats = legs * Element;
    }

    /// <summary>Elements of one transform.</summary>
    public int Length { get; }

    /// <summary>Whether the second half of what the first stage could read is zero and not read.</summary>
    public bool ReadsHalf => _stages[0].ReadsHalf;

    /// <summary>Floats of scratch memory.</summary>
    public int ScratchFloats => LegFloats + (2 * Length * Element);

    private int LegFloats { get; }

    /// <summary>
    /// Transforms <paramref name="count"/> lines; the steps lead from a line's first element to the next line's. Bit k of
    /// <paramref name="keep"/> says whether leg k of the last stage is written, where that stage selects;
    /// <paramref name="firstLine"/> is the first line's number among all, on which the twiddles depend.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(
        Lines source, nint sourceStep, Lines target, nint targetStep, int count, float* scratch, bool scaled, ulong keep = ulong.MaxValue, int firstLine = 0)
    {
        ButterflyRow butterflies = default;
        butterflies.Keep = keep;
        butterflies.Legs = scratch;
        // Two lines are time enough for the memory, and little enough for the caches.
        butterflies.Ahead = 2 * sourceStep;
        float* ping = scratch + LegFloats;
        float* pong = ping + (Length * Element);
        if (_stages.Length == 1)
        {
            // Nothing between source and target: all lines are one row of butterflies.
            _stages[0].Prepare(ref butterflies, scaled);
            butterflies.TwiddleStep = _stages[0].LineTwiddles;
            butterflies.Twiddles += firstLine * butterflies.TwiddleStep;
            butterflies.SourceStep = sourceStep;
            butterflies.TargetStep = targetStep;
            butterflies.Count = count;
            From(ref butterflies, source, source.Pointer, 1);
            To(ref butterflies, target, target.Pointer, 1);
            _stages[0].Kernel(scaled)(&butterflies);
            return;
        }

        var scratchLines = new Lines(ping, ComplexPlane.Lanes, Element);
        int last = _stages.Length - 1;
        for (int i = 0; i < count; i++)
        {
            Lines from = source with { Data = (nint)(source.Pointer + (i * sourceStep)) };
            for (int t = 0; t <= last; t++)
            {
                Lines to = t == last
                    ? target with { Data = (nint)(target.Pointer + (i * targetStep)) }
                    : scratchLines with { Data = (nint)(t % 2 == 0 ? ping : pong) };
                RunStage(ref butterflies, _stages[t], from, to, firstLine + i, scaled);
                from = to;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void From(ref ButterflyRow butterflies, Lines lines, float* address, int legElements)
    {
        butterflies.Source = address;
        butterflies.SourceIm = lines.Im;
        butterflies.SourceLeg = legElements * lines.Stride;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void To(ref ButterflyRow butterflies, Lines lines, float* address, int legElements)
    {
        butterflies.Target = address;
        butterflies.TargetIm = lines.Im;
        butterflies.TargetLeg = legElements * lines.Stride;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunStage(ref ButterflyRow butterflies, Stage stage, Lines from, Lines to, int line, bool scaled)
    {
        stage.Prepare(ref butterflies, scaled);
        float* twiddles = butterflies.Twiddles + (line * stage.LineTwiddles);
        delegate*<ButterflyRow*, void> kernel = stage.Kernel(scaled);
        int r = stage.Radix;
        int s = stage.Before;
        int m = stage.After;
        if (s == 1)
        {
            // The loop is over p, with its own twiddles each.
            butterflies.Twiddles = twiddles;
            butterflies.TwiddleStep = 2 * r;
            butterflies.SourceStep = from.Stride;
            butterflies.TargetStep = r * to.Stride;
            butterflies.Count = m;
            From(ref butterflies, from, from.Pointer, m);
            To(ref butterflies, to, to.Pointer, 1);
            fixed (ButterflyRow* pointer = &butterflies)
            {
                kernel(pointer);
            }

            return;
        }

        // The loop is over q, all with the same twiddles.
        butterflies.TwiddleStep = 0;
        butterflies.SourceStep = from.Stride;
        butterflies.TargetStep = to.Stride;
        butterflies.Count = s;
        for (int p = 0; p < m; p++)
        {
            butterflies.Twiddles = twiddles + (p * 2 * r);
            From(ref butterflies, from, from.Pointer + (s * p * from.Stride), s * m);
            To(ref butterflies, to, to.Pointer + (s * p * r * to.Stride), s);
            fixed (ButterflyRow* pointer = &butterflies)
            {
                kernel(pointer);
            }
        }
    }

    /// <summary>One radix of the product: its kernels and twiddles.</summary>
    private sealed class Stage
    {
        private readonly delegate*<ButterflyRow*, void> _kernel;
        private readonly delegate*<ButterflyRow*, void> _scaledKernel;
        private readonly TwiddleTable? _twiddles;
        private readonly TwiddleTable? _scaledTwiddles;
        private readonly TwiddleTable? _roots;
        private readonly float* _factors;
        private readonly float* _scaledFactors;
        private readonly float* _rootNumbers;

        public Stage(
            int radix, int before, int length, int line, bool carriesScale, Prefetch prefetch, KernelSet kernels, bool fromHalf, bool selects)
        {
            Radix = radix;
            Before = before;
            After = length / (before * radix);
            int lines = line / length;
            bool twiddled = lines > 1 || After > 1;
            bool later = prefetch == Prefetch.LaterLine && lines > 1 && before == 1;
            fromHalf &= twiddled && KernelSet.HasHalf(radix);
            ReadsHalf = fromHalf;
            delegate*<ButterflyRow*, void> withTwiddles = fromHalf ? kernels.TwiddledFromHalf(radix) : kernels.Twiddled(radix, later);
            _kernel = twiddled ? withTwiddles
                : selects ? kernels.Selected(radix)
                : kernels.Plain(radix, prefetch == Prefetch.NextBlock);
            _scaledKernel = carriesScale ? withTwiddles : _kernel;
            LineTwiddles = lines > 1 ? After * 2 * radix : 0;
            _twiddles = twiddled ? Twiddles(lines, line / before, 1) : null;
            _scaledTwiddles = carriesScale ? Twiddles(lines, line / before, 1.0 / line) : _twiddles;
            _roots = KernelSet.IsSpecial(radix) ? null : Roots(radix);
            _factors = PointerOf(_twiddles);
            _scaledFactors = PointerOf(_scaledTwiddles);
            _rootNumbers = PointerOf(_roots);
        }

        public int Radix { get; }

        public bool ReadsHalf { get; }

        /// <summary>Product of the radices before.</summary>
        public int Before { get; }

        /// <summary>Product of the radices after.</summary>
        public int After { get; }

        /// <summary>Floats from a line's twiddles to the next line's.</summary>
        public nint LineTwiddles { get; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public delegate*<ButterflyRow*, void> Kernel(bool scaled) => scaled ? _scaledKernel : _kernel;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Prepare(ref ButterflyRow butterflies, bool scaled)
        {
            butterflies.Twiddles = scaled ? _scaledFactors : _factors;
            butterflies.Radix = Radix;
            butterflies.Roots = _rootNumbers;
        }

        private static float* PointerOf(TwiddleTable? table) => table is null ? null : table.Pointer;

        private static TwiddleTable Roots(int radix)
        {
            var table = new TwiddleTable(2 * radix);
            for (int j = 0; j < radix; j++)
            {
                (float cosine, float negativeSine) = TwiddleTable.Root(j, radix);
                (table.Span[j], table.Span[radix + j]) = (cosine, -negativeSine);
            }

            return table;
        }

        private TwiddleTable Twiddles(int lines, int period, double factor)
        {
            var table = new TwiddleTable(lines * After * 2 * Radix);
            Span<float> span = table.Span;
            int at = 0;
            for (int i = 0; i < lines; i++)
            {
                for (int p = 0; p < After; p++)
                {
                    for (int k = 0; k < Radix; k++)
                    {
                        (span[at], span[at + 1]) = TwiddleTable.Root(((long)p * lines + i) * k, period, factor);
                        at += 2;
                    }
                }
            }

            return table;
        }
    }
}
