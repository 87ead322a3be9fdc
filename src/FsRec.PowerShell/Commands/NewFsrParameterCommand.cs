using System.Collections;
using System.Management.Automation;
using FsRec.Formats.Microscopes;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.PowerShell.Commands;

/// <summary>Writes a parameter file to begin with.</summary>
[Cmdlet(VerbsCommon.New, "FsrParameter", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewFsrParameterCommand : FsrOutputFileCmdlet
{
    /// <summary>The parameter file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Name of a microscope whose usual values are written; without it those that are needed are left open. Get-FsrMicroscope lists them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MicroscopeCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Microscope { get; set; }

    /// <summary>Values by key in place of the defaults.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    // Somebody may have filled in the file that is there.
    private protected override WriteGuard Guard() => NoClobber ? base.Guard() : WriteGuard.OfNew(this, Force);

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.All;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (FsrPaths.Target(this, Path) is not { } path || !TryValues(out IReadOnlyList<KeyValuePair<string, string>> values))
        {
            return;
        }

        IReadOnlyList<ParameterKey> open = [];
        Save(null, [new OutputFile(path, "parameters", file => open = ParameterTemplate.Write(file, values))]);
        if (open.Count > 0)
        {
            WriteVerbose($"Left open: {string.Join(", ", open.Select(static key => key.Name))}.");
        }
    }

    private bool TryValues(out IReadOnlyList<KeyValuePair<string, string>> values)
    {
        values = [];
        try
        {
            IReadOnlyList<KeyValuePair<string, string>> given = Changes(Set);
            IEnumerable<KeyValuePair<string, string>> usual = Microscope is null ? [] : MicroscopePresets.Find(Microscope).ToValues();
            values = [.. usual.Where(value => !Overrides.Contains(given, value.Key)), .. given];
            return true;
        }
        catch (FsRecException e)
        {
            WriteError(new ErrorRecord(e, "MicroscopeUnknown", ErrorCategory.ObjectNotFound, Microscope));
            return false;
        }
    }
}
