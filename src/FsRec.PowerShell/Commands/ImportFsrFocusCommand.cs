using System.Management.Automation;
using FsRec.Formats;
using FsRec.Runs;

namespace FsRec.PowerShell.Commands;

/// <summary>Reads the foci of a series, <c>_foci.csv</c>.</summary>
[Cmdlet(VerbsData.Import, "FsrFocus", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FrameFocus))]
public sealed class ImportFsrFocusCommand : FsrFrameTableCmdlet<FrameFocus>
{
    /// <inheritdoc />
    protected override string TableOf(OutputFiles files) => files.Foci;

    /// <inheritdoc />
    protected override IReadOnlyList<FrameFocus> Read(string path) => FocusFile.Read(path);
}
