using System.Diagnostics;
using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// Keeps the state of a long reconstruction on disk while it runs: after the iteration that ends ten seconds, when it is stopped, and until
/// its results are whole: a stop or a failure between the last iteration and these loses nothing. A run that ends within ten seconds leaves nothing.
/// Asked to, it takes up where an earlier run was. A state that cannot be written is no reason to end a reconstruction: it goes on with a warning.
/// </summary>
public sealed class Checkpoint : IDisposable
{
    private readonly string _path;
    private readonly RunContext _context;
    private readonly TimeSpan _interval;
    private readonly FocalSeries _series;
    private readonly bool _usesPrevious;
    private readonly RunState? _found;
    private readonly object _gate = new();
    private InputFingerprint? _fingerprint;
    private long _written = Stopwatch.GetTimestamp();
    private LinearState? _linear;
    private RefinementState? _refinement;
    private AlignedSeries? _begun;
    private IReadOnlyList<RunMessage> _warnings = [];

    // What the alignment to the model knows of frames beyond their places is not in the state.
    private readonly bool _replays;
    private bool _warned;
    private bool _isReconstructed;

    // What lies on disk is what is known; nothing is to be written any more.
    private bool _isWritten;
    private bool _isOver;

    /// <summary>Prepares the state of a series' reconstruction.</summary>
    /// <param name="series">The series; OUTPUTPATH and OUTPUTFILENAME of its parameters say where the state lies.</param>
    /// <param name="use">Whether to take up a state that is there.</param>
    /// <param name="context">Told of what is taken up.</param>
    /// <param name="usesPrevious">Whether the reconstruction goes on from the files of an earlier run.</param>
    /// <exception cref="FsRecException">The state belongs to another build, processor, method, to other parameters or frames.</exception>
    public Checkpoint(FocalSeries series, StateUse use, RunContext context, bool usesPrevious = false)
        : this(series, use, context, TimeSpan.FromSeconds(10), usesPrevious)
    {
    }

    internal Checkpoint(FocalSeries series, StateUse use, RunContext context, TimeSpan interval, bool usesPrevious = false)
    {
        (_series, _context, _interval, _usesPrevious) = (series, context, interval, usesPrevious);
        _path = OutputFiles.Of(series.Parameters).State;
        if (use is StateUse.None or StateUse.Keep)
        {
            return;
        }

        if (!File.Exists(_path))
        {
            if (use == StateUse.Resume)
            {
                context.Tell($"There is no state '{_path}' to take up; the run starts from the beginning.");
            }

            return;
        }

        RunState found;
        try
        {
            found = StateFile.Read(_path, context.Names);
            if (found.Fingerprint.Difference(Fingerprint, context.Names) is { } difference)
            {
                throw new DataException($"The state '{_path}' was written {difference} Otherwise remove it, or run without {context.Names.Resume}.");
            }
        }
        catch (DataException e) when (use == StateUse.ResumeOwn)
        {
            context.Tell($"The run starts from the beginning. {e.Message}");
            return;
        }

        if (use == StateUse.ResumeOwn && found.Linear.History.Count > series.Parameters.Linear.Iterations)
        {
            context.Tell($"The run starts from the beginning: the state '{_path}' is after more iterations than are asked for.");
            return;
        }

        _found = found;
        _warnings = found.Warnings;
        context.Warn(_warnings);
        _begun = new AlignedSeries(series, found.Start) { Method = found.Method, Apart = found.Linear.Apart };
        _replays = Prealignment.MethodOf(_begun, context.Threads, context.CancellationToken) == PrealignmentMethods.Model;
        int done = _found.Linear.History.Count;
        string restoration = _found.Refinement is { History.Count: var refined } ? $"; the refinement goes on after {Counted.Of(refined, "iteration")}"
            : series.Parameters.Restoration.Method == RestorationMethod.Linear ? "" : "; the restoration is done anew";
        context.Tell(_replays
            ? $"Taken up after the alignment; {(done == 1 ? "its iteration is" : $"its {done} iterations are")} done again, by what the alignment to the model learnt on the way{restoration}."
            : $"Taken up after {Counted.Of(done, "linear iteration")}{restoration}.");
    }

    /// <summary>The alignment to start from, if one is taken up.</summary>
    public AlignedSeries? Start => _found is null || _replays
        ? _begun
        : new AlignedSeries(_series, _found.Linear.Displacements) { Method = _found.Method, Outliers = _found.Linear.Outliers, Apart = _found.Linear.Apart };

    /// <summary>Takes what the alignment before the iterations warned of: a run that is taken up says it again.</summary>
    /// <param name="warnings">The warnings.</param>
    internal void Keep(IEnumerable<RunMessage> warnings) => _warnings = [.. warnings];

    private InputFingerprint Fingerprint => _fingerprint ??= InputFingerprint.Of(_series, _usesPrevious);

