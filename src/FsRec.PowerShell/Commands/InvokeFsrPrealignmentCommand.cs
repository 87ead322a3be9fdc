using System.Collections;
using System.Management.Automation;
using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.PowerShell.Hosting;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Finds the displacements of a focal series before there is a wave to compare with.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "FsrPrealignment")]
[OutputType(typeof(AlignedSeries), typeof(PrealignmentResult))]
public sealed class InvokeFsrPrealignmentCommand : FsrCmdlet
{
    /// <summary>The series, or what carries one; displacements that it has are found anew.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SeriesArgument]
    [PipelineArgument(typeof(InvokeFsrPrealignmentCommand))]
    public FocalSeries? Series { get; set; }

    /// <summary>Values by key that replace those of the series' parameters, and go on with it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <summary>Threads to use; 0 for one a processor. The result does not depend on it.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    [NumberArgument(IsWhole = true)]
    public int Threads { get; set; }

    /// <summary>Put out the history of the rounds as well.</summary>
    [Parameter]
    public SwitchParameter IncludeHistory { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.Prealignment;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (SeriesOverrides.Apply(this, Series!, Changes(Set)) is not { } series)
        {
            return;
        }

        PrealignmentResult? result = TryRun(series, monitor => Align(series, monitor));
        if (result is not null)
        {
            WriteResult(IncludeHistory ? result : result.Aligned);
        }
    }

    private PrealignmentResult Align(FocalSeries series, LibraryMonitor monitor)
    {
        PrealignmentResult result = new SeriesReconstruction(monitor.Context(Threads)).Prealign(series);
        RunAdvice.OfDrift(result.Aligned, monitor.Context(Threads));
        return result;
    }
}
