using System.Collections;
using System.Management.Automation;
using FsRec.Focus;
using FsRec.Parameters;
using FsRec.PowerShell.Hosting;
using FsRec.Results;
using FsRec.Runs;

namespace FsRec.PowerShell.Commands;

/// <summary>Finds the focus of every frame by the wave that was reconstructed, and the focus step.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "FsrFocusStep")]
[OutputType(typeof(FocusStepAnalysis))]
public sealed class MeasureFsrFocusStepCommand : FsrCmdlet
{
    /// <summary>The reconstruction.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ReconstructionArgument]
    [PipelineArgument(typeof(MeasureFsrFocusStepCommand))]
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>Values by key that replace those of the series' parameters, such as Rangemultiplier.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <summary>Threads to use; 0 for one a processor. The result does not depend on it.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    [NumberArgument(IsWhole = true)]
    public int Threads { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.FocusSteps;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (SeriesOverrides.Apply(this, Reconstruction!, Changes(Set)) is { } reconstruction
            && TryRun(reconstruction, monitor => Analyze(reconstruction, monitor)) is { } analysis)
        {
            WriteResult(analysis);
        }
    }

    private FocusStepAnalysis Analyze(Reconstruction reconstruction, LibraryMonitor monitor)
    {
        FocusStepAnalysis analysis = FocusStepAnalyzer.Analyze(reconstruction, Threads, monitor, monitor.CancellationToken);
        FocusRuns.WarnOfFrames(analysis, monitor.Context(Threads));
        return analysis;
    }
}
