using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Reflection;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>
/// The row of a table that the pipeline carries, as <c>Import-Csv</c> and <c>[pscustomobject]</c> make them: its columns of the names of keys are values
/// of these. An object of any other kind, which may have properties of such names with a meaning of their own, is none.
/// </summary>
internal static class TableRow
{
    // Parameters bound by property name would not do: an object's own properties would bind as well, an empty cell would be a zero, and what binds to
    // nothing could not be told. The engine has the object, and shows it to no cmdlet.
    private static readonly PropertyInfo? Current =
        typeof(InternalCommand).GetProperty("CurrentPipelineObject", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public);

    /// <summary>The columns of the row that is at hand, in their order; none where it is another object.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Columns(PSCmdlet cmdlet)
    {
        object? given = Object(cmdlet);
        return given is not PSObject row ? []
            : row.BaseObject is IDictionary table ? [.. table.Cast<DictionaryEntry>().Select(static entry => new KeyValuePair<string, object?>($"{entry.Key}", entry.Value))]
            : row.BaseObject is PSCustomObject && !row.TypeNames[0].StartsWith("Deserialized.", StringComparison.Ordinal)
                ? [.. row.Properties.Where(static property => property.IsGettable).Select(static property => new KeyValuePair<string, object?>(property.Name, property.Value))]
                : [];
    }

    /// <summary>The object that the pipeline carries at the moment.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    public static object? Object(PSCmdlet cmdlet) => Current?.GetValue(cmdlet);

    /// <summary>Whether a path is not one that was given, but what PowerShell makes of a whole row where a path is expected: its text.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">The path.</param>
    public static bool IsRowItself(PSCmdlet cmdlet, string path) =>
        Columns(cmdlet).Count > 0 && Object(cmdlet) is PSObject row && (path == row.ToString() || path == row.BaseObject.ToString());

    /// <summary>The cell of a row that names a file; <see langword="null"/> when it has none.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    public static string? Path(PSCmdlet cmdlet) => Places(cmdlet).Where(static column => !IsEmpty(column.Value)).Select(static column => Overrides.Text(column.Value)).FirstOrDefault();

    /// <summary>The column of a row that is there for a file and names none; <see langword="null"/> when it has no such.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    public static string? EmptyPlace(PSCmdlet cmdlet) => Places(cmdlet).Where(static column => IsEmpty(column.Value)).Select(static column => column.Key).FirstOrDefault();

    private static IEnumerable<KeyValuePair<string, object?>> Places(PSCmdlet cmdlet) =>
        Columns(cmdlet).Where(static column => column.Key.ToUpperInvariant() is "PATH" or "LITERALPATH" or "PSPATH" or "LP");

    /// <summary>Whether a cell says nothing.</summary>
    public static bool IsEmpty(object? value) => Overrides.Text(value).Length == 0;

    /// <summary>What a column is: the parameter of this name or alias; <see langword="null"/> when there is none.</summary>
    public static ParameterMetadata? Parameter(CommandInfo command, string column) => command.Parameters.Values.FirstOrDefault(parameter =>
        parameter.Name.Equals(column, StringComparison.OrdinalIgnoreCase) || parameter.Aliases.Contains(column, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether a parameter takes a property of what comes through the pipeline.</summary>
    public static bool IsBoundFromPipeline(ParameterMetadata parameter) =>
        parameter.ParameterSets.Values.Any(static set => set.ValueFromPipelineByPropertyName);

    /// <summary>What to do about a column that is not taken.</summary>
    public static string Hint(string column) =>
        ParameterKeys.FindNearest(column) is { } near ? $" The nearest key is {near.Name}." : "";
}
