using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Restoration;

/// <summary>
/// The back-projection filters of all frames: with t = exp(−iχ), A = Σt², D = N − |A|²/N, f_n = (t_n* − t_n A*/N) / D where
/// |D| exceeds the cut-off and 0 elsewhere; divided by the frame's envelope when that is on. Σ f_n t_n = 1 and
/// Σ f_n t_n* = 0, so that the wave is restored and its conjugate twin removed. N counts the frames whose envelope is above
/// <see cref="TransferFunction.SmallestEnvelope"/> at that frequency; the others' filter is 0 there.
/// </summary>
internal sealed class RestorationFilter : IDisposable
{
    private readonly ComplexPlane[] _frames;

    /// <summary>Computes the filters.</summary>
    /// <param name="band">The band of the wave.</param>
    /// <param name="transfers">Transfer function of each frame.</param>
    /// <param name="cutoff">Smallest |D| that is divided by.</param>
    /// <param name="envelopes">Whether the envelopes are divided out.</param>
    /// <param name="threads">Threads to use; 0 for all.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <param name="leftOut">Whether each frame is used at no frequency; <see langword="null"/> to use all.</param>
    public RestorationFilter(
        WaveBand band, IReadOnlyList<TransferFunction> transfers, double cutoff, bool envelopes, int threads, CancellationToken cancellationToken, IReadOnlyList<bool>? leftOut = null)
    {
        _frames = new ComplexPlane[transfers.Count];
        for (int n = 0; n < _frames.Length; n++)
        {
            _frames[n] = new ComplexPlane(band.RowReach + 1, band.ColumnReach + 1);
        }

        var rows = new TransferRow[FrameLoop.Workers(threads)][];
        FrameLoop.Run(band.RowReach + 1, threads, cancellationToken, (worker, ky) =>
        {
            TransferRow[] row = rows[worker] ??= [.. transfers.Select(_ => new TransferRow(band))];
            for (int n = 0; n < row.Length; n++)
            {
                row[n].Fill(ky, transfers[n]);
            }

            for (int kx = 0; kx < row[0].Count; kx++)
            {
                FillFrequency(ky, kx, row, cutoff, envelopes, leftOut);
            }
        });
    }

    /// <summary>Takes filters that were computed elsewhere, one a frame, and owns them.</summary>
    public RestorationFilter(ComplexPlane[] frames) => _frames = frames;

    /// <summary>The filter of a frame: rows |ky| from 0, columns kx from 0.</summary>
    public ComplexPlane this[int frame] => _frames[frame];

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (ComplexPlane frame in _frames)
        {
            frame.Dispose();
        }
    }

    private void FillFrequency(int ky, int kx, TransferRow[] row, double cutoff, bool envelopes, IReadOnlyList<bool>? leftOut)
    {
        int used = 0;
        double aRe = 0;
        double aIm = 0;
        for (int n = 0; n < row.Length; n++)
        {
            if (Envelope(n) > TransferFunction.SmallestEnvelope)
            {
                double re = row[n].Cos[kx];
                double im = row[n].Sin[kx];
                aRe += (re * re) - (im * im);
                aIm += 2 * re * im;
                used++;
            }
        }

        double d = used == 0 ? 0 : used - (((aRe * aRe) + (aIm * aIm)) / used);
        if (Math.Abs(d) <= cutoff)
        {
            return;
        }

        aRe /= used;
        aIm /= used;
        for (int n = 0; n < row.Length; n++)
        {
            double envelope = Envelope(n);
            if (envelope > TransferFunction.SmallestEnvelope)
            {
                double re = row[n].Cos[kx];
                double im = row[n].Sin[kx];
                double scale = 1 / (d * envelope);
                // t* − t A*/N
                _frames[n][ky, kx] = ((float)((re - ((re * aRe) + (im * aIm))) * scale), (float)((-im - ((im * aRe) - (re * aIm))) * scale));
            }
        }

        double Envelope(int n) => leftOut?[n] == true ? 0 : envelopes ? row[n].Envelope[kx] : 1;
    }
}
