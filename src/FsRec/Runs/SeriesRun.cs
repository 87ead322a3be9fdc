using System.Diagnostics;
using FsRec.Alignment;
using FsRec.Focus;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Rendering;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>The work of one run: the reconstruction or another mode, and its files, which are put in place together at the end.</summary>
internal sealed class SeriesRun
{
    private readonly RunOptions _options;
    private readonly RunContext _context;
    private readonly FocalSeries _series;
    private readonly OutputFiles _files;
    private readonly SeriesReconstruction _way;
    private readonly Stopwatch _watch;
    private OutputWriter _writer = null!;
    private IReadOnlyList<string> _written = [];
    private bool _showedPeaks;
    private Task _writing = Task.CompletedTask;
    private Reconstruction? _linear;
    private NonlinearResult? _nonlinear;
    private string? _previousRun;

    /// <summary>Takes what is to be run.</summary>
    /// <param name="series">The series.</param>
    /// <param name="options">What to do with it.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <param name="prealign">A pre-alignment that other runs share; <see langword="null"/> for one of its own.</param>
    /// <param name="watch">Runs since the beginning.</param>
    public SeriesRun(
        FocalSeries series, RunOptions options, RunContext context, Func<FocalSeries, RunContext, PrealignmentResult>? prealign, Stopwatch watch)
    {
        _watch = watch;
        _way = new SeriesReconstruction(context, prealign);
        _options = options;
        _context = context;
        _series = series.WithRestoration(options.Method);
        _files = OutputFiles.Of(series.Parameters);
    }

    /// <summary>Works, and puts the files in place.</summary>
    public RunResult Run()
    {
        string[] planned = [.. PlannedOutputs.Of(_series.Parameters, _options), .. _options.Saved.Select(static s => s.Path)];
        SourceGuard.Require(_series, planned);
        using OutputWriter writer = OutputWriter.Open(
            _files, planned, PlannedOutputs.Bytes(_series.Parameters, _options), _options.Force, _context);
        _writer = writer;
        bool isPart = _options.PrealignOnly || (_options.Boxcar is not null && !_options.UsePrevious);
        if (!_options.Force && (isPart || !(IsAnalysis || _options.Boxcar is not null || _options.CrossValidate is not null)))
        {
            ReplacedResults.Warn(_series, _files, isPart, _context);
        }

        return RunMode();
    }

    private bool IsAnalysis => (_options.StepAnalysis || _options.Autofocus) && !_options.UsePrevious;

    private RunResult RunMode()
    {
        if (_options.ShowArea)
        {
            _writer.Add(new OutputFile(_files.AreaPicture, "reference area", WavePictures.Frame(_series, 0).Outline(_series.ReferenceArea).Save));
        }

        if (_options.Boxcar is { } size)
        {
            return Boxcar(size);
        }

        if (_options.CrossValidate is { } every)
        {
            return CrossValidate(every);
        }

        if (_options.PrealignOnly)
        {
            return PrealignOnly();
        }

        RunResult result;
        try
        {
            Reconstruction reconstruction = IsAnalysis ? PreviousOutput.ReadWave(_series, _options.StepAnalysis, _context) : Reconstruct();
            FocusStepAnalysis? analysis = _options.StepAnalysis ? AnalyzeSteps(reconstruction) : null;
            AutofocusResult? autofocus = _options.Autofocus ? Focus(reconstruction, analysis is not null) : null;
            ResultCheck.Require(autofocus?.Reconstruction ?? reconstruction);
            result = Result(reconstruction.Aligned) with
            {
                Reconstruction = autofocus?.Reconstruction ?? reconstruction,
                StepAnalysis = analysis,
                Autofocus = autofocus,
            };
            result = Measured(result, IsAnalysis);
            Written();
            WriteDocuments(result);
            Commit(
                IsAnalysis ? OutputKind.Supplement : OutputKind.Replacement,
                result,
                autofocus is { AtEdge: false } && analysis is null ? [_files.Foci] : []);
            _writer.Save([.. _options.Saved.Select(s => new OutputFile(s.Path, s.Content, path => s.Write(path, result)))]);
            _way.State?.Remove();
        }
        catch (Exception e)
        {
            _series.SourceHashes?.End();
            // Whatever it was at: until the results are in place, the state is all there is of the work.
            if (_way.State?.Preserve(e) == true && e is FsRecException failure)
            {
                throw Kept(failure);
            }

            throw;
        }
        finally
        {
            // Whatever was written is to be cleared away, but not while it is written.
            Task.WaitAny(_writing);
            _way.State?.Dispose();
        }

        return Recorded(result) with { Files = [.. _written, .. _options.Saved.Select(static s => s.Path)] };
    }

