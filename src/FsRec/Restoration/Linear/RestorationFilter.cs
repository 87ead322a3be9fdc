using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Restoration;

/// <summary>
/// The back-projection filters of all frames: with t = exp(−iχ) and weights w, N = Σw, A = Σwt², D = N − |A|²/N,
/// f_n = w_n (t_n* − t_n A*/N) / D where |D| exceeds the cut-off and 0 elsewhere; divided by the frame's envelope when that is on.
/// Σ f_n t_n = 1 and Σ f_n t_n* = 0, so that the wave is restored and its conjugate twin removed; of all such filters these are the least
/// squares' with frames of variance 1/w. The sums are over the frames whose envelope is above
/// <see cref="TransferFunction.SmallestEnvelope"/> at that frequency; the others' filter is 0 there.
/// </summary>
internal sealed class RestorationFilter : IDisposable
{
    private readonly ComplexPlane[] _frames;
    private readonly double _cutoff;
    private readonly bool _envelopes;
    private readonly IReadOnlyList<double>? _weights;

    /// <summary>Takes filters of zeros, to be filled row by row.</summary>
    /// <param name="band">The band of the wave.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="cutoff">Smallest |D| that is divided by.</param>
    /// <param name="envelopes">Whether the envelopes are divided out.</param>
    /// <param name="weights">Weight of each frame, 0 for one that is used at no frequency; <see langword="null"/> for 1.</param>
    public RestorationFilter(WaveBand band, int frames, double cutoff, bool envelopes, IReadOnlyList<double>? weights = null)
    {
        (_cutoff, _envelopes, _weights) = (cutoff, envelopes, weights);
        _frames = [.. Enumerable.Range(0, frames).Select(_ => new ComplexPlane(band.RowReach + 1, band.ColumnReach + 1))];
    }

    /// <summary>Computes the filters.</summary>
    /// <param name="band">The band of the wave.</param>
    /// <param name="transfers">Transfer function of each frame.</param>
    /// <param name="cutoff">Smallest |D| that is divided by.</param>
    /// <param name="envelopes">Whether the envelopes are divided out.</param>
    /// <param name="threads">Threads to use; 0 for all.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public RestorationFilter(
        WaveBand band, IReadOnlyList<TransferFunction> transfers, double cutoff, bool envelopes, int threads, CancellationToken cancellationToken)
        : this(band, transfers.Count, cutoff, envelopes) => TransferRows.ForEach(band, transfers, threads, cancellationToken, FillRow);

    /// <summary>Takes filters that were computed elsewhere, one a frame, and owns them.</summary>
    public RestorationFilter(ComplexPlane[] frames) => _frames = frames;

    /// <summary>The filter of a frame: rows |ky| from 0, columns kx from 0.</summary>
    public ComplexPlane this[int frame] => _frames[frame];

    /// <summary>Fills one row of all frames' filters, 8 frequencies at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void FillRow(TransferRows rows)
    {
        int lanes = Vector512<double>.Count;
        for (int kx = 0; kx < rows.Count; kx += lanes)
        {
            var used = Vector512<double>.Zero;
            var aRe = Vector512<double>.Zero;
            var aIm = Vector512<double>.Zero;
            for (int n = 0; n < rows.Frames; n++)
            {
                (Vector512<double> re, Vector512<double> im, _, Vector512<double> uses) = Load(rows, n, kx);
                var weight = Vector512.Create(Weight(n));
                aRe += (weight * ((re * re) - (im * im))) & uses;
                aIm += (weight * 2 * re * im) & uses;
                used += weight & uses;
            }

            // Where no frame is used, 0/0 is not above the cut-off either.
            Vector512<double> d = used - (((aRe * aRe) + (aIm * aIm)) / used);
            Vector512<double> restores = Vector512.GreaterThan(Vector512.Abs(d), Vector512.Create(_cutoff)) & Inside(rows.Count - kx);
            aRe /= used;
            aIm /= used;
            for (int n = 0; n < rows.Frames; n++)
            {
                (Vector512<double> re, Vector512<double> im, Vector512<double> envelope, Vector512<double> uses) = Load(rows, n, kx);
                uses &= restores;
                Vector512<double> scale = Vector512.Create(Weight(n)) / (d * envelope);
                // t* − t A*/N
                Vector512<double> filterRe = ((re - ((re * aRe) + (im * aIm))) * scale) & uses;
                Vector512<double> filterIm = (-(im + ((im * aRe) - (re * aIm))) * scale) & uses;
                float* target = _frames[n].Row(rows.Row) + ComplexPlane.Offset(kx);
                Vector512.Narrow(filterRe, Vector512<double>.Zero).GetLower().Store(target);
                Vector512.Narrow(filterIm, Vector512<double>.Zero).GetLower().Store(target + ComplexPlane.Lanes);
            }
        }

        GC.KeepAlive(this);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (ComplexPlane frame in _frames)
        {
            frame.Dispose();
        }
    }

    private double Weight(int frame) => _weights?[frame] ?? 1;

    /// <summary>t, E and where a frame is used, at eight frequencies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector512<double> Re, Vector512<double> Im, Vector512<double> Envelope, Vector512<double> Uses) Load(TransferRows rows, int frame, int kx)
    {
        TransferRow row = rows[frame];
        Vector512<double> envelope = _envelopes ? Vector512.Create(row.Envelope, kx) : Vector512<double>.One;
        Vector512<double> uses = Weight(frame) == 0
            ? Vector512<double>.Zero
            : Vector512.GreaterThan(envelope, Vector512.Create(TransferFunction.SmallestEnvelope));
        return (Vector512.Create(row.Cos, kx), Vector512.Create(row.Sin, kx), envelope, uses);
    }

    /// <summary>All bits of the first lanes.</summary>
    private static Vector512<double> Inside(int count) =>
        Vector512.LessThan(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), Vector512.Create((double)count));
}
