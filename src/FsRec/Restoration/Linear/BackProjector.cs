using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;
using FsRec.Optics;
using FsRec.Series;

namespace FsRec.Restoration;

/// <summary>
/// Sums the filtered frames into the wave's spectrum: ψ(k) = Σ f_n(k) I_n(k) ramp_n(k). Frames are real and filters even in k, so one
/// half-plane gives both halves: with R = Σ Re f · I and S = Σ Im f · I it is ψ(k) = R + iS and ψ(−k) = R* + iS*. Rows go to threads and each
/// sums its frames in their order: the result has the same bits on one thread and on many.
/// </summary>
internal sealed unsafe class BackProjector : IDisposable
{
    private const int Lanes = ComplexPlane.Lanes;
    private const int FramesAhead = 2;
    private readonly WaveBand _band;
    private readonly SpectrumLease[] _spectra;
    private readonly RestorationFilter _filter;
    private readonly PhaseRamp[] _ramps;
    private readonly PerWorker<AlignedBuffer> _sums;
    private readonly int _threads;

    /// <summary>Prepares the back-projection of a series.</summary>
    public BackProjector(WaveBand band, FrameSpectra spectra, RestorationFilter filter, int frames, int threads, CancellationToken cancellationToken = default)
    {
        _band = band;
        spectra.Narrow(band, threads, cancellationToken);
        _spectra = [.. Enumerable.Range(0, frames).Select(n => Covering(spectra, n, band))];
        _filter = filter;
        _threads = threads;
        _ramps = new PhaseRamp[frames];
        for (int n = 0; n < frames; n++)
        {
            _ramps[n] = new PhaseRamp(band.Grid.Rows, band.Grid.Columns);
        }

        // R and S of the rows ky and −ky.
        _sums = new(FrameLoop.Workers(threads), () => new AlignedBuffer(4 * HalfBlocks * ComplexPlane.BlockFloats));
    }

    /// <summary>
    /// A frame's spectrum with all of a band: as it is kept, or whole, where somebody else has narrowed it meanwhile. The loops over pointers rest on it.
    /// </summary>
    private static SpectrumLease Covering(FrameSpectra spectra, int frame, WaveBand band)
    {
        SpectrumLease kept = spectra.TakeKept(frame);
        if (kept.Plane.Rows / 2 >= band.RowReach && kept.Plane.Columns > band.ColumnReach)
        {
            return kept;
        }

        kept.Dispose();
        return spectra.Take(frame);
    }

    private int HalfBlocks => ComplexPlane.BlocksOf(_band.ColumnReach + 1);

    /// <summary>Back-projects the frames at their displacements; ψ(0) is left 0.</summary>
    /// <param name="displacements">One a frame.</param>
    /// <param name="wave">The wave's spectrum, overwritten.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public void Run(IReadOnlyList<FrameDisplacement> displacements, ComplexPlane wave, CancellationToken cancellationToken)
    {
        FrameLoop.Run(_ramps.Length, _threads, cancellationToken, n => _ramps[n].Set(displacements[n].Dx, displacements[n].Dy));
        FrameLoop.Run(_band.RowReach + 1, _threads, cancellationToken, (worker, ky) =>
        {
            float* sums = _sums[worker].Pointer;
            SumRows(ky, sums);
            Unfold(ky, sums, wave);
        });
        wave[_band.RowReach, _band.ColumnReach] = (0, 0);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (PhaseRamp ramp in _ramps)
        {
            ramp.Dispose();
        }

        _sums.Dispose();
        foreach (SpectrumLease spectrum in _spectra)
        {
            spectrum.Dispose();
        }
    }

