using System.Collections;
using System.Globalization;
using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>Values by key that a cmdlet's <c>-Set</c> puts over those of a parameter file.</summary>
internal static class Overrides
{
    // What only the import of a series looks at: set later it would be ignored.
    private static readonly string[] ImportKeys = ["INPUTPATH", "INPUTFILENAME", "NImages", "Dimensions", "Range", "Fixhotpix"];

    /// <summary>The changed parameters; warnings go to the warning stream, failures are thrown.</summary>
    public static ReconstructionParameters Apply(PSCmdlet cmdlet, ReconstructionParameters parameters, IDictionary? values)
    {
        if (values is null || values.Count == 0)
        {
            return parameters;
        }

        ParameterFileResult result = parameters.Override(Pairs(values));
        foreach (ParameterFinding warning in result.Warnings)
        {
            cmdlet.WriteWarning(warning.ToString());
        }

        return result.GetParameters();
    }

    /// <summary>As <see cref="Apply"/>, for frames that are already read: keys of the import are refused.</summary>
    public static ReconstructionParameters ApplyAfterImport(PSCmdlet cmdlet, ReconstructionParameters parameters, IDictionary? values)
    {
        if (values is not null && Keys(values).FirstOrDefault(key => ImportKeys.Contains(key.Name)) is { } late)
        {
            throw new FsRecException($"{late.Name} is used when the series is imported; give it to Import-FocalSeries -Set.");
        }

        return Apply(cmdlet, parameters, values);
    }

    /// <summary>Whether a key is among the values.</summary>
    public static bool Contains(IDictionary? values, string name) =>
        values is not null && Keys(values).Any(key => key.Name == name);

    private static IEnumerable<ParameterKey> Keys(IDictionary values) =>
        values.Keys.Cast<object>().Select(name => ParameterKeys.Find(Text(name))).OfType<ParameterKey>();

    /// <summary>Keys and values as a parameter file writes them.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Pairs(IDictionary values)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (DictionaryEntry entry in values)
        {
            pairs.Add(new(Text(entry.Key), Text(entry.Value)));
        }

        return pairs;
    }

    // As a parameter file writes it: lists in brackets, numbers with a point.
    private static string Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => "",
        string text => text,
        SwitchParameter flag => flag.IsPresent.ToString(),
        IEnumerable list => $"[{string.Join(',', list.Cast<object?>().Select(Text))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        object other => other.ToString() ?? "",
    };
}
