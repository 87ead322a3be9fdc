using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>The ending of a path where it says the format.</summary>
internal static class FileSuffix
{
    // Longer endings, and those without a letter, as of wave_1.2, are a part of the name.
    private const int LongestSuffix = 5;

    /// <summary>Whether a path may be written: it is none, a folder, a name without an ending, or its ending is known; an error says which are.</summary>
    /// <param name="cmdlet">Told of an unknown one.</param>
    /// <param name="path">The path as it was given.</param>
    /// <param name="known">The endings, with their dots.</param>
    public static bool IsKnown(PSCmdlet cmdlet, string? path, IReadOnlyList<string> known)
    {
        string suffix = Path.GetExtension(path ?? "");
        if (suffix.Length is < 2 or > 1 + LongestSuffix || !suffix.Any(char.IsLetter) || known.Contains(suffix, StringComparer.OrdinalIgnoreCase) || Path.EndsInDirectorySeparator(path!))
        {
            return true;
        }

        if (FsrPaths.Target(cmdlet, path!) is { } full && !Directory.Exists(full))
        {
            cmdlet.WriteError(ErrorRecords.Create(
                "SuffixUnknown", ErrorCategory.InvalidArgument, path!, $"'{path}' ends in {suffix}, which is no format that {cmdlet.MyInvocation.MyCommand.Name} writes; expected one of {string.Join(", ", known)}, a name without an ending, or a folder."));
            return false;
        }

        return true;
    }
}
