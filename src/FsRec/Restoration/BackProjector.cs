using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
            for (int b = 0; b < blocks; b++)
            {
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

    private void Unfold(ComplexPlane wave)
    {
        int shift = HalfBlocks * Lanes;
        for (int ky = -_band.RowReach; ky <= _band.RowReach; ky++)
        {
            for (int kx = 0; kx <= _band.ColumnReach; kx++)
            {
                (float rRe, float rIm) = _sums[ky + _band.RowReach, kx];
                (float sRe, float sIm) = _sums[ky + _band.RowReach, kx + shift];
                wave[ky + _band.RowReach, _band.ColumnReach + kx] = (rRe - sIm, rIm + sRe);
                if (kx > 0)
                {
                    wave[_band.RowReach - ky, _band.ColumnReach - kx] = (rRe + sIm, sRe - rIm);
                }
            }
        }

        wave[_band.RowReach, _band.ColumnReach] = (0, 0);
    }
}
