using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.PowerShell;

/// <summary>Where results of a series go.</summary>
internal static class ResultFiles
{
    /// <summary>
    /// OUTPUTPATH and OUTPUTFILENAME, or the place that a path names: a folder with OUTPUTFILENAME, or a file whose ending
    /// is left off. <see langword="null"/> and an error when there is no such place.
    /// </summary>
    public static OutputFiles? Find(PSCmdlet cmdlet, ReconstructionParameters parameters, string? path, string ending)
    {
        var files = OutputFiles.Of(parameters);
        if (path is null)
        {
            if (files.Folder.Length > 0 && files.BaseName.Length > 0)
            {
                // A series in memory has no file that its folder could be relative to: PowerShell's location counts.
                return FsrPaths.Target(cmdlet, files.Folder) is { } folder ? files with { Folder = folder } : null;
            }

            cmdlet.WriteError(ErrorRecords.Create(
                "NoOutputName", ErrorCategory.InvalidArgument, parameters, "The parameters have no OUTPUTPATH and OUTPUTFILENAME; give a path."));
            return null;
        }

        if (FsrPaths.Target(cmdlet, path) is not { } full)
        {
            return null;
        }

        // A path that ends as a folder's does is one, there or not.
        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(path))
        {
            return files with { Folder = full };
        }

        string name = Path.GetFileName(full);
        return new OutputFiles(
            Path.GetDirectoryName(full) ?? full,
            name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name);
    }

    /// <summary>The file that a path names, or the result file in OUTPUTPATH or in the folder that the path names.</summary>
    public static string? Table(PSCmdlet cmdlet, ReconstructionParameters parameters, string? path, Func<OutputFiles, string> name)
    {
        if (path is not null && FsrPaths.Target(cmdlet, path) is var full && (full is null || !(Directory.Exists(full) || Path.EndsInDirectorySeparator(path))))
        {
            return full;
        }

        return Find(cmdlet, parameters, path, "") is { } files ? name(files) : null;
    }
}
