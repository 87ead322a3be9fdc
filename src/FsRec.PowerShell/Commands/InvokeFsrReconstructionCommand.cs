using System.Collections;
using System.Management.Automation;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.PowerShell.Hosting;
using FsRec.Reconstructions;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Reconstructs the exit wave of a focal series, or continues a reconstruction.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "FsrReconstruction", DefaultParameterSetName = SeriesSet)]
[OutputType(typeof(Reconstruction))]
public sealed class InvokeFsrReconstructionCommand : FsrCmdlet
{
    private const string SeriesSet = "Series";
    private const string AlignedSet = "Aligned";
    private const string ContinueSet = "Continue";
    private const string PreviousSet = "UsePrevious";

    /// <summary>A series that is not aligned: it is pre-aligned first unless Prealignment is off or displacements are given.</summary>
    [Parameter(ParameterSetName = SeriesSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = PreviousSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SeriesArgument(UnalignedOnly = true)]
    [PipelineArgument(typeof(InvokeFsrReconstructionCommand))]
    public FocalSeries? Series { get; set; }

    /// <summary>A series with displacements to start from.</summary>
    [Parameter(ParameterSetName = AlignedSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Aligned")]
    [RealObject]
    [PipelineArgument(typeof(InvokeFsrReconstructionCommand))]
    public AlignedSeries? AlignedSeries { get; set; }

    /// <summary>A reconstruction to continue, its wave and displacements.</summary>
    [Parameter(ParameterSetName = ContinueSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ReconstructionArgument]
    [PipelineArgument(typeof(InvokeFsrReconstructionCommand))]
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>Displacements to start from, as Import-FsrDisplacement gives them, instead of a pre-alignment.</summary>
    [Parameter(ParameterSetName = SeriesSet)]
    public FrameDisplacement[]? Displacement { get; set; }

    /// <summary>A wave to start from, as Import-FsrWave gives it; without it the first iteration restores one from the frames.</summary>
    [Parameter(ParameterSetName = SeriesSet)]
    [Parameter(ParameterSetName = AlignedSet)]
    [RealObject]
    public ExitWave? Wave { get; set; }

    /// <summary>Start from the files of an earlier run: displacements, foci and wave under OUTPUTPATH.</summary>
    [Parameter(ParameterSetName = PreviousSet, Mandatory = true)]
    public SwitchParameter UsePrevious { get; set; }

    /// <summary>Number of iterations instead of LinearIterations; 0 only takes a given wave as it is. With fewer than LinearIterations there is no warning NotConverged.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [NumberArgument(IsWhole = true)]
    public int? Iterations { get; set; }

    /// <summary>How the wave is restored once the frames are aligned, instead of the key Restoration.</summary>
    [Parameter]
    public RestorationMethod? Method { get; set; }

    /// <summary>
    /// Keep the state of the reconstruction under OUTPUTPATH while it runs, and take up one that was stopped, of the same parameters and method; it
    /// starts from the beginning where none was.
    /// </summary>
    [Parameter(ParameterSetName = SeriesSet)]
    [Parameter(ParameterSetName = AlignedSet)]
    public SwitchParameter Resume { get; set; }

    /// <summary>Values by key that replace those of the series' parameters, and go on with it.</summary>
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
        Reconstruction? result = ParameterSetName switch
        {
            ContinueSet => SeriesOverrides.Apply(this, Reconstruction!, Changes(Set)) is { } previous
                ? TryRun(previous, monitor => Run(ReconstructionStart.From(previous), monitor))
                : null,
            AlignedSet => SeriesOverrides.Apply(this, AlignedSeries!, Changes(Set)) is { } aligned
                ? TryRun(aligned, monitor => Run(ReconstructionStart.From(aligned, Wave), monitor))
                : null,
            PreviousSet => SeriesOverrides.Apply(this, Series!, Changes(Set)) is { } series
                ? TryRun(series, monitor => Run(ReconstructionStart.From(PreviousOutput.Read(series, monitor.Context(Threads))) with { IsFromFiles = true }, monitor))
                : null,
            _ => SeriesOverrides.Apply(this, Series!, Changes(Set)) is { } series
                ? TryRun(series, monitor => Run(From(series), monitor))
                : null,
        };
        if (result is not null)
        {
            SaveIntermediates(result);
            WriteResult(result);
        }
    }

    private ReconstructionStart From(FocalSeries series) => Displacement is null
        ? ReconstructionStart.From(series, Wave)
        : ReconstructionStart.From(new AlignedSeries(series, Displacement), Wave);

    private Reconstruction Run(ReconstructionStart start, LibraryMonitor monitor)
    {
        if (Wave is not null)
        {
            PreviousOutput.WarnOfWave(Wave, start.Series, monitor.Context(Threads));
        }

        var way = new SeriesReconstruction(monitor.Context(Threads));
        try
        {
            RestorationResult result = way.Run(start, Options(start.Series), Resume ? StateUse.Resume : StateUse.None);
            way.State?.Remove();
            return result.Reconstruction;
        }
        finally
        {
            way.State?.Dispose();
        }
    }

    private void SaveIntermediates(Reconstruction result)
    {
        if (SavesIntermediates
            && ResultFiles.Find(this, result.Series.Parameters, null, "") is { } files
            && TryRun(result, monitor => DebugFiles.Write(result, files, monitor.Context(Threads))) is { } index)
        {
            WriteDebug($"The intermediates are described in '{index}'.");
        }
    }

    private ReconstructionOptions Options(FocalSeries series)
    {
        var files = OutputFiles.Of(series.Parameters);
        return new ReconstructionOptions
        {
            Iterations = Iterations,
            Method = Method,
            Threads = Threads,
            AfterIteration = series.Parameters.Linear.SaveIntermediate
                ? (iteration, wave) => WaveFile.Write(files.IntermediateWave(iteration), wave)
                : null,
        };
    }
}
