using System.Management.Automation;
using FsRec.Formats;
using FsRec.Runs;

namespace FsRec.PowerShell.Commands;

/// <summary>Reads the displacements of a series, <c>_dxy.csv</c>.</summary>
[Cmdlet(VerbsData.Import, "FsrDisplacement", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FrameDisplacement))]
public sealed class ImportFsrDisplacementCommand : FsrFrameTableCmdlet<FrameDisplacement>
{
    /// <inheritdoc />
    protected override string TableOf(OutputFiles files) => files.Displacements;

    /// <inheritdoc />
    protected override IReadOnlyList<FrameDisplacement> Read(string path) => DisplacementFile.Read(path);
}
