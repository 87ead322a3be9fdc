using System.Collections;
using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Sweeps;

namespace FsRec.PowerShell.Commands;

/// <summary>Reconstructs a series with every combination of some values of its parameters.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "FsrSweep", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(SweepRow))]
public sealed class InvokeFsrSweepCommand : FsrInputFileCmdlet
{
    private const string ParameterSet = "Parameter";
    private const int MostAtOnce = 4;

    /// <summary>Parameters, as Import-FsrParameter gives them.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    [RealObject]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>The grid: for each swept key a list of values. Of a key whose value is a list, a list of lists.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(KeyCompleter))]
    [ValidateNotNullOrEmpty]
    public IDictionary Set { get; set; } = new Hashtable();

    /// <summary>The folder in which each run has its own; without it OUTPUTFILENAME_sweep in OUTPUTPATH.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Number of linear iterations of each run instead of LinearIterations.</summary>
    [Parameter]
    [Alias("LinIter")]
    [ValidateBounds(1, int.MaxValue)]
    public int? Iterations { get; set; }

    /// <summary>How each wave is restored once the frames are aligned, instead of the key Restoration.</summary>
    [Parameter]
    public RestorationMethod? Method { get; set; }

    /// <summary>Runs at the same time; they share the threads. The default is one a processor, 4 at most.</summary>
    [Parameter]
    [ValidateBounds(1, 1024)]
    public int ThrottleLimit { get; set; } = Math.Min(MostAtOnce, Environment.ProcessorCount);

    /// <summary>Threads to use in all; 0 for one a processor. The results do not depend on it.</summary>
    [Parameter]
    [ValidateBounds(0, 1024)]
    public int Threads { get; set; }

    /// <summary>Do not judge runs by the chi-square of the full image model, whose fit takes about as long as a nonlinear refinement; rows then have no ModelChiSquare.</summary>
    [Parameter]
    public SwitchParameter SkipChiSquare { get; set; }

    /// <summary>Do runs again that are complete.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.Import | KeyStages.Output | KeyStages.Prealignment | KeyStages.Reconstruction;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ParameterSet && Parameter is not null)
        {
            Start(ParameterImport.Override(this, Parameter, Changes(null), Parameter));
        }

        foreach (string file in InputFiles())
        {
            Start(ParameterImport.Read(this, file, Changes(null)));
        }
    }

    private void Start(ReconstructionParameters? parameters)
    {
        if (parameters is null)
        {
            return;
        }

        string? folder = Destination is null ? null : FsrPaths.Target(this, Destination);
        if (Destination is not null && folder is null)
        {
            return;
        }

        IReadOnlyList<SweepPoint> points =
            [.. Grid().Where(point => ShouldProcess(Sweep.FolderOf(parameters, point, folder), $"Reconstruct with {point}"))];
        if (points.Count == 0)
        {
            return;
        }

        var options = new SweepOptions
        {
            Folder = folder,
            Run = new RunOptions { Iterations = Iterations, Method = Method },
            ThrottleLimit = ThrottleLimit,
            Redo = Force,
            SkipChiSquare = SkipChiSquare,
        };
        TryRun(parameters, monitor =>
        {
            Sweep.Run(parameters, points, options, outcome => monitor.Post(() => Write(outcome)), monitor.Context(Threads));
            return points;
        });
    }

    private IReadOnlyList<SweepPoint> Grid()
    {
        try
        {
            IReadOnlyList<SweepPoint> points = SweepGrid.Of(Set, Located);
            string? twice = points[0].Values.Select(static pair => pair.Key).FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);
            return twice is null ? points : throw new FsRecException($"{twice} is swept and given by name as well; expected it once.");
        }
        catch (FsRecException e)
        {
            ThrowTerminatingError(new ErrorRecord(e, "OverrideInvalid", ErrorCategory.InvalidArgument, Set));
            throw;
        }
    }

    private void Write(SweepOutcome outcome)
    {
        if (outcome.Row is not { } row)
        {
            ErrorRecord record = ErrorRecords.From(outcome.Failure!, outcome.Point);
            record.ErrorDetails = new ErrorDetails($"{outcome.Point}: {outcome.Failure!.Message}");
            WriteError(record);
            return;
        }

        // The swept keys are properties, so that rows can be sorted and grouped by them.
        var output = new PSObject(row);
        foreach ((string key, string text) in outcome.Point.Values)
        {
            output.Properties.Add(new PSNoteProperty(key, SweepGrid.Value(key, text)));
        }

        WriteObject(output);
    }
}
