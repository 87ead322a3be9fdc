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

/// <summary>
/// A parameter file's run from end to end, as PyFSRec's main program does it: frames in, exit wave and displacements out, or one of the
/// modes that analyse and correct an earlier output.
/// </summary>
public sealed class ReconstructionRun
{
    private readonly RunOptions _options;
    private readonly RunContext _context;
    private readonly FocalSeries _series;
    private readonly OutputFiles _files;
    private readonly Func<FocalSeries, RunContext, PrealignmentResult> _prealign;
    private readonly List<string> _written = [];
    private PrealignmentResult? _prealignment;
    private Reconstruction? _linear;
    private NonlinearResult? _nonlinear;

    private ReconstructionRun(
        FocalSeries series, RunOptions options, RunContext context, Func<FocalSeries, RunContext, PrealignmentResult>? prealign)
    {
        _prealign = prealign
            ?? (static (series, context) => Prealignment.Run(series, context.Threads, context.Progress, context.CancellationToken));
        _options = options;
        _context = context;
        _series = series.WithRestoration(options.Method);
        _files = OutputFiles.Of(series.Parameters);
    }

    /// <summary>Runs what parameters and options describe and writes the results.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="options">What to do with them.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <returns>The results and the files written.</returns>
    /// <exception cref="FsRecException">Frames, earlier results or alignment are not what they must be.</exception>
    public static RunResult Run(ReconstructionParameters parameters, RunOptions options, RunContext context)
    {
        var watch = Stopwatch.StartNew();
        FocalSeries series = SeriesReader.Open(parameters);
        if (!WorksOnSpectra(series, options))
        {
            series.Load(context.Threads, context.Progress, context.CancellationToken);
        }

        context.Tell(series.ToString());
        return new ReconstructionRun(series, options, context, null).Run() with { Elapsed = watch.Elapsed };
    }

    /// <summary>Runs with frames that are read already, and a pre-alignment that other runs may share.</summary>
    internal static RunResult Run(
        FocalSeries series, RunOptions options, RunContext context, Func<FocalSeries, RunContext, PrealignmentResult> prealign)
    {
        var watch = Stopwatch.StartNew();
        return new ReconstructionRun(series, options, context, prealign).Run() with { Elapsed = watch.Elapsed };
    }

    /// <summary>Whether nothing but the frames' spectra is used; they are then not kept beside them.</summary>
    private static bool WorksOnSpectra(FocalSeries series, RunOptions options)
    {
        bool reconstructs = options.Boxcar is null && !options.PrealignOnly;
        bool linear = (options.Method ?? series.Parameters.Restoration.Method) == RestorationMethod.Linear;
        return !options.ShowArea && !options.Resume && (linear || !reconstructs) && Prealignment.MethodOf(series) != PrealignmentMethods.Model;
    }

    private RunResult Run()
    {
        if (_options.ShowArea)
        {
            Save(_files.AreaPicture, path => WavePictures.Frame(_series, 0).Outline(_series.ReferenceArea).Save(path));
        }

        if (_options.Boxcar is { } size)
        {
            return Boxcar(size);
        }

        if (_options.PrealignOnly)
        {
            return PrealignOnly();
        }

        bool analysisOnly = (_options.StepAnalysis || _options.Autofocus) && !_options.UsePrevious;
        Reconstruction reconstruction = analysisOnly ? PreviousOutput.ReadWave(_series, _options.StepAnalysis, _context) : Reconstruct();
        FocusStepAnalysis? analysis = _options.StepAnalysis ? AnalyzeSteps(reconstruction) : null;
        AutofocusResult? autofocus = _options.Autofocus ? Focus(reconstruction) : null;
        return Result(reconstruction.Aligned) with
        {
            Reconstruction = autofocus?.Reconstruction ?? reconstruction,
            StepAnalysis = analysis,
            Autofocus = autofocus,
        };
    }

    private RunResult PrealignOnly()
    {
        AlignedSeries aligned = Prealign();
        RunAdvice.OfDrift(aligned, _context);
        SaveAlignment(aligned);
        return Result(aligned);
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
            aligned = _series.Parameters.Alignment.Prealignment ? Prealign() : AlignedSeries.Unmoved(_series);
            SaveAlignment(aligned);
        }