    /// <summary>Sums the rows ky and −ky, which share the filters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumRows(int ky, float* sums)
    {
        int up = FrequencyGrid.Index(ky, _band.Grid.Rows);
        int down = FrequencyGrid.Index(-ky, _band.Grid.Rows);
        nint toS = HalfBlocks * ComplexPlane.BlockFloats;
        float* upSums = sums;
        float* downSums = sums + (2 * toS);
        new Span<float>(sums, 4 * (int)toS).Clear();
        for (int n = 0; n < _ramps.Length; n++)
        {
            float* upImage = Row(n, ky);
            float* downImage = Row(n, -ky);
            float* filter = _filter[n].Row(ky);
            float* columns = _ramps[n].Columns;
            (float upRe, float upIm) = _ramps[n].Row(up);
            (float downRe, float downIm) = _ramps[n].Row(down);
            // The frames to come lie elsewhere in memory, where the processor does not look by itself.
            int next = Math.Min(n + FramesAhead, _ramps.Length - 1);
            nint toNextUp = (nint)(Row(next, ky) - upImage);
            nint toNextDown = (nint)(Row(next, -ky) - downImage);
            nint toNextFilter = (nint)(_filter[next].Row(ky) - filter);
            for (nint at = 0; at < toS; at += ComplexPlane.BlockFloats)
            {
                if (Sse.IsSupported)
                {
                    Fetch(upImage + at + toNextUp);
                    Fetch(downImage + at + toNextDown);
                    Fetch(filter + at + toNextFilter);
                }

                Add(upImage + at, columns + at, upRe, upIm, filter + at, upSums + at, toS);
                if (ky > 0)
                {
                    Add(downImage + at, columns + at, downRe, downIm, filter + at, downSums + at, toS);
                }
            }
        }
    }

    /// <summary>A row of a frame's spectrum, of which more or less may be kept than of another's.</summary>
    private float* Row(int frame, int ky)
    {
        ComplexPlane plane = _spectra[frame].Plane;
        return plane.Row(FrequencyGrid.Index(ky, plane.Rows));
    }

    /// <summary>Adds a block of a moved image times Re f to one sum and times Im f to the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* image, float* columnRamp, float rowRe, float rowIm, float* filter, float* r, nint toS)
    {
        float* s = r + toS;
        Vector512<float> rx = Vector512.Load(columnRamp);
        Vector512<float> ix = Vector512.Load(columnRamp + Lanes);
        Vector512<float> rampRe = (rx * rowRe) - (ix * rowIm);
        Vector512<float> rampIm = (rx * rowIm) + (ix * rowRe);
        Vector512<float> imageRe = Vector512.Load(image);
        Vector512<float> imageIm = Vector512.Load(image + Lanes);
        Vector512<float> re = (imageRe * rampRe) - (imageIm * rampIm);
        Vector512<float> im = (imageRe * rampIm) + (imageIm * rampRe);
        Vector512<float> filterRe = Vector512.Load(filter);
        Vector512<float> filterIm = Vector512.Load(filter + Lanes);
        Fused.MultiplyAdd(filterRe, re, Vector512.Load(r)).Store(r);
        Fused.MultiplyAdd(filterRe, im, Vector512.Load(r + Lanes)).Store(r + Lanes);
        Fused.MultiplyAdd(filterIm, re, Vector512.Load(s)).Store(s);
        Fused.MultiplyAdd(filterIm, im, Vector512.Load(s + Lanes)).Store(s + Lanes);
    }

    /// <summary>Asks for a block, which is two lines of the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch(float* block)
    {
        Sse.Prefetch0(block);
        Sse.Prefetch0(block + Lanes);
    }

    /// <summary>
    /// ψ(k) = R + iS on the right half of the band, ψ(−k) = R* + iS* on the left half, which is the right one read backwards: what was
    /// summed for the rows ky and −ky makes up just these two rows of the wave.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unfold(int ky, float* sums, ComplexPlane wave)
    {
        int reach = _band.ColumnReach;
        nint toS = HalfBlocks * ComplexPlane.BlockFloats;
        for (int sign = 1; sign >= (ky == 0 ? 1 : -1); sign -= 2)
        {
            float* right = wave.Row(_band.RowReach + (sign * ky));
            float* left = wave.Row(_band.RowReach - (sign * ky));
            float* r = sign > 0 ? sums : sums + (2 * toS);
            float* s = r + toS;
            for (int kx = 0; kx <= reach; kx++)
            {
                int from = ComplexPlane.Offset(kx);
                int to = ComplexPlane.Offset(reach + kx);
                int twin = ComplexPlane.Offset(reach - kx);
                float rRe = r[from];
                float rIm = r[from + Lanes];
                float sRe = s[from];
                float sIm = s[from + Lanes];
                right[to] = rRe - sIm;
                right[to + Lanes] = rIm + sRe;
                if (kx > 0)
                {
                    left[twin] = rRe + sIm;
                    left[twin + Lanes] = sRe - rIm;
                }
            }
        }
    }
}
