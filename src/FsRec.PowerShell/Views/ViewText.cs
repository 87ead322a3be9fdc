using System.Buffers;
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

    /// <summary>A number of a resolution, which is none where halves agree nowhere.</summary>
    /// <param name="value">The number.</param>
    /// <param name="format">Its format.</param>
    /// <param name="end">What stands for none: that they agree to the end of the band.</param>
    public static object? Agreement(object? value, string format, string? end = null) => Plain(value) is double.NaN ? "none" : Number(value, format, end);

    /// <summary>A resolution, which is a bound where no frequency was found up to which halves agree: they agree to the end of the band.</summary>
    /// <param name="resolution">The resolution.</param>
    /// <param name="format">Its format.</param>
    /// <param name="frequency">The frequency that was found; <see langword="null"/> for none.</param>
    public static object? AtBest(object? resolution, string format, object? frequency) =>
        Plain(frequency) is null && Number(resolution, format) is string text ? text + " or better" : Agreement(resolution, format);

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

    /// <summary>
    /// A text in lines that end between two words, or behind a sign in a name that is longer than a line. PowerShell wraps the columns of a table between words
    /// in some languages alone, and in all others, the invariant culture of a system without a language among them, within words.
    /// </summary>
    /// <param name="value">The text.</param>
    /// <param name="width">Width of the column in characters; of one that takes what is left, what it takes of 80.</param>
    public static string? Wrap(object? value, int width)
    {
        string? text = Plain(value)?.ToString();
        bool wrapsItself = WordWrapped.Contains(CultureInfo.CurrentCulture.TwoLetterISOLanguageName) && text?.Split(' ', '\n').All(word => word.Length <= width) != false;
        return text is null || text.Length <= width || wrapsItself ? text : Lines(text, width);
    }

    // Those of PowerShell's own list.
    private static readonly string[] WordWrapped = ["en", "fr", "de", "it", "pt", "es"];

    private static readonly SearchValues<char> Signs = SearchValues.Create("._-/\\]:,");

    private static string Lines(string text, int width)
    {
        var lines = new List<string>();
        foreach (string paragraph in text.Split('\n'))
        {
            string line = "";
            foreach (string whole in paragraph.TrimEnd('\r').Split(' '))
            {
                string word = whole;
                while (word.Length > width && word.AsSpan(0, width).LastIndexOfAny(Signs) is >= 0 and var at)
                {
                    if (line.Length > 0)
                    {
                        lines.Add(line);
                        line = "";
                    }

                    lines.Add(word[..(at + 1)]);
                    word = word[(at + 1)..];
                }

                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    lines.Add(line);
                    line = word;
                }
                else
                {
                    line = line.Length == 0 ? word : line + " " + word;
                }
            }

            lines.Add(line);
        }

        return string.Join('\n', lines);
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
