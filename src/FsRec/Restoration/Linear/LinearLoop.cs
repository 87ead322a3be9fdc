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
    private readonly IReadOnlyList<FrameDisplacement> _start;
    private readonly ReconstructionParameters _parameters;
    private readonly FrameSpectra _spectra;
    private readonly AlignmentAreas _areas;
    private readonly AreaCorrelator _correlator;
    private readonly ImageSimulator _simulator;
    private readonly FrameRegion?[] _regions;
    private readonly ComplexPlane[] _transfers;
    private readonly RestorationFilter _filter;
    private readonly BackProjector _backProjector;
    private readonly PerWorker<Workspace> _workspaces;
    private readonly ModelAligner? _aligner;
    private readonly AzimuthalAberrations _aberrations;
    private readonly double[] _contrasts;
    private readonly int _threads;
    private readonly IProgress<RunProgress>? _progress;
    private int _iterations;

    // The alignment to the model does not depend on the wave: once it moves nothing, it never will again.
    private bool _rests;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Prepares the loop: transfer functions, filters, workspaces.</summary>
    /// <param name="start">The series with its displacements.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <param name="aligns">Whether iterations are to be made; otherwise a wave is only to be held against the frames.</param>
    public LinearLoop(AlignedSeries start, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken, bool aligns = true)
    {
        FocalSeries series = start.Series;
        _start = start.Displacements;
        _series = series;
        _parameters = series.Parameters;
        _threads = threads;
        _progress = progress;
        _cancellationToken = cancellationToken;
        _spectra = series.Spectra(threads, progress, cancellationToken);
        _areas = new AlignmentAreas(_spectra.Transform, series.Calibration, series.ReferenceArea, _parameters.EffectiveAlignmentFilter);
        _regions = [.. Enumerable.Range(0, series.Count).Select(_ => _areas.CreateRegion())];
        _correlator = new AreaCorrelator(_areas.Area.Rows, _areas.Area.Columns);
        Band = new WaveBand(FrequencyGrid.Of(series.Calibration), _parameters.Linear.Limit);
        _simulator = new ImageSimulator(Band);
        bool envelopes = _parameters.Linear.Envelopes;
        _aberrations = new AzimuthalAberrations(series.Microscope);
        TransferFunction[] functions = [.. series.Foci.Select(z => new TransferFunction(series.Microscope, z))];
        _transfers = [.. functions.Select(_ => FrameOptics.CreateImageTransfer(Band))];
        Method = aligns ? Prealignment.MethodOf(start, threads, cancellationToken) : start.Method ?? PrealignmentMethods.Sequential;
        if (aligns && Method == PrealignmentMethods.Model)
        {
            _aligner = new ModelAligner(series, threads, progress, cancellationToken);
            _aligner.Start(_start);
            _aligner.Judge();
        }

        if (aligns && Method == PrealignmentMethods.Sequential && Prealignment.Asked(_parameters) is null)
        {
            Outliers = start.Outliers ?? [.. FrameMembership.Judge(start, threads, cancellationToken).Select(static p => p.IsOutlier)];
        }

        _filter = new RestorationFilter(Band, series.Count, _parameters.Linear.FilterCutoff, envelopes, Weights());
        TransferRows.ForEach(Band, functions, threads, cancellationToken, rows =>
        {
            _filter.FillRow(rows);
            for (int n = 0; n < rows.Frames; n++)
            {
                FrameOptics.FillImageTransfer(_transfers[n], Band, rows, n, envelopes);
            }
        });
        _backProjector = new BackProjector(Band, _spectra, _filter, series.Count, threads);
        _workspaces = new(FrameLoop.Workers(threads), () => new Workspace(this));
        Wave = Band.CreateSpectrum();
        _contrasts = new double[series.Count];
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
        IReadOnlyList<FrameDisplacement> displacements = _start;
        var history = new List<IterationRecord>(resume?.History ?? []);
        _iterations = iterations;
        _areas.EnsureRoom(displacements);

        bool hasWave = previous is not null;
        if (previous is not null)
        {
            using ComplexPlane spectrum = WaveSpectrum.FromWave(previous, Band);
            _aberrations.Apply(spectrum, Band);
            Wave.CopyFrom(spectrum);
        }

        if (history.Count > 0)
        {
            _backProjector.Run(displacements, Wave, _cancellationToken);
            WaveSpectrum.Normalise(Wave, Band);
            hasWave = true;
        }

        for (int iteration = history.Count + 1; iteration <= iterations; iteration++)
        {
            IReadOnlyList<FrameDisplacement> moved = displacements;
            if (hasWave)
            {
                // The simulation that aligns this iteration shows the residual of the one before.
                (moved, double residual) = Align(displacements, iteration, afterAlignment);
                CompleteLast(history, residual);
            }

            _backProjector.Run(moved, Wave, _cancellationToken);
            double scattered = WaveSpectrum.Normalise(Wave, Band);
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
            afterState?.Invoke(new LinearState(displacements, [.. history]));
            _progress?.Report(new RunProgress("Reconstruction", iteration, iterations, FormattableString.Invariant(
                $"largest move {record.LargestMove:0.0000} px, scattered {100 * scattered:0.000} %")));
            bool settled = hasWave && HasSettled(record);
            hasWave = true;
            if (settled)
            {
                break;
            }
        }

        if (history.Count > 0)
        {
            CompleteLast(history, SimulateAndAlign(displacements, align: false, 0, null).Residual);
            Fit = new LinearFit(history[^1].ResidualRms, Math.Sqrt(_contrasts.Where((_, n) => Counts(n)).Average()), NoiseRms());
        }

        return (displacements, history);
    }

    /// <summary>
    /// The residual of a wave as the records of the iterations have it, and the share of the electrons that it scatters; <see langword="null"/> where the
    /// reference area lies outside a frame.
    /// </summary>
    public (double ResidualRms, double ScatteredFraction)? Hold(ExitWave wave)
    {
        if (!_start.All(_areas.HasRoom))
        {
            return null;
        }

        using ComplexPlane spectrum = WaveSpectrum.FromWave(wave, Band);
        _aberrations.Apply(spectrum, Band);
        WaveSpectrum.DivideByMean(spectrum, Band);
        // Over the vacuum it was; of an intensity of 1 in all it is s/(1 + s).
        double scattered = WaveSpectrum.ScatteredFraction(spectrum, Band);
        Wave.CopyFrom(spectrum);
        SpectrumKernels.AddScaled(spectrum, (float)((1 / Math.Sqrt(1 + scattered)) - 1), Wave);
        return (SimulateAndAlign(_start, align: false, 0, null).Residual, WaveSpectrum.Normalise(Wave, Band));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _aligner?.Dispose();
        _workspaces.Dispose();
        _backProjector.Dispose();
        _filter.Dispose();
        foreach (FrameRegion? region in _regions)
        {
            region?.Dispose();
        }

        foreach (ComplexPlane transfer in _transfers)
        {
            transfer?.Dispose();
        }

        Wave.Dispose();
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

    private bool Counts(int frame) => Outliers is null || !Outliers[frame];

    private (IReadOnlyList<FrameDisplacement> Displacements, double Residual) Align(
        IReadOnlyList<FrameDisplacement> displacements, int iteration, Action<IReadOnlyList<AlignmentPeak>>? afterAlignment)
    {
        if (_aligner is not null)
        {
            double residual = SimulateAndAlign(displacements, align: false, iteration, null).Residual;
            if (_rests)
            {
                return (displacements, residual);
            }

            // From the displacements alone, so that a run that is taken up goes on as if it had not been stopped.
            _aligner.Start(displacements);
            _aligner.Judge();
            _aligner.Realign();
            IReadOnlyList<FrameDisplacement> moves = DisplacementAlgebra.Subtract(_aligner.Displacements, displacements);
            _rests = DisplacementAlgebra.Largest(DisplacementAlgebra.WithoutTilt(moves, _series.Foci)) < ModelAlignment.Settled;
            return (_aligner.Displacements, residual);
        }

        AlignmentPeak[]? peaks = afterAlignment is null ? null : new AlignmentPeak[displacements.Count];
        (IReadOnlyList<FrameDisplacement> Displacements, double Residual) result = SimulateAndAlign(displacements, align: true, iteration, peaks);
        afterAlignment?.Invoke(peaks!);
        return result;
    }

    /// <summary>What the frames' noise is after the alignment filter.</summary>
    private double NoiseRms()
    {
        double noise = NoiseLevel.Of(_series, _spectra, _threads, _cancellationToken).Average();
        var filter = new SoftBandPass(_parameters.EffectiveAlignmentFilter);
        FrequencyGrid grid = Band.Grid;
        double sum = 0;
        for (int row = 0; row < grid.Rows; row++)
        {
            int ky = FrequencyGrid.Signed(row, grid.Rows);
            for (int kx = -(grid.Columns / 2); kx < grid.Columns - (grid.Columns / 2); kx++)
            {
                double pass = ky == 0 && kx == 0 ? 0 : filter.At(grid.SquaredFrequency(ky, kx));
                sum += pass * pass;
            }
        }

        return Math.Sqrt(noise * sum / ((double)grid.Rows * grid.Columns));
    }

    private static double Variance(ReadOnlySpan<float> area)
    {
        (double sum, double squares) = (0, 0);
        foreach (float v in area)
        {
            sum += v;
            squares += (double)v * v;
        }

        double mean = sum / area.Length;
        return Math.Max(0, (squares / area.Length) - (mean * mean));
    }

    private static void CompleteLast(List<IterationRecord> history, double residual)
    {
        if (history.Count > 0)
        {
            history[^1] = history[^1] with { ResidualRms = residual };
        }
    }

    private (IReadOnlyList<FrameDisplacement> Displacements, double Residual) SimulateAndAlign(
        IReadOnlyList<FrameDisplacement> displacements, bool align, int iteration, AlignmentPeak[]? peaks)
    {
        var moved = new FrameDisplacement[displacements.Count];
        var squares = new double[displacements.Count];
        int done = 0;
        FrameLoop.Run(moved.Length, _threads, _cancellationToken, (worker, n) =>
        {
            Workspace w = _workspaces[worker];
            FrameDisplacement d = displacements[n];
            _areas.Simulated(_simulator, Wave, _transfers[n], w.Simulated, w.Areas, w.Image);
            _areas.Measured(_spectra[n], _regions[n], d.Dx, d.Dy, w.Measured, w.Areas);
            squares[n] = AreaStatistics.MeanSquaredDifference(w.Simulated, w.Measured);
            _contrasts[n] = Variance(w.Measured);
            if (align && Counts(n))
            {
                AreaStatistics.Normalise(w.Simulated);
                AreaStatistics.Normalise(w.Measured);
                _correlator.Correlate(w.Measured, w.Simulated, w.Correlation);
                (double dx, double dy) = _correlator.PeakNearCentre(_parameters.Alignment.Precision, w.Correlation);
                moved[n] = d with { Dx = d.Dx + dx, Dy = d.Dy + dy };
                if (!_areas.HasRoom(moved[n]))
                {
                    _areas.EnsureRoom([.. displacements.Select((other, m) => m == n ? moved[n] : other)]);
                }

                if (peaks is not null)
                {
                    float scale = 1f / ((float)_areas.Area.PixelCount * _areas.Area.PixelCount);
                    peaks[n] = new AlignmentPeak(
                        iteration, d.ImageNumber, dx, dy, w.Correlation.Radius, [.. w.Correlation.Patch.Select(v => v * scale)]);
                }
            }

            if (iteration > 0)
            {
                int frames = Interlocked.Increment(ref done);
                _progress?.Report(new RunProgress("Reconstruction", iteration - 1, _iterations)
                {
                    Part = (double)frames / moved.Length,
                    Within = $"frame {frames} of {moved.Length}",
                });
            }
        });
        return (align ? Followed(moved, displacements) : displacements, Math.Sqrt(squares.Where((_, n) => Counts(n)).Average()));
    }

    /// <summary>Frames that do not belong move with the nearest that do.</summary>
    private FrameDisplacement[] Followed(FrameDisplacement[] moved, IReadOnlyList<FrameDisplacement> before)
    {
        int[] sound = [.. Enumerable.Range(0, moved.Length).Where(Counts)];
        for (int n = 0; n < moved.Length && sound.Length > 0; n++)
        {
            if (!Counts(n))
            {
                int left = sound.LastOrDefault(m => m < n, sound[0]);
                int right = sound.FirstOrDefault(m => m > n, sound[^1]);
                moved[n] = before[n] with
                {
                    Dx = before[n].Dx + (0.5 * (moved[left].Dx - before[left].Dx + moved[right].Dx - before[right].Dx)),
                    Dy = before[n].Dy + (0.5 * (moved[left].Dy - before[left].Dy + moved[right].Dy - before[right].Dy)),
                };
            }
        }

        return moved;
    }

    /// <summary>The memory one thread's pass over a frame writes to.</summary>
    private sealed class Workspace(LinearLoop loop) : IDisposable
    {
        public AreaWorkspace Areas { get; } = loop._areas.CreateWorkspace();

        public ImageWorkspace Image { get; } = loop._simulator.CreateWorkspace();

        public CorrelationWorkspace Correlation { get; } = loop._correlator.CreateWorkspace(loop._parameters.Alignment.CenterOfMassRadius);

        public float[] Simulated { get; } = new float[loop._areas.Area.PixelCount];

        public float[] Measured { get; } = new float[loop._areas.Area.PixelCount];

        public void Dispose()
        {
            Areas.Dispose();
            Image.Dispose();
            Correlation.Dispose();
        }
    }
}
