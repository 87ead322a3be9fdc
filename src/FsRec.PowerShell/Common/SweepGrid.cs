using System.Collections;
using System.Globalization;
using FsRec.Parameters;
using FsRec.Sweeps;

namespace FsRec.PowerShell;

/// <summary>The grid that a table of keys with lists of values spans.</summary>
internal static class SweepGrid
{
    /// <summary>The points of a grid.</summary>
    /// <param name="table">The table.</param>
    /// <param name="located">A value of a key with its folder or file named in full.</param>
    /// <exception cref="FsRecException">A key is unknown or has no values.</exception>
    public static IReadOnlyList<SweepPoint> Of(IDictionary table, Func<string, string, string> located)
    {
        List<SweepAxis> axes = [];
        foreach (DictionaryEntry entry in table)
        {
            string name = Overrides.Text(entry.Key);
            ParameterKey? key = ParameterKeys.Find(name);
            axes.Add(new SweepAxis(name, Values(key, entry.Value).Select(value => located(name, Overrides.Text(key, value)))));
        }

        return SweepPoint.Grid(axes);
    }

    /// <summary>A value as PowerShell sorts and compares it: numbers are numbers.</summary>
    public static object Value(string key, string text) =>
        ParameterKeys.Find(key)?.Kind is ParameterKind.Number or ParameterKind.WholeNumber
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : text;

    // Of a key whose value is a list, a list of lists is several values and a list of numbers is one.
    private static IEnumerable<object?> Values(ParameterKey? key, object? value)
    {
        object? given = Unwrapped.Of(value);
        if (given is not IEnumerable list || given is string)
        {
            return [given];
        }

        object?[] items = [.. list.Cast<object?>().Select(Unwrapped.Of)];
        // A curve is a list of numbers or the name of a file.
        bool isList = key is not null && (KeyParameters.TypeOf(key.Kind).IsArray || (key.Kind == ParameterKind.Curve && !Array.Exists(items, static item => item is null or string)));
        return !isList ? Overrides.Items(items)
            : Array.Exists(items, static item => item is IEnumerable) ? items
            : [items];
    }
}
