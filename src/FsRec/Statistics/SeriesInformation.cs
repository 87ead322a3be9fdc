using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Statistics;

/// <summary>
/// What a series says of amplitude and phase at every frequency of a band, by the linear theory: Σ HᵀH / σ² over its frames, computed once.
/// The envelopes are round, so one quadrant holds all. Immutable.
/// </summary>
internal sealed class SeriesInformation
{
    private readonly LinearTheory[] _quadrant;
    private readonly int _columns;

    /// <summary>Sums over the frames.</summary>
    /// <param name="band">The band of the wave.</param>
    /// <param name="transfers">Transfer function of each frame.</param>
    /// <param name="noise">Variance of each frame's noise.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public SeriesInformation(
        WaveBand band, IReadOnlyList<TransferFunction> transfers, IReadOnlyList<double> noise, int threads, CancellationToken cancellationToken)
    {
        Band = band;
        _columns = band.ColumnReach + 1;
        _quadrant = new LinearTheory[(band.RowReach + 1) * _columns];
        FrameLoop.Run(band.RowReach + 1, threads, cancellationToken, ky =>
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                _quadrant[(ky * _columns) + kx] = LinearTheory.At(transfers, noise, band.Grid.SquaredFrequency(ky, kx));
            }
        });
    }

    /// <summary>The band of the wave.</summary>
    public WaveBand Band { get; }

    /// <summary>What the frames say at a frequency of the band, without a prior.</summary>
    public LinearTheory At(int ky, int kx) => _quadrant[(Math.Abs(ky) * _columns) + Math.Abs(kx)];
}
