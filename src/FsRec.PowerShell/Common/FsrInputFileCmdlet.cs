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
    [AllowNull]
    [AllowEmptyString]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of the files, taken as they are.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ArgumentCompleter(typeof(FileCompleter))]
    [AllowNull]
    [AllowEmptyString]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The files that the bound paths name; each bad path is an error.</summary>
    /// <param name="inFolder">Gives the files of a folder that is named; <see langword="null"/> where a folder is an error.</param>
    protected IEnumerable<string> InputFiles(Func<string, IReadOnlyList<string>>? inFolder = null)
    {
        CountRow();
        bool isLiteral = ParameterSetName == LiteralPathSet;
        if (!isLiteral && ParameterSetName != PathSet)
        {
            return [];
        }

        string[] paths = (isLiteral ? LiteralPath : Path) ?? [];
        return paths is [var only] && TableRow.IsRowItself(this, only) ? OfRow(inFolder)
            : !isLiteral && paths is [{ Length: > 0 } text] && TextInput.IsObject(this, text, "the path of a file") ? []
            : paths.Length == 0 || Array.Exists(paths, string.IsNullOrEmpty) ? Empty(isLiteral)
            : FsrPaths.Files(this, paths, isLiteral, inFolder);
    }

    // What PowerShell itself says of an empty path names the parameter, and no row.
    private IEnumerable<string> Empty(bool isLiteral)
    {
        string name = isLiteral ? nameof(LiteralPath) : nameof(Path);
        ErrorRecord record = TableRow.EmptyPlace(this) is { } column
            ? OfRow(ErrorRecords.Create("RowWithoutPath", ErrorCategory.InvalidArgument, TableRow.Object(this), $"The column {column} is empty; expected the row's file, as in config.fsr."))
            : ErrorRecords.Create("PathEmpty", ErrorCategory.InvalidArgument, null, $"-{name} is empty; expected the name of a file, as in config.fsr.");
        if (!MyInvocation.ExpectingInput)
        {
            ThrowTerminatingError(record);
        }

        WriteError(record);
        return [];
    }

    // A table in memory has no properties that PowerShell could bind Path to; a row without a path would be taken for one.
    private IEnumerable<string> OfRow(Func<string, IReadOnlyList<string>>? inFolder)
    {
        if (TableRow.Path(this) is { } path)
        {
            return FsrPaths.Files(this, [path], false, inFolder);
        }

        if (TableRow.EmptyPlace(this) is not null)
        {
            return Empty(ParameterSetName == LiteralPathSet);
        }

        WriteError(OfRow(ErrorRecords.Create(
            "RowWithoutPath",
            ErrorCategory.InvalidArgument,
            Path[0],
            $"The row has no column Path; it has {string.Join(", ", TableRow.Columns(this).Select(static column => column.Key))}. Give each row its file, as Path: @{{ Path = 'config.fsr'; Limit = 5 }}.")));
        return [];
    }
}
