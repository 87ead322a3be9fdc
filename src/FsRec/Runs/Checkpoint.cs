using System.Diagnostics;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// Keeps the state of a long reconstruction on disk while it runs: after the iteration that ends ten seconds, when it is stopped, and no
/// more once it is done. A run shorter than that leaves nothing. Asked to, it takes up where an earlier run was.
/// </summary>
public sealed class Checkpoint
{
    private readonly string _path;
    private readonly RunContext _context;
    private readonly TimeSpan _interval;
    private readonly FocalSeries _series;
    private readonly RunState? _found;
    private InputFingerprint? _fingerprint;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _written = Stopwatch.GetTimestamp();
    private LinearState? _linear;
    private NonlinearState? _nonlinear;

    /// <summary>Prepares the state of a series' reconstruction.</summary>
    /// <param name="series">The series; OUTPUTPATH and OUTPUTFILENAME of its parameters say where the state lies.</param>
    /// <param name="resume">Whether to take up a state that is there.</param>
    /// <param name="context">Told of what is taken up.</param>
    /// <exception cref="FsRecException">The state belongs to other parameters or frames.</exception>
    public Checkpoint(FocalSeries series, bool resume, RunContext context)
        : this(series, resume, context, TimeSpan.FromSeconds(10))
    {
    }

    internal Checkpoint(FocalSeries series, bool resume, RunContext context, TimeSpan interval)
    {
        (_series, _context, _interval) = (series, context, interval);
        _path = OutputFiles.Of(series.Parameters).State;
        if (!resume)
        {
            return;
        }

        if (!File.Exists(_path))
        {
            context.Tell($"There is no state '{_path}' to take up; the run starts from the beginning.");
            return;
        }

        _found = StateFile.Read(_path);
        string? other = _found.Fingerprint.Frames != Fingerprint.Frames ? "frames"
            : _found.Fingerprint.Parameters != Fingerprint.Parameters ? "parameters" : null;
        if (other is not null)
        {
            throw new DataException($"The state '{_path}' was written for other {other} than this run's. Remove it, or run without --resume.");
        }

        context.Tell($"Taken up after {_found.Linear.History.Count} linear and {_found.Nonlinear?.History.Count ?? 0} nonlinear iterations.");
    }

    /// <summary>The alignment to start from, if one is taken up.</summary>
    public AlignedSeries? Start => _found is null ? null : new AlignedSeries(_series, _found.Linear.Displacements);

    private InputFingerprint Fingerprint => _fingerprint ??= InputFingerprint.Of(_series);

    /// <summary>Runs a reconstruction from where the state is, and keeps the state meanwhile.</summary>
    /// <param name="start">The alignment, as <see cref="Start"/> gives it where a state is taken up.</param>
    /// <param name="previous">A wave to continue from; <see langword="null"/> to start from the frames.</param>
    /// <param name="options">Method, iterations, threads, callbacks.</param>
    /// <returns>The reconstruction; after an interruption the linear iterations have the same bits as without, the nonlinear ones end at the same wave within their tolerance.</returns>
    public RestorationResult Run(AlignedSeries start, ExitWave? previous, ReconstructionOptions options)
    {
        try
        {
            RestorationResult result = WaveReconstruction.Run(
                start,
                previous,
                options with { Resume = _found?.Linear, AfterState = Keep },
                _found?.Nonlinear,
                Keep,
                _context.Progress,
                _context.CancellationToken);
            Remove();
            return result;
        }
        catch (OperationCanceledException)
        {
            if (_found is not null || Stopwatch.GetElapsedTime(_started) >= _interval)
            {
                Write();
            }

            throw;
        }
    }

    private void Keep(LinearState state)
    {
        _linear = state;
        WriteNowAndThen();
    }

    private void Keep(NonlinearState state)
    {
        _nonlinear = state;
        WriteNowAndThen();
    }

    private void WriteNowAndThen()
    {
        if (Stopwatch.GetElapsedTime(_written) >= _interval)
        {
            Write();
        }
    }

    private void Write()
    {
        if ((_linear ?? _found?.Linear) is { } linear)
        {
            StateFile.Write(_path, new RunState(Fingerprint, linear, _nonlinear ?? _found?.Nonlinear));
            _written = Stopwatch.GetTimestamp();
        }
    }

    private void Remove()
    {
        try
        {
            if (File.Exists(_path))
            {
                File.Delete(_path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _context.Warn($"The state '{_path}' is of no use any more and cannot be removed: {e.Message}");
        }
    }
}
