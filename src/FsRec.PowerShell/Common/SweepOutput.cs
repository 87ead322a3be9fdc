using System.Management.Automation;
using FsRec.Sweeps;

namespace FsRec.PowerShell;

/// <summary>What cmdlets put out of sweeps.</summary>
internal static class SweepOutput
{
    /// <summary>Puts out a run: its row, with the swept keys as properties so that rows can be sorted and grouped by them, or the error that it failed with.</summary>
    public static void Write(PSCmdlet cmdlet, SweepOutcome outcome)
    {
        if (outcome.Row is not { } row)
        {
            ErrorRecord record = ErrorRecords.From(outcome.Failure!, outcome.Point);
            record.ErrorDetails = new ErrorDetails($"{outcome.Point}: {outcome.Failure!.Message}");
            cmdlet.WriteError(record);
            return;
        }

        var output = new PSObject(row);
        foreach ((string key, string text) in outcome.Point.Values)
        {
            output.Properties.Add(new PSNoteProperty(key, SweepGrid.Value(key, text)));
        }

        cmdlet.WriteObject(output);
    }

    /// <summary>The PowerShell of this session: its program, and the arguments that come first. As a tool of .NET it is an assembly that dotnet runs.</summary>
    public static IReadOnlyList<string> Shell()
    {
        string home = Path.GetDirectoryName(typeof(PSObject).Assembly.Location)!;
        string own = Path.Combine(home, OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh");
        return File.Exists(own) ? [own]
            : File.Exists(Path.Combine(home, "pwsh.dll")) && Environment.ProcessPath is { } host ? [host, Path.Combine(home, "pwsh.dll")]
            : [own];
    }
}
