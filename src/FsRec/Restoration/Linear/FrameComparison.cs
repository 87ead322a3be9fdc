using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Restoration;

/// <summary>
/// Holds the frames of a series against the images that a wave makes, within the reference area and through the alignment filter: how they differ, and by
/// what they are displaced. Simulation and alignment of a frame are one pass.
/// </summary>
internal sealed class FrameComparison : IDisposable
{
    private readonly ReconstructionParameters _parameters;
    private readonly FrameSpectra _spectra;
    private readonly bool _envelopes;
    private readonly AreaCorrelator _correlator;
    private readonly ImageSimulator _simulator;
    private readonly FrameRegion?[] _regions;
    private readonly ComplexPlane[] _transfers;
    private readonly PerWorker<Workspace> _workspaces;
    private readonly double[] _contrasts;
    private readonly int _threads;
    private readonly IProgress<RunProgress>? _progress;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Prepares the comparison; the transfer functions are to be filled in by <see cref="FillRow"/>.</summary>
    /// <param name="series">The series.</param>
    /// <param name="band">The band of the wave.</param>
    /// <param name="spectra">The frames' spectra.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="progress">Told how far an iteration is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public FrameComparison(FocalSeries series, WaveBand band, FrameSpectra spectra, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        (Band, _parameters, _spectra, _threads, _progress, _cancellationToken) = (band, series.Parameters, spectra, threads, progress, cancellationToken);
        _envelopes = SeriesOptics.HasEnvelopes(series);
        Areas = new AlignmentAreas(spectra.Transform, series.Calibration, series.ReferenceArea, _parameters.EffectiveAlignmentFilter);
        _regions = [.. Enumerable.Range(0, series.Count).Select(_ => Areas.CreateRegion())];
        _correlator = new AreaCorrelator(Areas.Area.Rows, Areas.Area.Columns);
        _simulator = new ImageSimulator(band);
        _transfers = [.. Enumerable.Range(0, series.Count).Select(_ => FrameOptics.CreateImageTransfer(band))];
        _workspaces = new(FrameLoop.Workers(threads), () => new Workspace(this));
        _contrasts = new double[series.Count];
    }

    /// <summary>The band of the wave.</summary>
    public WaveBand Band { get; }

    /// <summary>The reference area in frames and images.</summary>
    public AlignmentAreas Areas { get; }

    /// <summary>
    /// Which frames do not belong to the others: they move with the nearest that do, and do not count in what frames and images differ by;
    /// <see langword="null"/> for none.
    /// </summary>
    public IReadOnlyList<bool>? Outliers { get; set; }

    /// <summary>RMS contrast of the frames in the reference area, at the last comparison.</summary>
    public double Contrast => Math.Sqrt(_contrasts.Where((_, n) => Counts(n)).Average());

    /// <summary>
    /// The residual of a wave as the records of the iterations have it, and the share of the electrons that it scatters; <see langword="null"/> where the
    /// reference area lies outside all frames; those outside which it lies do not count.
    /// </summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="wave">The wave.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static (double ResidualRms, double ScatteredFraction)? Hold(AlignedSeries aligned, ExitWave wave, int threads, CancellationToken cancellationToken)
    {
        FocalSeries series = aligned.Series;
        WaveBand band = SeriesOptics.Band(series);
        using var comparison = new FrameComparison(series, band, series.ForPlaces(threads, null, cancellationToken).Spectra(threads, null, cancellationToken), threads, null, cancellationToken);
        // A frame that does not belong may have been led anywhere.
        bool[] outside = [.. aligned.Displacements.Select(d => !comparison.Areas.HasRoom(d))];
        if (outside.All(static o => o))
        {
            return null;
        }

        comparison.Outliers = outside;

        TransferRows.ForEach(band, SeriesOptics.Transfers(series, series.Foci), threads, cancellationToken, comparison.FillRow);
        using ComplexPlane spectrum = WaveSpectrum.FromWave(wave, band);
        new AzimuthalAberrations(series.Microscope).Apply(spectrum, band);
        WaveSpectrum.DivideByMean(spectrum, band);
        // Over the vacuum it was; of an intensity of 1 in all it is s/(1 + s).
        double scattered = WaveSpectrum.ScatteredFraction(spectrum, band);
        using ComplexPlane normal = band.CreateSpectrum();
        normal.CopyFrom(spectrum);
        SpectrumKernels.AddScaled(spectrum, (float)((1 / Math.Sqrt(1 + scattered)) - 1), normal);
        return (comparison.Residual(normal, aligned.Displacements, null), WaveSpectrum.Normalise(normal, band));
    }

    /// <summary>Fills a row of the frames' transfer functions.</summary>
    /// <param name="rows">The row.</param>
    public void FillRow(TransferRows rows)
    {
        for (int n = 0; n < rows.Frames; n++)
        {
            FrameOptics.FillImageTransfer(_transfers[n], Band, rows, n, _envelopes);
        }
    }

    /// <summary>RMS of what frames and images differ by.</summary>
    /// <param name="wave">The wave's spectrum, as a round lens shows it.</param>
    /// <param name="displacements">Where the frames lie.</param>
    /// <param name="iteration">Number of the iteration and of how many, for the progress; <see langword="null"/> where it is none.</param>
    public double Residual(ComplexPlane wave, IReadOnlyList<FrameDisplacement> displacements, (int Number, int Of)? iteration) =>
        Compare(wave, displacements, align: false, iteration, null).Residual;

    /// <summary>Aligns the frames to the images, and tells what they differed by before.</summary>
    /// <param name="wave">The wave's spectrum, as a round lens shows it.</param>
    /// <param name="displacements">Where the frames lie.</param>
    /// <param name="iteration">Number of the iteration and of how many.</param>
    /// <param name="peaks">Filled with the correlation peaks; <see langword="null"/> where nobody wants them.</param>
    /// <exception cref="AlignmentException">A frame drifts over the frame's edge.</exception>
    public (IReadOnlyList<FrameDisplacement> Displacements, double Residual) Align(
        ComplexPlane wave, IReadOnlyList<FrameDisplacement> displacements, (int Number, int Of) iteration, AlignmentPeak[]? peaks) =>
        Compare(wave, displacements, align: true, iteration, peaks);

    /// <inheritdoc />
    public void Dispose()
    {
        _workspaces.Dispose();
        foreach (FrameRegion? region in _regions)
        {
            region?.Dispose();
        }

        foreach (ComplexPlane transfer in _transfers)
        {
            transfer.Dispose();
        }
    }

    private (IReadOnlyList<FrameDisplacement> Displacements, double Residual) Compare(
        ComplexPlane wave, IReadOnlyList<FrameDisplacement> displacements, bool align, (int Number, int Of)? iteration, AlignmentPeak[]? peaks)
    {
        var moved = new FrameDisplacement[displacements.Count];
        var squares = new double[displacements.Count];
        int done = 0;
        FrameLoop.Run(moved.Length, _threads, _cancellationToken, (worker, n) =>
        {
            Workspace w = _workspaces[worker];
            FrameDisplacement d = displacements[n];
            Areas.Simulated(_simulator, wave, _transfers[n], w.Simulated, w.Areas, w.Image);
            Areas.Measured(() => _spectra.Take(n), _regions[n], d.Dx, d.Dy, w.Measured, w.Areas);
            squares[n] = AreaStatistics.MeanSquaredDifference(w.Simulated, w.Measured);
            _contrasts[n] = Variance(w.Measured);
            if (align && Counts(n))
            {
                (double dx, double dy) = Displacement(w);
                moved[n] = d with { Dx = d.Dx + dx, Dy = d.Dy + dy };
                if (!Areas.HasRoom(moved[n]))
                {
                    Areas.EnsureRoom([.. displacements.Select((other, m) => m == n ? moved[n] : other)]);
                }

                if (peaks is not null)
                {
                    float scale = 1f / ((float)Areas.Area.PixelCount * Areas.Area.PixelCount);
                    peaks[n] = new AlignmentPeak(
                        iteration!.Value.Number, d.ImageNumber, dx, dy, w.Correlation.Radius, [.. w.Correlation.Patch.Select(v => v * scale)]);
                }
            }

            if (iteration is { } i)
            {
                int frames = Interlocked.Increment(ref done);
                _progress?.Report(new RunProgress("Reconstruction", i.Number - 1, i.Of)
                {
                    Part = (double)frames / moved.Length,
                    Within = $"frame {frames} of {moved.Length}",
                });
            }
        });
        return (align ? DisplacementAlgebra.Followed(displacements, moved, [.. Enumerable.Range(0, moved.Length).Where(Counts)]) : displacements, Math.Sqrt(squares.Where((_, n) => Counts(n)).Average()));
    }

    private bool Counts(int frame) => Outliers is null || !Outliers[frame];

    private (double Dx, double Dy) Displacement(Workspace w)
    {
        AreaStatistics.Normalise(w.Simulated);
        AreaStatistics.Normalise(w.Measured);
        _correlator.Correlate(w.Measured, w.Simulated, w.Correlation);
        return _correlator.PeakNearCentre(_parameters.Alignment.Precision, w.Correlation);
    }

    private static double Variance(ReadOnlySpan<float> area)
    {
        (_, double deviation) = AreaStatistics.MeanAndDeviation(area);
        return deviation * deviation;
    }

    /// <summary>The memory one thread's pass over a frame writes to.</summary>
    private sealed class Workspace(FrameComparison comparison) : IDisposable
    {
        public AreaWorkspace Areas { get; } = comparison.Areas.CreateWorkspace();

        public ImageWorkspace Image { get; } = comparison._simulator.CreateWorkspace();

        public CorrelationWorkspace Correlation { get; } = comparison._correlator.CreateWorkspace(comparison._parameters.Alignment.CenterOfMassRadius);

        public float[] Simulated { get; } = new float[comparison.Areas.Area.PixelCount];

        public float[] Measured { get; } = new float[comparison.Areas.Area.PixelCount];

        public void Dispose()
        {
            Areas.Dispose();
            Image.Dispose();
            Correlation.Dispose();
        }
    }
}
