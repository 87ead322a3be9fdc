using System.Collections;
using System.Management.Automation;
using FsRec.Focus;
using FsRec.Parameters;
using FsRec.PowerShell.Hosting;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Finds the focus of least contrast of a wave and corrects wave and foci by it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "FsrAutofocus", DefaultParameterSetName = ReconstructionSet)]
[OutputType(typeof(AutofocusResult))]
public sealed class InvokeFsrAutofocusCommand : FsrCmdlet
{
    private const string ReconstructionSet = "Reconstruction";
    private const string WaveSet = "Wave";

    /// <summary>The reconstruction.</summary>
    [Parameter(ParameterSetName = ReconstructionSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ReconstructionArgument]
    [PipelineArgument(typeof(InvokeFsrAutofocusCommand))]
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>A wave that was read, of the series given.</summary>
    [Parameter(ParameterSetName = WaveSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [RealObject]
    [PipelineArgument(typeof(InvokeFsrAutofocusCommand))]
    public ExitWave? Wave { get; set; }

    /// <summary>The series of the wave, whose foci are corrected.</summary>
    [Parameter(ParameterSetName = WaveSet, Mandatory = true)]
    [SeriesArgument]
    public FocalSeries? Series { get; set; }

    /// <summary>Whose contrast is made least: that of the wave's real part, or that of the image.</summary>
    [Parameter]
    public AutofocusCriterion Criterion { get; set; } = AutofocusCriterion.RealPart;

    /// <summary>Values by key that replace those of the series' parameters, such as Autofocusrange.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <summary>Threads to use; 0 for one a processor. The result does not depend on it.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    [NumberArgument(IsWhole = true)]
    public int Threads { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.Autofocus;

    private Reconstruction FromWave(LibraryMonitor monitor)
    {
        PreviousOutput.WarnOfWave(Wave!, Series!, monitor.Context(Threads));
        return LinearReconstruction.FromWave(AlignedSeries.Unmoved(Series!), Wave!);
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        Reconstruction? given = ParameterSetName == WaveSet
            ? TryRun(Wave, FromWave)
            : Reconstruction;
        if (given is null
            || SeriesOverrides.Apply(this, given, Changes(Set)) is not { } reconstruction
            || TryRun(reconstruction, monitor => Autofocus.Run(reconstruction, Criterion, Threads, monitor, monitor.CancellationToken)) is not { } result)
        {
            return;
        }

        if (result.AtEdge)
        {
            WriteWarning(RunMessage.Warning(WarningIds.FocusAtEdge, FocusRuns.AtEdge(result)).ToString());
        }

        WriteResult(result);
    }
}
