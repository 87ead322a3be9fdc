using System.Management.Automation;
using FsRec.Formats;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Writes the displacements of a series, <c>_dxy.csv</c>.</summary>
[Cmdlet(VerbsData.Export, "FsrDisplacement", SupportsShouldProcess = true, DefaultParameterSetName = AlignedSet)]
[OutputType(typeof(FileInfo), typeof(AlignedSeries), typeof(Reconstruction), typeof(FrameDisplacement))]
public sealed class ExportFsrDisplacementCommand : FsrOutputFileCmdlet
{
    private const string AlignedSet = "Aligned";
    private const string ReconstructionSet = "Reconstruction";
    private const string DisplacementSet = "Displacement";

    private readonly List<FrameDisplacement> _displacements = [];

    /// <summary>A series with its displacements.</summary>
    [Parameter(ParameterSetName = AlignedSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [RealObject]
    [PipelineArgument(typeof(ExportFsrDisplacementCommand))]
    public AlignedSeries? AlignedSeries { get; set; }

    /// <summary>A reconstruction with its displacements.</summary>
    [Parameter(ParameterSetName = ReconstructionSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ReconstructionArgument]
    [PipelineArgument(typeof(ExportFsrDisplacementCommand))]
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>Displacements by themselves.</summary>
    [Parameter(ParameterSetName = DisplacementSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [PipelineArgument(typeof(ExportFsrDisplacementCommand))]
    public FrameDisplacement[] Displacement { get; set; } = [];

    /// <summary>The file; without it OUTPUTFILENAME_dxy.csv in OUTPUTPATH, in a folder OUTPUTFILENAME_dxy.csv.</summary>
    [Parameter(ParameterSetName = AlignedSet, Position = 0)]
    [Parameter(ParameterSetName = ReconstructionSet, Position = 0)]
    [Parameter(ParameterSetName = DisplacementSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (ParameterSetName == DisplacementSet)
        {
            _displacements.AddRange(Displacement);
        }
        else if (ParameterSetName == ReconstructionSet)
        {
            Save(Reconstruction!.Aligned, Reconstruction);
        }
        else
        {
            Save(AlignedSeries!, AlignedSeries!);
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (ParameterSetName == DisplacementSet && FsrPaths.Target(this, Path!) is { } path)
        {
            Save(_displacements.ToArray(), [Table(path, _displacements)]);
        }
    }

    private static OutputFile Table(string path, IEnumerable<FrameDisplacement> displacements) =>
        new(path, "displacements", file => DisplacementFile.Write(file, displacements));

    private void Save(AlignedSeries aligned, object input)
    {
        if (ResultFiles.Table(this, aligned.Series.Parameters, Path, static files => files.Displacements) is { } path)
        {
            Save(input, [Table(path, aligned.Displacements)]);
        }
    }
}
