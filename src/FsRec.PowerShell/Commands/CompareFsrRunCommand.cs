using System.Management.Automation;
using FsRec.Runs;

namespace FsRec.PowerShell.Commands;

/// <summary>Says what differs between two runs.</summary>
[Cmdlet(VerbsData.Compare, "FsrRun")]
[OutputType(typeof(RunDifference))]
public sealed class CompareFsrRunCommand : FsrCmdlet
{
    /// <summary>The first run: its record, a file with it, the folder of its results, or what Invoke-FsrRun gave.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Left")]
    [RunRecordArgument]
    public RunRecord? Reference { get; set; }

    /// <summary>The second run, likewise.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Right")]
    [RunRecordArgument]
    [PipelineArgument(typeof(CompareFsrRunCommand))]
    public RunRecord? Difference { get; set; }

    /// <summary>The kinds of differences that are told; without it all.</summary>
    [Parameter]
    public RunDifferenceKind[]? Kind { get; set; }

    /// <summary>Tell figures that every image has, as displacements, for each; without it, of each such figure the image that differs most.</summary>
    [Parameter]
    public SwitchParameter EveryImage { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        IReadOnlyList<RunDifference> found = RunDifferences.Between(Reference!, Difference!);
        WriteObject((EveryImage ? found : FrameDifferences.Largest(found)).Where(d => Kind is null || Kind.Contains(d.What)), enumerateCollection: true);
    }
}
