using System.Collections;
using System.Globalization;
using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>Values by key that a cmdlet puts over those of a parameter file: those of <c>-Set</c> and those of named parameters.</summary>
internal static class Overrides
{
    /// <summary>What takes MTF or NPS off in a parameter file.</summary>
    public const string NoCurve = "None";

    /// <summary>The changed parameters; warnings go to the warning stream, failures are thrown.</summary>
    public static ReconstructionParameters Apply(
        PSCmdlet cmdlet, ReconstructionParameters parameters, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        if (values.Count == 0)
        {
            return parameters;
        }

        ParameterFileResult result = parameters.Override(values);
        foreach (ParameterFinding warning in result.Warnings)
        {
            cmdlet.WriteWarning(warning.ToText());
        }

        return result.GetParameters();
    }

    /// <summary>As <see cref="Apply"/>, for frames that are already read: keys of the import are refused.</summary>
    public static ReconstructionParameters ApplyAfterImport(
        PSCmdlet cmdlet, ReconstructionParameters parameters, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        // Set later it would be ignored.
        if (Keys(values).FirstOrDefault(static key => key.Stages == KeyStages.Import) is { } late)
        {
            throw new FsRecException($"{late.Name} is used when the series is imported; give it to Import-FocalSeries, by name or by -Set.");
        }

        return Apply(cmdlet, parameters, values);
    }

    /// <summary>Whether a key is among the values.</summary>
    public static bool Contains(IReadOnlyList<KeyValuePair<string, string>> values, string name) => Keys(values).Any(key => key.Name == name);

    /// <summary>Keys and values as a parameter file writes them.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Pairs(IDictionary? values)
    {
        List<KeyValuePair<string, string>> pairs = [];
        if (values is not null)
        {
            foreach (DictionaryEntry entry in values)
            {
                string key = Text(entry.Key);
                pairs.Add(new(key, Text(ParameterKeys.Find(key), entry.Value)));
            }
        }

        return pairs;
    }

    /// <summary>
    /// The value of a key as a parameter file writes it: nothing in place of a curve takes it off. Texts of numbers whose decimals stand behind a comma would be twice as many
    /// numbers; written as spreadsheets write them, with semicolons, they are refused as what they are.
    /// </summary>
    /// <param name="key">The key; <see langword="null"/> for one that is unknown.</param>
    /// <param name="value">The value.</param>
    public static string Text(ParameterKey? key, object? value) =>
        (key?.Kind, Unwrapped.Of(value)) switch
        {
            (ParameterKind.Curve, null) => NoCurve,
            (_, IEnumerable list and not string) when IsNumbers(key) && Items(list).Any(static item => item is string text && text.Contains(',', StringComparison.Ordinal)) =>
                $"[{string.Join(';', Items(list).Select(Text))}]",
            _ => Text(value),
        };

    /// <summary>
    /// A value as a parameter file writes it: numbers with a point, lists in brackets. Lists in a list are one list, as
    /// <c>(0..9),12</c> is for PowerShell; no key's value is a list of lists but a range written as text.
    /// </summary>
    public static string Text(object? value) => Unwrapped.Of(value) switch
    {
        null => "",
        string text => text,
        SwitchParameter flag => flag.IsPresent.ToString(),
        IEnumerable list => $"[{string.Join(',', Items(list).Select(Text))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        object other => other.ToString() ?? "",
    };

    /// <summary>The items of a list and of the lists in it.</summary>
    public static IEnumerable<object?> Items(IEnumerable list)
    {
        foreach (object? item in list)
        {
            if (Unwrapped.Of(item) is IEnumerable inner and not string)
            {
                foreach (object? nested in Items(inner))
                {
                    yield return nested;
                }
            }
            else
            {
                yield return Unwrapped.Of(item);
            }
        }
    }

    private static bool IsNumbers(ParameterKey? key) =>
        key?.Kind is ParameterKind.NumberList or ParameterKind.NumberPair or ParameterKind.Band or ParameterKind.WholeNumberPair;

    private static IEnumerable<ParameterKey> Keys(IReadOnlyList<KeyValuePair<string, string>> values) =>
        values.Select(static pair => ParameterKeys.Find(pair.Key)).OfType<ParameterKey>();
}