        _written.AddRange(BoxcarRun.Write(aligned, size, _context));
        return Result(aligned);
    }

    private Reconstruction Reconstruct()
    {
        Reconstruction? previous = _options.UsePrevious ? PreviousOutput.Read(_series, _context) : null;
        var checkpoint = new Checkpoint(previous?.Series ?? _series, _options.Resume, _context);
        AlignedSeries start = checkpoint.Start ?? previous?.Aligned
            ?? (_series.Parameters.Alignment.Prealignment ? Prealign() : AlignedSeries.Unmoved(_series));
        var report = _options.ShowAlignment ? new AlignmentReport(_files) : null;
        var settings = new ReconstructionOptions
        {
            Iterations = _options.Iterations,
            Method = _options.Method,
            Threads = _context.Threads,
            AfterIteration = _series.Parameters.Linear.SaveIntermediate
                ? (iteration, wave) => Save(_files.IntermediateWave(iteration), path => WaveFile.Write(path, wave))
                : null,
            AfterAlignment = report is null ? null : report.Add,
        };
        RestorationResult result = checkpoint.Run(start, previous?.Wave, settings);
        Reconstruction reconstruction = result.Reconstruction;
        Reconstruction iterated = result.Linear ?? reconstruction;
        RunAdvice.OfDrift(iterated.Aligned, _context);
        RunAdvice.OfConvergence(iterated, _context);
        if (report is not null)
        {
            report.Complete();
            _written.AddRange(report.Files);
        }

        Tell(result);
        Save(_files.Wave, path => WaveFile.Write(path, reconstruction.Wave));
        Save(_files.FilteredWave, path => WaveFile.Write(path, reconstruction.FilteredWave));
        SaveAlignment(reconstruction.Aligned);
        if (_options.Debug)
        {
            _written.Add(DebugFiles.Write(reconstruction, _files, _context));
        }

        return reconstruction;
    }

    private void Tell(RestorationResult result)
    {
        (_linear, _nonlinear) = (result.Linear, result.Nonlinear);
        foreach (string warning in RunWarnings.Of(result))
        {
            _context.Warn(warning);
        }

        if (result.Linear is null)
        {
            return;
        }

        _context.Tell(result.Nonlinear?.ToString() ?? result.Reconstruction.Uncertainty?.ToString() ?? "");
        FocalSeries series = result.Reconstruction.Series;
        if (!series.Foci.SequenceEqual(result.Linear.Series.Foci))
        {
            // The wave belongs to the refined foci: a later run that continues from it must find them.
            Save(_files.Foci, path => FocusFile.Write(path, series.ImageNumbers.Zip(series.Foci, static (i, z) => new FrameFocus(i, z))));
        }

        if (result.Reconstruction.Uncertainty is { } uncertainty)
        {
            Save(_files.FrameUncertainty, path => UncertaintyFiles.WriteFrames(path, uncertainty));
            Save(_files.RingUncertainty, path => UncertaintyFiles.WriteRings(path, uncertainty));
        }
    }

    private AlignedSeries Prealign()
    {
        _prealignment = _prealign(_series, _context);
        foreach (string warning in RunWarnings.Of(_prealignment))
        {
            _context.Warn(warning);
        }

        return _prealignment.Aligned;
    }

    private FocusStepAnalysis AnalyzeSteps(Reconstruction reconstruction)
    {
        FocusStepAnalysis analysis = FocusStepAnalyzer.Analyze(reconstruction, _context.Threads, _context.Progress, _context.CancellationToken);
        _written.Add(FocusRuns.WriteFoci(analysis));
        FocusRuns.WarnOfFrames(analysis, _context);
        return analysis;
    }

    private AutofocusResult Focus(Reconstruction reconstruction)
    {
        FocusRuns.WarnOfSecondAutofocus(_files, _context);
        AutofocusResult result = Autofocus.Run(
            reconstruction, _options.AutofocusCriterion, _context.Threads, _context.Progress, _context.CancellationToken);
        if (result.AtEdge)
        {
            _context.Warn("The least contrast lies at the end of the search range. Give a larger Autofocusrange.");
        }

        _written.AddRange(FocusRuns.WriteCorrected(result));
        if (File.Exists(_files.Foci))
        {
            _context.Warn($"'{_files.Foci}' holds foci from before this correction; a run with --useprevious would take them. Remove it, or analyse the steps again.");
        }

        return result;
    }

    private void SaveAlignment(AlignedSeries aligned)
    {
        Save(_files.Displacements, path => DisplacementFile.Write(path, aligned.Displacements));
        if (_series.Parameters.Linear.SaveAligned)
        {
            foreach ((int index, float[] pixels) in AlignedFrames.Enumerate(aligned, _context.CancellationToken))
            {
                Save(_files.AlignedFrame(_series.ImageNumbers[index]), path => RawFrameFile.Write(path, pixels));
            }
        }
    }

    private void Save(string path, Action<string> write)
    {
        write(path);
        _written.Add(path);
    }

    private RunResult Result(AlignedSeries aligned) => new() { Aligned = aligned, Prealignment = _prealignment, Linear = _linear, Nonlinear = _nonlinear, Files = _written };
}
