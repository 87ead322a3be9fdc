using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FsRec.Fourier;
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
    private readonly WaveBand _band;
    private readonly FrameSpectra _spectra;
    private readonly RestorationFilter _filter;
    private readonly PhaseRamp[] _ramps;
    private readonly ComplexPlane _sums;
    private readonly int _threads;

    /// <summary>Prepares the back-projection of a series.</summary>
    public BackProjector(WaveBand band, FrameSpectra spectra, RestorationFilter filter, int frames, int threads)
    {
        _band = band;
        _spectra = spectra;
        _filter = filter;
        _threads = threads;
        _ramps = new PhaseRamp[frames];
        for (int n = 0; n < frames; n++)
        {
            _ramps[n] = new PhaseRamp(band.Grid.Rows, band.Grid.Columns);
        }

        // R and S side by side: two half-planes of the band, rows from −RowReach.
        _sums = new ComplexPlane(band.Rows, 2 * HalfBlocks * Lanes);
    }

    private int HalfBlocks => ComplexPlane.BlocksOf(_band.ColumnReach + 1);

    /// <summary>Back-projects the frames at their displacements; ψ(0) is left 0.</summary>
    /// <param name="displacements">One a frame.</param>
    /// <param name="wave">The wave's spectrum, overwritten.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public void Run(IReadOnlyList<FrameDisplacement> displacements, ComplexPlane wave, CancellationToken cancellationToken)
    {
        for (int n = 0; n < _ramps.Length; n++)
        {
            _ramps[n].Set(displacements[n].Dx, displacements[n].Dy);
        }

        FrameLoop.Run(_band.Rows, _threads, cancellationToken, SumRow);
        Unfold(wave);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (PhaseRamp ramp in _ramps)
        {
            ramp.Dispose();
        }

        _sums.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumRow(int bandRow)
    {
        int ky = bandRow - _band.RowReach;
        int row = FrequencyGrid.Index(ky, _band.Grid.Rows);
        float* sums = _sums.Row(bandRow);
        int blocks = HalfBlocks;
        new Span<float>(sums, 2 * blocks * ComplexPlane.BlockFloats).Clear();
        for (int n = 0; n < _ramps.Length; n++)
        {
            float* image = _spectra[n].Row(row);
            float* filter = _filter[n].Row(Math.Abs(ky));
            float* columns = _ramps[n].Columns;
            (float rowRe, float rowIm) = _ramps[n].Row(row);
            var ry = Vector512.Create(rowRe);
            var iy = Vector512.Create(rowIm);
            float* r = sums;
            float* s = sums + (blocks * ComplexPlane.BlockFloats);
            // The next frame's row lies elsewhere in memory, where the processor does not look by itself.
            int next = Math.Min(n + 1, _ramps.Length - 1);
            nint toNextImage = (nint)(_spectra[next].Row(row) - image);
            nint toNextFilter = (nint)(_filter[next].Row(Math.Abs(ky)) - filter);
            for (int b = 0; b < blocks; b++)
            {
                if (Sse.IsSupported)
                {
                    Sse.Prefetch0(image + toNextImage);
                    Sse.Prefetch0(image + toNextImage + Lanes);
                    Sse.Prefetch0(filter + toNextFilter);
                    Sse.Prefetch0(filter + toNextFilter + Lanes);
                }

                Vector512<float> rx = Vector512.Load(columns);
                Vector512<float> ix = Vector512.Load(columns + Lanes);
                Vector512<float> rampRe = (rx * ry) - (ix * iy);
                Vector512<float> rampIm = (rx * iy) + (ix * ry);
                Vector512<float> imageRe = Vector512.Load(image);
                Vector512<float> imageIm = Vector512.Load(image + Lanes);
                Vector512<float> re = (imageRe * rampRe) - (imageIm * rampIm);
                Vector512<float> im = (imageRe * rampIm) + (imageIm * rampRe);
                Vector512<float> filterRe = Vector512.Load(filter);
                Vector512<float> filterIm = Vector512.Load(filter + Lanes);
                (Vector512.Load(r) + (filterRe * re)).Store(r);
                (Vector512.Load(r + Lanes) + (filterRe * im)).Store(r + Lanes);
                (Vector512.Load(s) + (filterIm * re)).Store(s);
                (Vector512.Load(s + Lanes) + (filterIm * im)).Store(s + Lanes);
                columns += 2 * Lanes;
                image += 2 * Lanes;
                filter += 2 * Lanes;
                r += 2 * Lanes;
                s += 2 * Lanes;
            }
        }
    }

    /// <summary>ψ(k) = R + iS on the right half of the band, ψ(−k) = R* + iS* on the left half, which is the right one read backwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unfold(ComplexPlane wave)
    {
        int reach = _band.ColumnReach;
        int blocks = HalfBlocks;
        Span<float> flat = stackalloc float[4 * blocks * Lanes];
        fixed (float* re = flat)
        {
            float* im = re + (blocks * Lanes);
            float* twinRe = im + (blocks * Lanes);
            float* twinIm = twinRe + (blocks * Lanes);
            for (int row = 0; row < _band.Rows; row++)
            {
                float* r = _sums.Row(row);
                float* s = r + (blocks * ComplexPlane.BlockFloats);
                for (int b = 0; b < blocks; b++)
                {
                    float* rb = r + (b * ComplexPlane.BlockFloats);
                    float* sb = s + (b * ComplexPlane.BlockFloats);
                    Vector512<float> rRe = Vector512.Load(rb);
                    Vector512<float> rIm = Vector512.Load(rb + Lanes);
                    Vector512<float> sRe = Vector512.Load(sb);
                    Vector512<float> sIm = Vector512.Load(sb + Lanes);
                    (rRe - sIm).Store(re + (b * Lanes));
                    (rIm + sRe).Store(im + (b * Lanes));
                    (rRe + sIm).Store(twinRe + (b * Lanes));
                    (sRe - rIm).Store(twinIm + (b * Lanes));
                }

                float* right = wave.Row(row);
                float* left = wave.Row(_band.Rows - 1 - row);
                for (int kx = 0; kx <= reach; kx++)
                {
                    int at = ComplexPlane.Offset(reach + kx);
                    right[at] = re[kx];
                    right[at + Lanes] = im[kx];
                }

                for (int kx = 1; kx <= reach; kx++)
                {
                    int at = ComplexPlane.Offset(reach - kx);
                    left[at] = twinRe[kx];
                    left[at + Lanes] = twinIm[kx];
                }
            }
        }

        wave[_band.RowReach, reach] = (0, 0);
    }
}
