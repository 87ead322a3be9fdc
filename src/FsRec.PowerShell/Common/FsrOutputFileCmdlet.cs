using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>A cmdlet that writes files. Existing files are replaced, as PyFSRec and PowerShell's own writers do, unless NoClobber is given.</summary>
public abstract class FsrOutputFileCmdlet : FsrCmdlet
{
    /// <summary>Leave existing files as they are; their place being taken is an error.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Replace existing files even if they are read-only; they stay read-only.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Put out the input object instead of the files, so that the pipeline can go on with it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Writes files that belong together and puts them, or the input object, out.</summary>
    /// <param name="input">The object that is written.</param>
    /// <param name="files">Each file with what it holds and how it is written.</param>
    protected void Save(object? input, IReadOnlyList<OutputFile> files)
    {
        List<string> written = [];
        List<OutputFile> wanted = [.. files.Where(file => ShouldProcess(file.Path, $"Write {file.Content}"))];

        // All or none: half of a result beside the other half of an older one would be worse than either.
        using WriteGuard guard = Guard();
        if (wanted.Count == 0 || wanted.Exists(file => !guard.MayWrite(file.Path)))
        {
            return;
        }

        object? done = TryRun(input, monitor =>
        {
            foreach (OutputFile file in wanted)
            {
                monitor.CancellationToken.ThrowIfCancellationRequested();
                file.Write(file.Path);
                written.Add(file.Path);
            }

            return written;
        });
        if (!PassThru)
        {
            WriteObject(written.Select(static path => new FileInfo(path)), true);
        }
        else if (done is not null && input is not null)
        {
            WriteObject(input);
        }
    }

    /// <summary>What decides whether files may be written; it is to be disposed of once they are.</summary>
    private protected WriteGuard Guard() => new(this, NoClobber, Force);
}