    private RunResult Measured(RunResult result, bool analysisOnly)
    {
        // An analysis of an earlier output reconstructs nothing, and is not made to wait but for a report.
        if (!_options.MeasureResolution || (analysisOnly && _options.Documents.Count == 0))
        {
            return result;
        }

        (Resolution.ResolutionMeasurement? found, string? note) = RunResolution.Measure(result.Reconstruction!, _context);
        return result with { Resolution = found, ResolutionNote = note };
    }

    private void WriteDocuments(RunResult result)
    {
        IReadOnlyList<string> files = [.. _writer.Paths, .. _options.Documents.Select(static d => d.Path)];
        foreach (RunDocument document in _options.Documents)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            _writer.Add(new OutputFile(document.Path, document.Content, path => document.Write(path, result with { Files = files, Elapsed = _watch.Elapsed })));
        }
    }

    private RunResult PrealignOnly()
    {
        AlignedSeries aligned = _way.Prealign(_series).Aligned;
        RunAdvice.OfDrift(aligned, _context);
        _writer.Add(ReconstructionOutputs.OfAlignment(aligned, _files, _context.CancellationToken));
        RunResult result = Result(aligned);
        Commit(OutputKind.Part, result);
        return Recorded(result);
    }

    private RunResult CrossValidate(int every)
    {
        ReconstructionStart start = _options.UsePrevious
            ? ReconstructionStart.From(PreviousOutput.ReadAlignment(_series, _context), null)
            : ReconstructionStart.From(_series, null);
        var settings = new ReconstructionOptions { Iterations = _options.Iterations, Method = _options.Method, Threads = _context.Threads };
        (AlignedSeries aligned, CrossValidationResult result) = _way.CrossValidate(start, every, settings);
        return Recorded(Result(aligned) with { CrossValidation = result });
    }

    private RunResult Boxcar(int size)
    {
        AlignedSeries aligned;
        if (_options.UsePrevious)
        {
            aligned = PreviousOutput.ReadAlignment(_series, _context);
        }
        else
        {
            aligned = _way.Align(_series);
            _writer.Add(ReconstructionOutputs.OfAlignment(aligned, _files, _context.CancellationToken));
        }

        IReadOnlyList<string> sums = BoxcarRun.Write(aligned, size, _options.Force, _context);
        RunResult result = Result(aligned);
        if (_writer.Paths.Count > 0)
        {
            Commit(_options.UsePrevious ? OutputKind.Supplement : OutputKind.Part, result);
        }

        _written = [.. _written, .. sums];
        return Recorded(result);
    }

    private Reconstruction Reconstruct()
    {
        if (_options is { Resume: true, UsePrevious: false })
        {
            FinishedResults.Guard(_series, _files, _context);
        }

        Reconstruction? previous = _options.UsePrevious ? PreviousOutput.Read(_series, _context) : null;
        _previousRun = previous is null ? null : RunRecordFile.Read(_files)?.Run;
        var report = _options.ShowAlignment ? new AlignmentReport(_files, _writer.Add) : null;
        var settings = new ReconstructionOptions
        {
            Iterations = _options.Iterations,
            Method = _options.Method,
            Threads = _context.Threads,
            AfterIteration = _series.Parameters.Linear.SaveIntermediate
                ? (iteration, wave) => _writer.AddNow(new OutputFile(_files.IntermediateWave(iteration), "wave of an iteration", path => WaveFile.Write(path, wave)))
                : null,
            AfterAlignment = report is null ? null : report.Add,
        };
        ReconstructionStart start = previous is null ? ReconstructionStart.From(_series) : ReconstructionStart.From(previous) with { IsFromFiles = true };
        RestorationResult result = _way.Run(start, settings, _options.Resume ? StateUse.Resume : _options.ResumesOwn ? StateUse.ResumeOwn : StateUse.Keep);
        Reconstruction reconstruction = result.Reconstruction;
        RunAdvice.OfFrames(_series, _context);
        _showedPeaks = report?.Complete() ?? false;
        Tell(result);
        // The disk is slow, and what comes next does not need the files.
        var writing = new Task(() => _writer.Add(ReconstructionOutputs.Of(reconstruction, _files, _context.CancellationToken)));
        _writing = writing;
        if (_context.Threads == 1)
        {
            writing.RunSynchronously(TaskScheduler.Default);
            Written();
        }
        else
        {
            writing.Start(TaskScheduler.Default);
        }

        if (_options.Debug)
        {
            Written();
            DebugFiles.Write(reconstruction, _files, _context, _writer.Add);
        }

        return reconstruction;
    }

    private void Written() => _writing.GetAwaiter().GetResult();

    private FsRecException Kept(FsRecException e) =>
        new($"{e.Message} The state of the run is kept: {_context.Names.Resume} goes on from there.", e.InnerException ?? e);

    private void Tell(RestorationResult result)
    {
        (_linear, _nonlinear) = (result.Linear, result.Nonlinear);
        if (result.Reconstruction.Method != RestorationMethod.Linear)
        {
            _context.Tell(result.Nonlinear?.ToString() ?? result.Reconstruction.Uncertainty?.ToString() ?? "");
        }
    }

    private FocusStepAnalysis AnalyzeSteps(Reconstruction reconstruction)
    {
        Written();
        FocusStepAnalysis analysis = FocusStepAnalyzer.Analyze(reconstruction, _context.Threads, _context.Progress, _context.CancellationToken);
        _writer.Add(FocusRuns.Foci(analysis));
        FocusRuns.WarnOfFrames(analysis, _context);
        return analysis;
    }

    private AutofocusResult Focus(Reconstruction reconstruction, bool analyzed)
    {
        Written();
        FocusRuns.WarnOfSecondAutofocus(_files, _context);
        AutofocusResult result = Autofocus.Run(
            reconstruction, _options.AutofocusCriterion, _context.Threads, _context.Progress, _context.CancellationToken);
        if (result.AtEdge)
        {
            _context.Warn(WarningIds.FocusAtEdge, FocusRuns.AtEdge(result));
        }

        _writer.Add(FocusRuns.Corrected(result));
        if (result.AtEdge)
        {
            return result;
        }

        if (File.Exists(_files.Foci) || analyzed)
        {
            _context.Warn(WarningIds.FociOutdated, $"'{_files.Foci}' holds foci from before this correction; a run with {_context.Names.UsePrevious} takes the corrected ones in their place. Put these into the parameter file, or analyse the steps again.");
        }

        return result;
    }

    private void Commit(OutputKind kind, RunResult result, IReadOnlyList<string>? voided = null) =>
        _written = _writer.Commit(kind, _options.CommandText, result.Aligned.Series, _previousRun, voided, Told(result), Wave(result));

    // An analysis leaves the wave as it was, and a correction brings it to other foci.
    private RecordedWave? Wave(RunResult result) =>
        result.Reconstruction is not { Series: var series } ? null
        : !IsAnalysis ? RecordedWave.Of(series)
        : result.Autofocus is { AtEdge: false, Focus: var focus } ? WaveOrigin.Of(_files)?.Corrected(series, focus) ?? RecordedWave.Of(series)
        : null;

    private RunRecord Told(RunResult result)
    {
        RunAdvice.OfInputs(_series, _context);
        RunRecord record = _context.Journal!.Blank(RunOutcome.Done);
        return record with
        {
            Outcome = record.Warnings.Any(static w => RunWarnings.IsDoubt(w.Id)) ? RunOutcome.Doubtful : RunOutcome.Done,
            Figures = RunFigures.Of(result),
        };
    }

    // Of what leaves no files of its own there is a record all the same.
    private RunResult Recorded(RunResult result)
    {
        RunRecord record = _writer.Record ?? Told(result) with
        {
            Command = _options.CommandText,
            Inputs = InputRecord.Of(_series, _context.Threads, _context.CancellationToken),
            Folder = _files.Folder,
        };
        return result with { Files = _written, RunId = _writer.Record?.Run, Record = record };
    }

    private RunResult Result(AlignedSeries aligned)
    {
        if (_options.ShowAlignment && !_showedPeaks)
        {
            _context.Warn(WarningIds.NothingToShow, PeaksToShow.WhyNone(_options, aligned, _context.Names));
        }

        return new() { Aligned = aligned, Prealignment = _way.Prealignment, Linear = _linear, Nonlinear = _nonlinear, Files = _written };
    }
}
