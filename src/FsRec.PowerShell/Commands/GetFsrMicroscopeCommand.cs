using System.Management.Automation;
using FsRec.Formats.Microscopes;

namespace FsRec.PowerShell.Commands;

/// <summary>Lists the microscopes that are known by name.</summary>
[Cmdlet(VerbsCommon.Get, "FsrMicroscope")]
[OutputType(typeof(MicroscopePreset))]
public sealed class GetFsrMicroscopeCommand : FsrCmdlet
{
    /// <summary>Names of microscopes, with wildcards; without it all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(MicroscopeCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>A further file of microscopes, in place of none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        string? path = null;
        if (Path is not null && (path = FsrPaths.Target(this, Path)) is null)
        {
            return;
        }

        if (TryRun(path, _ => MicroscopePresets.All(path)) is not { } all)
        {
            return;
        }

        foreach (string name in Name.Where(name => !TextInput.IsObject(this, name, "the name of a microscope")))
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
            MicroscopePreset[] found = [.. all.Where(preset => pattern.IsMatch(preset.Name))];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteError(ErrorRecords.Create("MicroscopeUnknown", ErrorCategory.ObjectNotFound, name, MicroscopePresets.Unknown(name, all)));
            }

            WriteObject(found, true);
        }
    }
}