    /// <summary>Runs a reconstruction from where the state is, and keeps the state meanwhile.</summary>
    /// <param name="start">The alignment, as <see cref="Start"/> gives it where a state is taken up.</param>
    /// <param name="previous">A wave to continue from; <see langword="null"/> to start from the frames.</param>
    /// <param name="options">Method, iterations, threads, callbacks.</param>
    /// <returns>
    /// The reconstruction, with the same bits as without an interruption: what cannot be taken up with all that it goes by, as an alignment to the model, is
    /// done again.
    /// </returns>
    /// <exception cref="FsRecException">The state is further than the iterations that are asked for.</exception>
    public RestorationResult Run(AlignedSeries start, ExitWave? previous, ReconstructionOptions options)
    {
        int iterations = options.Iterations ?? _series.Parameters.Linear.Iterations;
        if (_found is { } found && !_replays && found.Linear.History.Count > iterations)
        {
            throw new DataException($"The state '{_path}' is after {Counted.Of(found.Linear.History.Count, "iteration")}, and {iterations} {(iterations == 1 ? "is" : "are")} asked for. Ask for as many at least ({_context.Names.Iterations}), remove it, or run without {_context.Names.Resume}.");
        }

        if (_found is not null)
        {
            int done = _replays ? 0 : _found.Linear.History.Count;
            _context.Tell($"{Counted.Of(iterations - done, "iteration")} to go, of {iterations}.");
        }

        _begun = _found is null ? start : _begun;
        // Until the results are whole, or whoever has the checkpoint lets it go.
        _context.StopActions.Add(End);
        try
        {
            RestorationResult result = WaveReconstruction.Run(
                start,
                previous,
                options with { Resume = _replays ? null : _found?.Linear, AfterState = Keep },
                _found?.Refinement,
                Keep,
                _context.Progress,
                _context.CancellationToken);
            _isReconstructed = true;
            return result;
        }
        catch (Exception e)
        {
            Preserve(e);
            throw;
        }
    }

    /// <summary>
    /// Has the state kept of a run that ends without results: one that was stopped, or whose disk, memory or folder failed. A reconstruction that fails by its
    /// own data would fail again.
    /// </summary>
    /// <param name="reason">Why it ends.</param>
    /// <returns>Whether the state is on disk.</returns>
    public bool Preserve(Exception reason) =>
        (_isReconstructed || reason is not FsRecException || reason.InnerException is IOException or UnauthorizedAccessException) && Write(isEnd: true);

    /// <summary>Removes the state once the results are whole.</summary>
    public void Remove()
    {
        Dispose();
        try
        {
            if (File.Exists(_path))
            {
                File.Delete(_path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _context.Warn(WarningIds.StateNotRemoved, $"The state '{_path}' is of no use any more and cannot be removed: {e.Message}");
        }
    }

    /// <summary>Lets go of the state, as it lies there: nothing is written any more, not at the end of the process either.</summary>
    public void Dispose()
    {
        _context.StopActions.Remove(End);
        lock (_gate)
        {
            _isOver = true;
        }
    }

    /// <summary>The process ends, and does not wait for the run.</summary>
    private void End()
    {
        Write(isEnd: true);
        Dispose();
    }

    private void Keep(LinearState state)
    {
        lock (_gate)
        {
            (_linear, _isWritten) = (state, false);
        }

        if (Stopwatch.GetElapsedTime(_written) >= _interval)
        {
            Write(isEnd: false);
        }
    }

    private void Keep(Func<RefinementState> state, bool always)
    {
        bool due = Stopwatch.GetElapsedTime(_written) >= _interval;
        if (always || due)
        {
            RefinementState now = state();
            lock (_gate)
            {
                (_refinement, _isWritten) = (now, false);
            }
        }

        if (due)
        {
            Write(isEnd: false);
        }
    }

    /// <summary>Writes what is known. One thread at a time: the end of the process waits for a state that is half-written.</summary>
    /// <returns>Whether it is on disk.</returns>
    private bool Write(bool isEnd)
    {
        lock (_gate)
        {
            if (_isWritten || _isOver || (_linear ?? _found?.Linear) is not { } linear)
            {
                return _isWritten;
            }

            _written = Stopwatch.GetTimestamp();
            try
            {
                StateFile.Write(_path, new RunState(Fingerprint, _begun?.Displacements ?? linear.Displacements, _begun?.Method, linear) { Refinement = _refinement ?? _found?.Refinement, Warnings = _warnings });
                (_isWritten, _warned) = (true, false);
            }
            catch (FsRecException e)
            {
                if (!_warned)
                {
                    _context.Warn(WarningIds.StateNotKept, $"The state of the run cannot be kept, and {_context.Names.Resume} will not find it{(isEnd ? "" : "; the run goes on")}. {e.Message}");
                }

                _warned = true;
            }

            return _isWritten;
        }
    }
}
