using System.Collections.ObjectModel;
using System.Management.Automation;
using FsRec.Formats.Images;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>PowerShell's paths to files of the file system. PowerShell's location, not .NET's current folder, counts.</summary>
internal static class FsrPaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files that paths name, in order; each bad path is an error, and the others go on.</summary>
    public static IEnumerable<string> Files(PSCmdlet cmdlet, IEnumerable<string> paths, bool literal, Func<string, IReadOnlyList<string>>? inFolder = null)
    {
        foreach (string path in paths)
        {
            foreach (string file in Resolve(cmdlet, path, literal))
            {
                if (File.Exists(file))
                {
                    yield return file;
                }
                else if (Directory.Exists(file) && inFolder is not null)
                {
                    IReadOnlyList<string> images = inFolder(file);
                    if (images.Count == 0)
                    {
                        cmdlet.WriteError(ErrorRecords.Create(
                            "DataNotFound",
                            ErrorCategory.ObjectNotFound,
                            path,
                            Series.SeriesFiles.None(file, OptionNames.PowerShell)));
                    }

                    foreach (string inside in images)
                    {
                        yield return inside;
                    }
                }
                else if (Directory.Exists(file))
                {
                    cmdlet.WriteError(ErrorRecords.Create(
                        "PathIsFolder", ErrorCategory.InvalidArgument, path, $"'{file}' is a folder; a file is expected."));
                }
                else
                {
                    cmdlet.WriteError(NotFound(path, $"The file '{file}' does not exist."));
                }
            }
        }
    }

    /// <summary>The place of a file that is to be written; <see langword="null"/> and an error when it is none.</summary>
    public static string? Target(PSCmdlet cmdlet, string path)
    {
        try
        {
            string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return IsFileSystem(cmdlet, provider, path) ? full : null;
        }
        catch (Exception e) when (IsPathFailure(e))
        {
            cmdlet.WriteError(NotFound(path, e.Message));
            return null;
        }
    }

    /// <summary>The full path of a folder that a key names, by PowerShell's location, drives and ~.</summary>
    /// <exception cref="FsRecException">It is no place of the file system.</exception>
    public static string Folder(PSCmdlet cmdlet, string path)
    {
        string full;
        ProviderInfo provider;
        // A share would be taken for a folder at the root; a drive may be one of PowerShell's.
        if (RelativeFolder.IsOfAnotherSystem(path) && path[0] == '\\')
        {
            throw new FsRecException(OfWindows(path));
        }

        try
        {
            full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);
        }
        catch (Exception e) when (IsPathFailure(e))
        {
            throw new FsRecException(RelativeFolder.IsOfAnotherSystem(path) ? OfWindows(path) : e.Message, e);
        }

        return provider.Name == FileSystem ? full : throw new FsRecException(NotFileSystem(provider, path));
    }

    private static string OfWindows(string path) =>
        $"'{path}' is a folder of Windows, by its drive or share; this system has no such. Give a folder of this one, or of a drive of this session.";

    private static Collection<string> Resolve(PSCmdlet cmdlet, string path, bool literal)
    {
        try
        {
            if (literal || !WildcardPattern.ContainsWildcardCharacters(path))
            {
                return Target(cmdlet, literal ? path : WildcardPattern.Unescape(path)) is { } full ? [full] : [];
            }

            Collection<string> found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
            if (!IsFileSystem(cmdlet, provider, path))
            {
                return [];
            }

            if (found.Count == 0)
            {
                cmdlet.WriteError(NotFound(path, $"No file matches '{path}'."));
            }

            return new([.. found.Order(NaturalOrder.Comparer)]);
        }
        catch (Exception e) when (IsPathFailure(e))
        {
            cmdlet.WriteError(NotFound(path, e.Message));
            return [];
        }
    }

    private static bool IsFileSystem(PSCmdlet cmdlet, ProviderInfo provider, string path)
    {
        bool isFileSystem = provider.Name == FileSystem;
        if (!isFileSystem)
        {
            cmdlet.WriteError(ErrorRecords.Create(
                "PathNotFileSystem",
                ErrorCategory.InvalidArgument,
                path,
                NotFileSystem(provider, path)));
        }

        return isFileSystem;
    }

    private static string NotFileSystem(ProviderInfo provider, string path) =>
        $"'{path}' belongs to the provider {provider.Name}; a path of the file system is expected.";

    // PipelineStoppedException is a RuntimeException too and must go through.
    private static bool IsPathFailure(Exception e) =>
        e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or ProviderInvocationException or PSArgumentException or NotSupportedException;

    private static ErrorRecord NotFound(string path, string message) =>
        ErrorRecords.Create("PathNotFound", ErrorCategory.ObjectNotFound, path, message);
}
