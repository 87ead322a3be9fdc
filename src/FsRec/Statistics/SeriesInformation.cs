using FsRec.Optics;

namespace FsRec.Statistics;

/// <summary>
/// What a series says of amplitude and phase at every frequency of a band, by the linear theory: Σ HᵀH / σ² over its frames, computed once.
/// The envelopes are round, so one quadrant holds all. Immutable.
/// </summary>
internal sealed class SeriesInformation
{
    // Of the best frequency's power: where less of the interference with the direct beam is left by the lens, the power of a frame is that of the scattered
    // beams' with one another, which falls off much more slowly. Where the detector, which both go through, leaves less, it is noise.
    private const double LeastTransfer = 0.05;

    private readonly LinearTheory[] _quadrant;
    private readonly int _columns;
    private readonly IReadOnlyList<TransferFunction> _transfers;
    private readonly IReadOnlyList<double> _noise;

    /// <summary>Sums over the frames.</summary>
    /// <param name="statistics">Band, transfer functions and noise.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public SeriesInformation(SeriesStatistics statistics, int threads, CancellationToken cancellationToken)
    {
        WaveBand band = Band = statistics.Band;
        (_transfers, _noise) = (statistics.Transfers, statistics.Noise);
        _columns = band.ColumnReach + 1;
        _quadrant = new LinearTheory[(band.RowReach + 1) * _columns];
        FrameLoop.Run(band.RowReach + 1, threads, cancellationToken, ky =>
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                _quadrant[(ky * _columns) + kx] = statistics.Data(band.Grid.SquaredFrequency(ky, kx));
            }
        });
        Told = ToldOf(_transfers, _noise);
    }

    /// <summary>Takes sums that were made frame by frame.</summary>
    /// <param name="band">The band of the wave.</param>
    /// <param name="quadrant">The sums of one quadrant, row by row of ColumnReach + 1; not changed afterwards.</param>
    /// <param name="transfers">Transfer function of each frame in them.</param>
    /// <param name="noise">Variance of each frame's noise.</param>
    public SeriesInformation(WaveBand band, LinearTheory[] quadrant, IReadOnlyList<TransferFunction> transfers, IReadOnlyList<double> noise)
    {
        (Band, _quadrant, _columns) = (band, quadrant, band.ColumnReach + 1);
        (_transfers, _noise) = (transfers, noise);
        Told = ToldOf(transfers, noise);
    }

    private double ToldOf(IReadOnlyList<TransferFunction> transfers, IReadOnlyList<double> noise)
    {
        double[] lens = Along(static (t, g2) => t.LensEnvelope(g2));
        double[] detector = Along(static (t, g2) => t.DetectorEnvelope(g2));
        double least = LeastTransfer * lens.Max();
        double sharp = LeastTransfer * detector.Max();
        return Array.FindLastIndex([.. lens.Zip(detector)], t => t.First >= least && t.Second >= sharp) * Band.Grid.ColumnStep;

        // Sums of power over the frames along a row of the band.
        double[] Along(Func<TransferFunction, double, double> envelope) => [.. Enumerable.Range(0, _columns).Select(kx =>
        {
            double g2 = Band.Grid.SquaredFrequency(0, kx);
            return transfers.Zip(noise, (t, v) => Math.Pow(envelope(t, g2), 2) / v).Sum();
        })];
    }

    /// <summary>The band of the wave.</summary>
    public WaveBand Band { get; }

    /// <summary>The frequency in 1/nm up to which the frames' powers tell those of the wave.</summary>
    public double Told { get; }

    /// <summary>Whether this is the information of statistics: of their band, transfer functions and noise.</summary>
    /// <param name="statistics">The statistics.</param>
    public bool IsOf(SeriesStatistics statistics) =>
        ReferenceEquals(Band, statistics.Band) && ReferenceEquals(_transfers, statistics.Transfers) && ReferenceEquals(_noise, statistics.Noise);

    /// <summary>What the frames say at a frequency of the band, without a prior.</summary>
    public LinearTheory At(int ky, int kx) => _quadrant[(Math.Abs(ky) * _columns) + Math.Abs(kx)];
}
