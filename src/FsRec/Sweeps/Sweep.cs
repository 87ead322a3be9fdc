using System.Diagnostics;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Sweeps;

/// <summary>Reconstructs one series with many values of its parameters.</summary>
public sealed class Sweep
{
    private readonly SweepOptions _options;
    private readonly RunContext _context;
    private readonly SweepHooks _hooks;
    private readonly SweepWork[] _runs;
    private readonly SweepInputs _inputs;
    private readonly SweepProgress _progress;
    private int _next = -1;

    private Sweep(SweepWork[] runs, SweepOptions options, SweepHooks hooks, RunContext context)
    {
        (_runs, _options, _hooks, _context) = (runs, options, hooks, context);
        _progress = new SweepProgress(runs.Length, context.Progress);
        _inputs = new SweepInputs(runs.Where(static run => run.Parameters is not null).Select(static run => run.Parameters!), context);
    }

    /// <summary>The folder of each run of a sweep.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="point">The run's values.</param>
    /// <param name="folder">Folder of the sweep; <see langword="null"/> for OUTPUTFILENAME_sweep in OUTPUTPATH.</param>
    public static string FolderOf(ReconstructionParameters parameters, SweepPoint point, string? folder = null) =>
        Path.GetFullPath(Path.Combine(folder ?? OutputFiles.Of(parameters).WithEnding("_sweep"), point.Name));

    /// <summary>
    /// Runs a sweep: each run writes into a folder of its own, and one that is complete there, from the same frames and parameters, is
    /// read back instead. A run that fails leaves the others alone.
    /// </summary>
    /// <param name="parameters">The parameters that the points change.</param>
    /// <param name="points">The runs, as <see cref="SweepPoint.Grid"/> gives them.</param>
    /// <param name="options">Where and how.</param>
    /// <param name="ended">Told of each run as it ends; called from several threads, but never from two at once.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <exception cref="FsRecException">The options are not those of a reconstruction.</exception>
    /// <exception cref="OperationCanceledException">The sweep was stopped; what was complete stays so.</exception>
    public static void Run(
        ReconstructionParameters parameters, IReadOnlyList<SweepPoint> points, SweepOptions options, Action<SweepOutcome> ended, RunContext context)
    {
        RunOptions run = options.Run;
        if (run.UsePrevious || run.PrealignOnly || run.Boxcar is not null || run.StepAnalysis || run.Autofocus)
        {
            throw new FsRecException("A sweep reconstructs from the frames; continuing, summing, step analysis and autofocus are no part of it.");
        }

        // In the order of the points, whatever the order in which the runs end.
        var rows = new SortedList<int, SweepRow>();
        var order = points.Select(static (point, index) => (point, index)).ToDictionary(static p => p.point, static p => p.index);
        void Ended(SweepOutcome outcome)
        {
            if (outcome.Row is { } row)
            {
                rows.Add(order[outcome.Point], row);
            }

            ended(outcome);
        }

        Run(parameters, points, options, new SweepHooks(Ended), context);
        context.Warn(SweepDecision.Of([.. rows.Values]));
    }

    /// <summary>Runs a part of a sweep, which says nothing of what the rows decide.</summary>
    internal static void Run(ReconstructionParameters parameters, IReadOnlyList<SweepPoint> points, SweepOptions options, SweepHooks hooks, RunContext context)
    {
        SweepWork[] runs = [.. points.Select(point => SweepWork.Of(parameters, point, options.Run, FolderOf(parameters, point, options.Folder)))];
        new Sweep(runs, options, hooks, context).Run();
    }

    private void Run()
    {
        int threads = FrameLoop.Workers(_context.Threads);
        int workers = Math.Clamp(_options.ThrottleLimit, 1, Math.Max(1, _runs.Length));

        // Runs side by side share the threads instead of each taking all.
        RunContext context = _context with { Threads = Math.Max(1, threads / workers) };
        Task[] others = [.. Enumerable.Range(1, workers - 1).Select(_ => Task.Factory.StartNew(
            () => Take(context), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            Take(context);
        }
        finally
        {
            Task.WaitAll(others, CancellationToken.None);
        }

        _context.CancellationToken.ThrowIfCancellationRequested();
    }

    private void Take(RunContext context)
    {
        int index;
        while (!context.CancellationToken.IsCancellationRequested && (index = Interlocked.Increment(ref _next)) < _runs.Length)
        {
            SweepWork work = _runs[index];
            SweepOutcome? outcome;
            try
            {
                outcome = Do(work, context with { Progress = _progress.Of(index, work.Point) }) is { } row ? new SweepOutcome(work.Point, row, null) : null;
            }
            catch (FsRecException failure)
            {
                outcome = new SweepOutcome(work.Point, null, failure);
            }
            catch (OutOfMemoryException)
            {
                outcome = new SweepOutcome(work.Point, null, new MemoryException());
            }
            catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
            {
                return;
            }

            if (outcome is not null)
            {
                lock (_runs)
                {
                    _hooks.Ended(outcome);
                }
            }

            _progress.End(index);
        }
    }

    private SweepRow? Do(SweepWork work, RunContext context)
    {
        ReconstructionParameters parameters = work.Parameters ?? throw work.Invalid!;
        RunContext named = context with { Message = _hooks.Told is { } told ? message => told(work.Point, message) : Named(work.Point, context.Message) };
        named.Warn(work.Warnings);
        try
        {
            var watch = Stopwatch.StartNew();
            (FocalSeries series, string frames) = _inputs.Series(parameters);
            var folder = new SweepFolder(parameters, SweepFolder.OriginOf(parameters, _options.Run, frames));
            if (!_options.Redo && folder.Read(work.Point, !_options.SkipChiSquare) is { } row)
            {
                context.Tell($"{work.Point}: complete, read back from '{row.OutputFolder}'.");
                return row;
            }

            if (_hooks.ReadBackOnly)
            {
                return null;
            }

            _hooks.Begun?.Invoke(work.Point);
            folder.Begin();
            if (_hooks.IdleAt is { } moment)
            {
                OutputLock.RemoveOrphan(OutputFiles.Of(parameters), moment);
            }

            RunResult result = ReconstructionRun.Run(series, _options.Run with { ResumesOwn = !_options.Redo }, named, _inputs.Prealign);
            string file = OutputFiles.Of(parameters).WithEnding(".fsr");
            ParameterFile.Write(parameters, file);
            double? chiSquare = _options.SkipChiSquare ? null
                : ModelChiSquare.Of(ModelChiSquare.AsGiven(result.Reconstruction!, series), !work.Point.Has("Foci"), context.Threads, context.Progress is { } whole ? new NamedProgress(whole, "Chi-square of the row") : null, context.CancellationToken);
            return folder.Complete(work.Point, result with { Elapsed = watch.Elapsed, Files = [.. result.Files, file] }, chiSquare);
        }
        finally
        {
            _inputs.Release(parameters);
        }
    }

    private static Action<RunMessage>? Named(SweepPoint point, Action<RunMessage>? told) =>
        told is null ? null : message => told(message with { Text = $"{point}: {message.Text}" });
}
