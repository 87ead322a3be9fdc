using System.Collections;
using System.Globalization;
using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>Numbers and values of keys as the views of the module show them: with a point, whatever the session's culture is, as all texts of the library have them.</summary>
public static class ViewText
{
    /// <summary>A number; what is no number stays as it is.</summary>
    /// <param name="value">The number.</param>
    /// <param name="format">Its format.</param>
    /// <param name="none">What stands for none.</param>
    public static object? Number(object? value, string format, string? none = null) => Plain(value) switch
    {
        null => none,
        IFormattable number and not Enum => number.ToString(format, CultureInfo.InvariantCulture),
        var other => other,
    };

    /// <summary>A resolution, which is a bound where no frequency was found up to which halves agree: they agree to the end of the band.</summary>
    /// <param name="resolution">The resolution.</param>
    /// <param name="format">Its format.</param>
    /// <param name="frequency">The frequency that was found; <see langword="null"/> for none.</param>
    public static object? AtBest(object? resolution, string format, object? frequency) =>
        Plain(frequency) is null && Number(resolution, format) is string text ? text + " or better" : Number(resolution, format);

    /// <summary>All numbers of a list.</summary>
    /// <param name="values">The list.</param>
    /// <param name="format">Format of a number.</param>
    public static string? Numbers(object? values, string format) =>
        Plain(values) is IEnumerable list and not string ? string.Join(", ", list.Cast<object?>().Select(value => Number(value, format))) : Plain(values)?.ToString();

    /// <summary>The first and the last number of a list.</summary>
    /// <param name="values">The list.</param>
    /// <param name="format">Format of a number.</param>
    public static string? Span(object? values, string format)
    {
        if (Plain(values) is not IEnumerable list || list is string)
        {
            return Plain(values)?.ToString();
        }

        object?[] all = [.. list.Cast<object?>()];
        return all.Length switch
        {
            0 => "",
            1 => $"{Number(all[0], format)}",
            _ => $"{Number(all[0], format)} to {Number(all[^1], format)}",
        };
    }

    /// <summary>A span of time in seconds.</summary>
    /// <param name="span">The span.</param>
    public static string? Seconds(object? span) =>
        Plain(span) is TimeSpan time ? time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s" : Plain(span)?.ToString();

    /// <summary>The value of a key as a parameter file writes it, but a truth value as PowerShell shows those of all objects.</summary>
    /// <param name="parameters">Parameters, or a copy of them from another process or a file.</param>
    /// <param name="key">Name of the key.</param>
    /// <exception cref="FsRecException">There is no such key.</exception>
    public static object? Key(object? parameters, string key)
    {
        ParameterKey known = ParameterKeys.Find(key) ?? throw new FsRecException($"There is no key '{key}'.");
        return Plain(CopyCheck.Real(parameters)) is ReconstructionParameters real
            ? known.Kind == ParameterKind.Boolean ? known.Value(real) : known.Print(real)
            : (parameters as PSObject)?.Properties[known.Name]?.Value;
    }

    private static object? Plain(object? value) => value is PSObject wrapped ? wrapped.BaseObject is PSCustomObject ? wrapped : wrapped.BaseObject : value;
}
