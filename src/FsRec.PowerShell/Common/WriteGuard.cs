using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>
/// Says whether files may be written, by the rules of PowerShell's own writers: existing files are replaced, with NoClobber they are
/// not, and with Force read-only ones are as well, and stay read-only.
/// </summary>
/// <param name="cmdlet">Told why not.</param>
/// <param name="noClobber">Whether existing files stay.</param>
/// <param name="force">Whether read-only files are replaced.</param>
/// <param name="why">Why existing files stay, for the error.</param>
internal sealed class WriteGuard(Cmdlet cmdlet, bool noClobber, bool force, string why = ", and NoClobber is given.") : IDisposable
{
    private readonly List<string> _readOnly = [];

    /// <summary>The guard of a cmdlet that makes something new, as New-Item: what is there stays unless Force is given.</summary>
    /// <param name="cmdlet">Told why not.</param>
    /// <param name="force">Whether what is there is replaced.</param>
    public static WriteGuard OfNew(Cmdlet cmdlet, bool force) => new(cmdlet, !force, force, ". Use Force to replace it, or give another name.");

    /// <summary>Whether a file may be written here; an error says why not.</summary>
    /// <param name="path">Full path of the file.</param>
    public bool MayWrite(string path)
    {
        if (Directory.Exists(path))
        {
            return Refuse("PathIsFolder", ErrorCategory.InvalidArgument, path, $"'{path}' is a folder; a file name is expected.");
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return true;
        }

        if (noClobber)
        {
            return Refuse("FileExists", ErrorCategory.ResourceExists, path, $"'{path}' exists already{why}");
        }

        if (!file.IsReadOnly)
        {
            return true;
        }

        if (!force)
        {
            return Refuse("FileReadOnly", ErrorCategory.PermissionDenied, path, $"'{path}' is read-only. Use Force to replace it.");
        }

        _readOnly.Add(path);
        file.IsReadOnly = false;
        return true;
    }

    /// <summary>Makes read-only again what was.</summary>
    public void Dispose()
    {
        foreach (FileInfo file in _readOnly.Select(static path => new FileInfo(path)).Where(static file => file.Exists))
        {
            file.IsReadOnly = true;
        }
    }

    private bool Refuse(string id, ErrorCategory category, string path, string message)
    {
        cmdlet.WriteError(ErrorRecords.Create(id, category, path, message));
        return false;
    }
}
