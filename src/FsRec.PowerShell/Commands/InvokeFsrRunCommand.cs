using System.Collections;
using System.Management.Automation;
using FsRec.Focus;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.PowerShell.Commands;

/// <summary>Runs a parameter file from end to end, as PyFSRec's main program does, and writes its results.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "FsrRun", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(RunResult))]
public sealed class InvokeFsrRunCommand : FsrParametersCmdlet
{
    /// <summary>Values by key that replace those of the parameters.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <summary>Number of linear iterations instead of LinearIterations (--liniter). With fewer than these there is no warning NotConverged.</summary>
    [Parameter]
    [Alias("LinIter")]
    [ValidateRange(0, int.MaxValue)]
    [NumberArgument(IsWhole = true)]
    public int? Iterations { get; set; }

    /// <summary>Continue from the output of a previous run (--useprevious).</summary>
    [Parameter]
    public SwitchParameter UsePrevious { get; set; }

    /// <summary>End after the pre-alignment (--prealignonly).</summary>
    [Parameter]
    public SwitchParameter PrealignOnly { get; set; }

    /// <summary>Write sums of so many frames and end (--boxcar); without it none are written.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NumberArgument(IsWhole = true)]
    public int? Boxcar { get; set; }

    /// <summary>Analyse the focus steps of a previous output (--stepanalysis).</summary>
    [Parameter]
    public SwitchParameter StepAnalysis { get; set; }

    /// <summary>Find the focus of least contrast of a previous output and correct it (--autofocus).</summary>
    [Parameter]
    public SwitchParameter Autofocus { get; set; }

    /// <summary>Whose contrast the autofocus makes least.</summary>
    [Parameter]
    public AutofocusCriterion Criterion { get; set; } = AutofocusCriterion.RealPart;

    /// <summary>Write the first frame with the reference area drawn (--showarea).</summary>
    [Parameter]
    public SwitchParameter ShowArea { get; set; }

    /// <summary>Write pictures and a table of the correlation peaks (--showalignment).</summary>
    [Parameter]
    public SwitchParameter ShowAlignment { get; set; }

    /// <summary>How the wave is restored once the frames are aligned, instead of the key Restoration.</summary>
    [Parameter]
    public RestorationMethod? Method { get; set; }

    /// <summary>The same as -Method Nonlinear: refine the wave by the full image model after the linear iterations (--nonlinear).</summary>
    [Parameter]
    public SwitchParameter Nonlinear { get; set; }

    /// <summary>Take up a run that was stopped, with the same parameters and method; it starts from the beginning where none was (--resume).</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <summary>Write every intermediate (--debug), as -Debug does too, with which PowerShell asks first unless -Confirm:$false is given.</summary>
    [Parameter]
    public SwitchParameter DebugFiles { get; set; }

    /// <summary>Measure the resolution by two halves of the series, as fsrec does; it is in the result and in the record beside it.</summary>
    [Parameter]
    public SwitchParameter MeasureResolution { get; set; }

    /// <summary>A file to which each event is added as a line of JSON: start, stage, iteration, warning, result, error, end (--log-json); without it no events are written.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LogJson { get; set; }

    /// <summary>Leave results of an earlier run as they are; their place being taken is an error.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace results of an earlier run even if they are read-only, which they stay, and run even where the memory does not seem to suffice.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private RunEventLog? _log;
    private readonly HashSet<string> _places = new(StringComparer.Ordinal);

    /// <inheritdoc />
    protected override IReadOnlyList<string> RowParameters => [nameof(Iterations), nameof(Method), nameof(Boxcar)];

    private bool WantsDebugFiles => DebugFiles || SavesIntermediates;

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.All;

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        if (LogJson is null)
        {
            return;
        }

        try
        {
            _log = FsrPaths.Target(this, LogJson) is { } file ? RunEventLog.Open(file) : null;
        }
        catch (FsRecException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, LogJson));
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _log?.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected override IDictionary? Values => Set;

    /// <inheritdoc />
    private protected override void Start(ReconstructionParameters parameters, object target)
    {
        var files = OutputFiles.Of(parameters);
        RunOptions options;
        try
        {
            options = Options();
        }
        catch (FsRecException e)
        {
            WriteError(OfRow(new ErrorRecord(e, "OverrideInvalid", ErrorCategory.InvalidArgument, target)));
            return;
        }

        if (!_places.Add(files.WithEnding("")))
        {
            WriteWarning(RunMessage.Warning(
                WarningIds.ResultsReplaced, $"'{files.WithEnding("*")}' are replaced that an earlier run of this pipeline wrote. Give each an OUTPUTFILENAME or an OUTPUTPATH of its own.").ToString());
        }

        using var guard = new WriteGuard(this, NoClobber, Force);
        if (!ShouldProcess(files.WithEnding("*"), "Run and write results") || !PlannedOutputs.Of(parameters, options).All(guard.MayWrite))
        {
            return;
        }

        RunResult? result = TryRun(target, monitor => ReconstructionRun.Run(parameters, options, new RunJournal(Named(monitor.Context(Threads), files), _log).Context));
        if (result is not null)
        {
            if (WantsDebugFiles && result.Files.FirstOrDefault(static file => System.IO.Path.GetFileName(file) == "index.csv") is { } index)
            {
                WriteDebug($"The intermediates are described in '{index}'.");
            }

            WriteResult(result);
        }
    }

    // Of many runs in one pipeline, a warning says whose it is.
    private RunContext Named(RunContext context, OutputFiles files) =>
        !HasRow && _places.Count < 2 ? context
        : context with { Message = message => context.Message?.Invoke(message with { Text = $"{(files.BaseName.Length > 0 ? files.BaseName : files.Folder)}: {message.Text}" }) };

    private RunOptions Options() => new()
    {
        Iterations = FromRow(nameof(Iterations), Iterations),
        UsePrevious = UsePrevious,
        PrealignOnly = PrealignOnly,
        Boxcar = FromRow(nameof(Boxcar), Boxcar),
        StepAnalysis = StepAnalysis,
        Autofocus = Autofocus,
        AutofocusCriterion = Criterion,
        Resume = Resume,
        MeasureResolution = MeasureResolution,
        ShowArea = ShowArea,
        ShowAlignment = ShowAlignment,
        Method = Nonlinear ? RestorationMethod.Nonlinear : FromRow(nameof(Method), Method),
        Debug = WantsDebugFiles,
        Force = Force,
    };
}
