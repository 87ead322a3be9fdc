using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>A cmdlet that reads files.</summary>
public abstract class FsrInputFileCmdlet : FsrCmdlet
{
    /// <summary>Name of the parameter set with <see cref="Path"/>.</summary>
    protected const string PathSet = "Path";

    /// <summary>Name of the parameter set with <see cref="LiteralPath"/>.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Paths of the files; wildcards are resolved.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(FileCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of the files, taken as they are.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ArgumentCompleter(typeof(FileCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The files that the bound paths name; each bad path is an error.</summary>
    /// <param name="inFolder">Gives the files of a folder that is named; <see langword="null"/> where a folder is an error.</param>
    protected IEnumerable<string> InputFiles(Func<string, IReadOnlyList<string>>? inFolder = null) => ParameterSetName switch
    {
        PathSet when Path is [var only] && TableRow.IsRowItself(this, only) => OfRow(inFolder),
        PathSet => FsrPaths.Files(this, Path, false, inFolder),
        LiteralPathSet => FsrPaths.Files(this, LiteralPath, true, inFolder),
        _ => [],
    };

    // A table in memory has no properties that PowerShell could bind Path to; a row without a path would be taken for one.
    private IEnumerable<string> OfRow(Func<string, IReadOnlyList<string>>? inFolder)
    {
        if (TableRow.Path(this) is { } path)
        {
            return FsrPaths.Files(this, [path], false, inFolder);
        }

        WriteError(ErrorRecords.Create(
            "RowWithoutPath",
            ErrorCategory.InvalidArgument,
            Path[0],
            $"The row has no column Path; it has {string.Join(", ", TableRow.Columns(this).Select(static column => column.Key))}. Give each row its file, as Path: @{{ Path = 'config.fsr'; Limit = 5 }}."));
        return [];
    }
}
