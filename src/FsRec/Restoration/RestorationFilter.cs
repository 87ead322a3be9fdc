using System.Numerics;
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

        FrameLoop.Run(band.RowReach + 1, threads, cancellationToken, ky =>
        {
            var t = new Complex[transfers.Count];
            var envelope = new double[transfers.Count];
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                FillFrequency(ky, kx, band.Grid.SquaredFrequency(ky, kx), transfers, cutoff, envelopes, leftOut, t, envelope);
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

    private void FillFrequency(int ky, int kx, double g2, IReadOnlyList<TransferFunction> transfers, double cutoff, bool envelopes, IReadOnlyList<bool>? leftOut, Complex[] t, double[] envelope)
    {
        int used = 0;
        Complex a = 0;
        for (int n = 0; n < t.Length; n++)
        {
            envelope[n] = leftOut?[n] == true ? 0 : envelopes ? transfers[n].Envelope(g2) : 1;
            if (envelope[n] > TransferFunction.SmallestEnvelope)
            {
                (double sin, double cos) = Math.SinCos(-transfers[n].Phase(g2));
                t[n] = new Complex(cos, sin);
                a += t[n] * t[n];
                used++;
            }
        }

        double d = used == 0 ? 0 : used - (((a.Real * a.Real) + (a.Imaginary * a.Imaginary)) / used);
        if (Math.Abs(d) <= cutoff)
        {
            return;
        }

        for (int n = 0; n < t.Length; n++)
        {
            if (envelope[n] > TransferFunction.SmallestEnvelope)
            {
                Complex f = (Complex.Conjugate(t[n]) - (t[n] * Complex.Conjugate(a) / used)) / (d * envelope[n]);
                _frames[n][ky, kx] = ((float)f.Real, (float)f.Imaginary);
            }
        }
    }
}
