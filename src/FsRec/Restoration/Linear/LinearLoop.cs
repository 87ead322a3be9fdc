using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Restoration;

/// <summary>
/// The linear reconstruction: align the frames to the images of the wave, back-project them, simulate again. The first iteration from
/// nothing has no images to align to and only back-projects. Simulation and alignment of a frame are one pass. Where the series is aligned
/// to the model, an iteration's alignment is a round of that: the correlation would lose the frames of vanishing contrast again.
/// </summary>
internal sealed class LinearLoop : IDisposable
{
    private readonly FocalSeries _series;
    private readonly AlignedSeries _start;
    private readonly ReconstructionParameters _parameters;

    // What the wave is held against.
    private readonly FocalSeries _placed;
    private readonly FrameComparison _comparison;
    private readonly RestorationFilter _filter;
    private readonly BackProjector _backProjector;

    // Where defects are left in the frames: what makes the wave that has them, and the wave without, by which frames are aligned.
    private readonly BackProjector? _defective;
    private readonly ComplexPlane _guide;
    private readonly ModelAligner? _aligner;
    private readonly AzimuthalAberrations _aberrations;
    private readonly int _threads;
    private readonly IProgress<RunProgress>? _progress;

    // The alignment to the model does not depend on the wave: once it moves nothing, it never will again.
    private bool _rests;

    // Where the frames lay as they were judged last, if the alignment has not moved them since: nothing else decides the judgement.
    private IReadOnlyList<FrameDisplacement>? _judged;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Prepares the loop: transfer functions, filters, workspaces.</summary>
    /// <param name="start">The series with its displacements.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public LinearLoop(AlignedSeries start, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        FocalSeries series = start.Series;
        _start = start;
        _series = series;
        _parameters = series.Parameters;
        _threads = threads;
        _progress = progress;
        _cancellationToken = cancellationToken;
        FrameSpectra spectra = series.Spectra(threads, progress, cancellationToken);
        Band = new WaveBand(FrequencyGrid.Of(series.Calibration), _parameters.Linear.Limit);
        spectra.Narrow(Band, threads, cancellationToken);
        _placed = series.ForPlaces(threads, progress, cancellationToken);
        FrameSpectra held = _placed.Spectra(threads, progress, cancellationToken);
        held.Narrow(Band, threads, cancellationToken);
        _comparison = new FrameComparison(series, Band, held, threads, progress, cancellationToken);
        bool envelopes = SeriesOptics.HasEnvelopes(series);
        _aberrations = new AzimuthalAberrations(series.Microscope);
        Method = Prealignment.MethodOf(start, threads, cancellationToken);
        if (Method == PrealignmentMethods.Model)
        {
            _aligner = new ModelAligner(series, threads, progress, cancellationToken);
            Judge(_aligner, start.Displacements);
        }

        else if (Prealignment.Asked(_parameters) is null)
        {
            Outliers = start.Outliers ?? [.. FrameMembership.Judge(start, threads, cancellationToken).Select(static p => p.IsOutlier)];
            _comparison.Outliers = Outliers;
        }

        _filter = new RestorationFilter(Band, series.Count, _parameters.Linear.FilterCutoff, envelopes, Weights());
        TransferRows.ForEach(Band, SeriesOptics.Transfers(series, series.Foci), threads, cancellationToken, rows =>
        {
            _filter.FillRow(rows);
            _comparison.FillRow(rows);
        });
        _backProjector = new BackProjector(Band, held, _filter, series.Count, threads, cancellationToken);
        Wave = Band.CreateSpectrum();
        if (_placed == series)
        {
            _guide = Wave;
            return;
        }

