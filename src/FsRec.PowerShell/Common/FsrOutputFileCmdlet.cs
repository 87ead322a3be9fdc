using System.Management.Automation;
using FsRec.PowerShell.Hosting;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell;

/// <summary>A cmdlet that writes files. Existing files are replaced, as PyFSRec and PowerShell's own writers do, unless NoClobber is given.</summary>
public abstract class FsrOutputFileCmdlet : FsrCmdlet
{
    private readonly WrittenFiles _written;

    /// <summary>Makes a cmdlet that has written nothing.</summary>
    protected FsrOutputFileCmdlet() => _written = new WrittenFiles(this);

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
    protected void Save(object? input, IReadOnlyList<OutputFile> files) => Save(input, files, (wanted, monitor) =>
    {
        foreach (OutputFile file in wanted)
        {
            monitor.CancellationToken.ThrowIfCancellationRequested();
            file.Write(file.Path);
        }
    });

    /// <summary>Has files that belong together written and puts them, or the input object, out.</summary>
    /// <param name="input">The object that is written.</param>
    /// <param name="files">The files.</param>
    /// <param name="write">Writes those of them that the user wants.</param>
    private protected void Save(object? input, IReadOnlyList<OutputFile> files, Action<IReadOnlyList<OutputFile>, LibraryMonitor> write)
    {
        if (!MayWrite(input, files.Select(static file => file.Path)))
        {
            return;
        }

        List<OutputFile> wanted = [.. files.Where(file => ShouldProcess(file.Path, $"Write {file.Content}"))];

        if (SeriesArgumentAttribute.SeriesOf(input) is { } series && SourceGuard.Conflict(series, wanted.Select(static file => file.Path)) is { } source)
        {
            WriteError(ErrorRecords.Create("FileIsSource", ErrorCategory.InvalidArgument, source, SourceGuard.Message(source)));
            return;
        }

        // All or none: half of a result beside the other half of an older one would be worse than either.
        using WriteGuard guard = Guard();
        if (wanted.Count == 0 || wanted.Exists(file => !guard.MayWrite(file.Path)))
        {
            return;
        }

        object? done = TryRun(input, monitor =>
        {
            write(wanted, monitor);
            return wanted;
        });
        if (done is not null)
        {
            PutOut(input, [.. wanted.Select(static file => file.Path)]);
        }
    }

    /// <summary>Whether files may be written as far as this call is concerned: it has written none of them of another input, whatever Force says. An error tells.</summary>
    /// <param name="input">The object that is to be written.</param>
    /// <param name="paths">The files.</param>
    private protected bool MayWrite(object? input, IEnumerable<string> paths) => _written.MayWrite(input, paths);

    /// <summary>Puts out files that were written, which look alike on every system, or the input object.</summary>
    /// <param name="input">The object that was written.</param>
    /// <param name="paths">The files.</param>
    private protected void PutOut(object? input, IReadOnlyList<string> paths)
    {
        _written.Add(input, paths);
        if (PassThru && input is not null)
        {
            WriteObject(input);
            return;
        }

        foreach (string path in paths)
        {
            var file = new PSObject(new FileInfo(path));
            file.TypeNames.Insert(0, "FsRec.WrittenFile");
            WriteObject(file);
        }
    }

    /// <summary>What decides whether files may be written; it is to be disposed of once they are.</summary>
    private protected virtual WriteGuard Guard() => new(this, NoClobber, Force);
}
