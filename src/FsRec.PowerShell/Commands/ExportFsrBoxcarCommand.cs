using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Writes sums of neighbouring aligned frames, with a parameter file to reconstruct them.</summary>
[Cmdlet(VerbsData.Export, "FsrBoxcar", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(AlignedSeries))]
public sealed class ExportFsrBoxcarCommand : FsrOutputFileCmdlet
{
    /// <summary>The aligned series; a reconstruction's comes by its property.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Aligned")]
    [RealObject]
    [PipelineArgument(typeof(ExportFsrBoxcarCommand))]
    public AlignedSeries? AlignedSeries { get; set; }

    /// <summary>Number of frames in a sum.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateRange(1, int.MaxValue)]
    [NumberArgument(IsWhole = true)]
    public int Size { get; set; }

    /// <summary>The folder to write into, instead of OUTPUTPATH.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        AlignedSeries aligned = AlignedSeries!;
        if (Path is not null)
        {
            if (FsrPaths.Target(this, Path) is not { } folder)
            {
                return;
            }

            ReconstructionParameters old = aligned.Series.Parameters;
            ReconstructionParameters moved = old with { Files = old.Files with { OutputPath = folder } };
            aligned = new AlignedSeries(aligned.Series.WithParameters(moved).WithFoci(aligned.Series.Foci), aligned.Displacements);
        }

        var files = OutputFiles.Of(aligned.Series.Parameters);
        IReadOnlyList<string> planned = [.. BoxcarRun.Files(aligned.Series, Size)];
        using WriteGuard guard = Guard();
        if (!MayWrite(AlignedSeries, planned) || !ShouldProcess(files.Folder, $"Write sums of {Size} frames") || !planned.All(guard.MayWrite))
        {
            return;
        }

        IReadOnlyList<string>? written = TryRun(aligned, monitor => BoxcarRun.Write(aligned, Size, monitor.Context(0)));
        if (written is not null)
        {
            PutOut(AlignedSeries, written);
        }
    }
}