        _guide = Band.CreateSpectrum();
        _defective = new BackProjector(Band, spectra, _filter, series.Count, threads, cancellationToken);
    }

    /// <summary>The band of the wave.</summary>
    public WaveBand Band { get; }

    /// <summary>The wave's spectrum as it stands, as a round lens would show it.</summary>
    public ComplexPlane Wave { get; }

    /// <summary>The method by which the frames are aligned, as key Methprealign names it.</summary>
    public string Method { get; }

    /// <summary>Which frames do not belong to the others where frame is aligned against frame; <see langword="null"/> where that was not to be asked.</summary>
    public IReadOnlyList<bool>? Outliers { get; }

    /// <summary>How the wave fits the frames after the last iteration; <see langword="null"/> before.</summary>
    public LinearFit? Fit { get; private set; }

    /// <summary>The wave as it stands.</summary>
    /// <param name="filter">A hard band-pass; <see langword="null"/> for none.</param>
    public ExitWave ToWave(FrequencyBand? filter = null)
    {
        using ComplexPlane spectrum = Band.CreateSpectrum();
        spectrum.CopyFrom(Wave);
        _aberrations.Remove(spectrum, Band);
        return WaveSpectrum.ToWave(spectrum, Band, _series.Calibration, filter);
    }

    /// <summary>Runs the iterations.</summary>
    /// <param name="previous">A wave to start from; <see langword="null"/> to start from the frames alone.</param>
    /// <param name="iterations">Number of iterations.</param>
    /// <param name="afterIteration">Told of each iteration once its wave stands.</param>
    /// <param name="afterAlignment">Told of each alignment's correlation peaks.</param>
    /// <param name="resume">What to take up; the loop was made with its displacements.</param>
    /// <param name="afterState">Told of the state after each iteration.</param>
    /// <returns>The displacements at the end and the history.</returns>
    /// <exception cref="AlignmentException">A frame drifts over the frame's edge.</exception>
    public (IReadOnlyList<FrameDisplacement> Displacements, IReadOnlyList<IterationRecord> History) Run(
        ExitWave? previous, int iterations, Action<int>? afterIteration, Action<IReadOnlyList<AlignmentPeak>>? afterAlignment, LinearState? resume, Action<LinearState>? afterState)
    {
        IReadOnlyList<FrameDisplacement> displacements = _start.Displacements;
        var history = new List<IterationRecord>(resume?.History ?? []);
        _comparison.Areas.EnsureRoom(displacements);

        bool hasWave = previous is not null;
        if (previous is not null)
        {
            using ComplexPlane spectrum = WaveSpectrum.FromWave(previous, Band);
            _aberrations.Apply(spectrum, Band);
            Wave.CopyFrom(spectrum);
            if (_defective is not null)
            {
                _backProjector.Run(displacements, _guide, _cancellationToken);
                WaveSpectrum.Normalise(_guide, Band);
            }
        }

        if (history.Count > 0)
        {
            Project(displacements);
            hasWave = true;
        }

        // A run that is taken up may have been stopped after the iteration that was its last.
        bool settled = history.Count > (previous is null ? 1 : 0) && HasSettled(history[^1]);
        for (int iteration = history.Count + 1; iteration <= iterations && !settled; iteration++)
        {
            IReadOnlyList<FrameDisplacement> moved = displacements;
            if (hasWave)
            {
                // The simulation that aligns this iteration shows the residual of the one before.
                (moved, double residual) = Align(displacements, (iteration, iterations), afterAlignment);
                CompleteLast(history, residual);
            }

            double scattered = Project(moved);
            IReadOnlyList<FrameDisplacement> moves = DisplacementAlgebra.Subtract(moved, displacements);
            var record = new IterationRecord(
                iteration,
                DisplacementAlgebra.Largest(moves),
                DisplacementAlgebra.Largest(DisplacementAlgebra.WithoutTilt(moves, _series.Foci)),
                scattered,
                double.NaN);
            history.Add(record);
            displacements = moved;
            afterIteration?.Invoke(iteration);
            afterState?.Invoke(new LinearState(displacements, [.. history]) { Outliers = Outliers, Apart = _start.Apart });
            _progress?.Report(new RunProgress("Reconstruction", iteration, iterations, FormattableString.Invariant(
                $"largest move {record.LargestMove:0.0000} px, scattered {100 * scattered:0.000} %"))
            {
                Iteration = new IterationFigures(null, null, record.LargestMove),
            });
            settled = hasWave && HasSettled(record);
            hasWave = true;
        }

        if (history.Count > 0)
        {
            CompleteLast(history, _comparison.Residual(Wave, displacements, null));
            Fit = new LinearFit(history[^1].ResidualRms, _comparison.Contrast, NoiseRms());
        }

        return (displacements, history);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _aligner?.Dispose();
        _backProjector.Dispose();
        if (_defective is not null)
        {
            _defective.Dispose();
            _guide.Dispose();
        }

        _filter.Dispose();
        _comparison.Dispose();
        Wave.Dispose();
    }

    /// <summary>Makes the wave of the frames at their displacements; returns the share of the electrons that it scatters.</summary>
    private double Project(IReadOnlyList<FrameDisplacement> displacements)
    {
        _backProjector.Run(displacements, _guide, _cancellationToken);
        double scattered = WaveSpectrum.Normalise(_guide, Band);
        if (_defective is null)
        {
            return scattered;
        }

        _defective.Run(displacements, Wave, _cancellationToken);
        return WaveSpectrum.Normalise(Wave, Band);
    }

    // The other restorations only need the places; of the linear one as many iterations are made as were asked for.
    private bool HasSettled(IterationRecord record) => _aligner is not null && _parameters.Restoration.Method != RestorationMethod.Linear
        ? record.LargestMoveWithoutTilt < ModelAlignment.Settled
        : _parameters.Linear.StopWhenAligned
            && record.LargestMove < _parameters.Alignment.Precision
            && record.LargestMoveWithoutTilt < _parameters.Alignment.Precision;

    private double[]? Weights()
    {
        if (_aligner is { } aligner)
        {
            return [.. aligner.Judgements(together: false).Select(static p => p.Weight)];
        }

        return Outliers is { } outliers && outliers.Contains(true) ? [.. outliers.Select(static o => o ? 0.0 : 1)] : null;
    }

    private (IReadOnlyList<FrameDisplacement> Displacements, double Residual) Align(
        IReadOnlyList<FrameDisplacement> displacements, (int Number, int Of) iteration, Action<IReadOnlyList<AlignmentPeak>>? afterAlignment)
    {
        if (_aligner is not null)
        {
            double residual = _comparison.Residual(_guide, displacements, iteration);
            if (_rests)
            {
                return (displacements, residual);
            }

            Judge(_aligner, displacements);
            _judged = null;
            _aligner.Realign();
            IReadOnlyList<FrameDisplacement> moves = DisplacementAlgebra.Subtract(_aligner.Displacements, displacements);
            _rests = DisplacementAlgebra.Largest(DisplacementAlgebra.WithoutTilt(moves, _series.Foci)) < ModelAlignment.Settled;
            return (_aligner.Displacements, residual);
        }

        AlignmentPeak[]? peaks = afterAlignment is null ? null : new AlignmentPeak[displacements.Count];
        (IReadOnlyList<FrameDisplacement> Displacements, double Residual) result = _comparison.Align(_guide, displacements, iteration, peaks);
        afterAlignment?.Invoke(peaks!);
        return result;
    }

    /// <summary>Judges the frames at displacements, and from these alone, so that a run that is taken up goes on as if it had not been stopped.</summary>
    private void Judge(ModelAligner aligner, IReadOnlyList<FrameDisplacement> displacements)
    {
        if (!ReferenceEquals(_judged, displacements))
        {
            aligner.Start(displacements);
            aligner.Judge();
            _judged = displacements;
        }
    }

    /// <summary>What the frames' noise is after the alignment filter.</summary>
    private double NoiseRms()
    {
        double noise = NoiseLevel.Of(_placed, _threads, null, _cancellationToken).Average();
        var filter = new SoftBandPass(_parameters.EffectiveAlignmentFilter);
        FrequencyGrid grid = Band.Grid;
        double sum = 0;
        // A quarter of the frequencies, which counts for all but once on the axes.
        for (int ky = 0; ky <= grid.Rows / 2; ky++)
        {
            for (int kx = 0; kx <= grid.Columns / 2; kx++)
            {
                double pass = ky == 0 && kx == 0 ? 0 : filter.At(grid.SquaredFrequency(ky, kx));
                sum += Signs(ky, grid.Rows) * Signs(kx, grid.Columns) * pass * pass;
            }
        }

        return Math.Sqrt(noise * sum / ((double)grid.Rows * grid.Columns));

        // Zero and the Nyquist frequency of an even number have one sign.
        static int Signs(int k, int count) => k == 0 || 2 * k == count ? 1 : 2;
    }

    private static void CompleteLast(List<IterationRecord> history, double residual)
    {
        if (history.Count > 0)
        {
            history[^1] = history[^1] with { ResidualRms = residual };
        }
    }
}
