using System.Collections;
using System.Management.Automation;
using FsRec.Parameters;
using FsRec.PowerShell.Hosting;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Leaves frames out, reconstructs from the others and predicts what was left out.</summary>
[Cmdlet(VerbsDiagnostic.Test, "FsrReconstruction")]
[OutputType(typeof(CrossValidationResult))]
public sealed class TestFsrReconstructionCommand : FsrCmdlet
{
    /// <summary>The aligned series, as Invoke-FsrPrealignment gives it; a reconstruction has one as well.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Aligned")]
    [RealObject]
    [PipelineArgument(typeof(TestFsrReconstructionCommand))]
    public AlignedSeries? AlignedSeries { get; set; }

    /// <summary>Every how many-th image is left out, a number of images.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(2, int.MaxValue)]
    [NumberArgument(IsWhole = true)]
    public int Every { get; set; } = 5;

    /// <summary>How the wave is restored, instead of Restoration.</summary>
    [Parameter]
    public RestorationMethod? Method { get; set; }

    /// <summary>Number of linear iterations, instead of LinearIterations.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NumberArgument(IsWhole = true)]
    public int? Iterations { get; set; }

    /// <summary>Values by key that replace those of the series' parameters.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <summary>Threads to use; 0 for one a processor. The result does not depend on it.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    [NumberArgument(IsWhole = true)]
    public int Threads { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.Output | KeyStages.Prealignment | KeyStages.Reconstruction;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (SeriesOverrides.Apply(this, AlignedSeries!, Changes(Set)) is { } aligned
            && TryRun(aligned, monitor => Validate(aligned, monitor)) is { } result)
        {
            WriteResult(result);
        }
    }

    private CrossValidationResult Validate(AlignedSeries aligned, LibraryMonitor monitor) => new SeriesReconstruction(monitor.Context(Threads)).CrossValidate(
        ReconstructionStart.From(aligned, null),
        Every,
        new ReconstructionOptions { Iterations = Iterations, Method = Method, Threads = Threads }).Result;
}
