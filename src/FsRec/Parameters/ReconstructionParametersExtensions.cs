namespace FsRec.Parameters;

/// <summary>Changing parameters by key and checking them, by the same rules as a parameter file's.</summary>
public static class ReconstructionParametersExtensions
{
    /// <summary>Changes one value, as if the parameter file had said so.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="key">The key in any of its spellings, such as <c>Limit</c>.</param>
    /// <param name="value">The value as a parameter file writes it, such as <c>5</c> or <c>[0.5,4]</c>.</param>
    /// <returns>The changed parameters.</returns>
    /// <exception cref="ParameterException">
    /// The key is unknown, the text is none of its values, or the value fits the others worse than the one before.
    /// </exception>
    public static ReconstructionParameters With(this ReconstructionParameters parameters, string key, string value) =>
        parameters.With([KeyValuePair.Create(key, value)]);

    /// <summary>Changes several values at once; what must hold between values is checked after the last.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="values">Keys and values as in a parameter file.</param>
    /// <returns>The changed parameters.</returns>
    /// <exception cref="ParameterException">
    /// A key is unknown, a text is none of its values, or the values fit the others worse than those before.
    /// </exception>
    public static ReconstructionParameters With(
        this ReconstructionParameters parameters, IEnumerable<KeyValuePair<string, string>> values) =>
        parameters.Override(values).GetParameters();

    /// <summary>Changes several values at once and says everything that is wrong or doubtful about them.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="values">Keys and values as in a parameter file.</param>
    /// <returns>The changed parameters, or none, and the findings that were not true before the change.</returns>
    public static ParameterFileResult Override(
        this ReconstructionParameters parameters, IEnumerable<KeyValuePair<string, string>> values)
    {
        FindingList findings = new(null);
        ReconstructionParameters changed = parameters;
        HashSet<ParameterKey> seen = [];
        foreach ((string name, string value) in values)
        {
            if (ParameterKeys.Find(name) is not { } key)
            {
                findings.Unknown(null, name, ParameterKeys.FindSpaced(name) ?? ParameterKeys.FindNearest(name));
            }
            else if (!seen.Add(key))
            {
                findings.Error(null, key.Name, "the key twice", "it once");
            }
            else if (key.TryRead(value, changed, out ReconstructionParameters? next, out ParameterFinding? finding))
            {
                changed = next;
            }
            else
            {
                findings.Add(finding);
            }
        }

        if (!findings.HasErrors)
        {
            // What was wrong before, as the missing folders of a simulated series, is not this change's fault.
            HashSet<ParameterFinding> before = [.. parameters.Validate()];
            foreach (ParameterFinding finding in changed.Validate().Where(finding => !before.Contains(finding)))
            {
                findings.Add(finding);
            }
        }

        IReadOnlyList<ParameterFinding> sorted = findings.Sorted();
        return new(
            findings.HasErrors ? null : changed with { Provenance = parameters.Provenance.With(ParameterOriginKind.Option, null, seen, changed, sorted) }, sorted);
    }

    /// <summary>The parameters with a note of where some of their values come from.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="origin">Where, in words.</param>
    /// <param name="keys">The keys of the values.</param>
    public static ReconstructionParameters From(this ReconstructionParameters parameters, string origin, IEnumerable<string> keys) => parameters with
    {
        Origins = [.. keys.Select(static name => ParameterKeys.Find(name)!).Where(key => key.Print(parameters) is not null).Select(key => new ValueOrigin(key.Name, key.Print(parameters)!, origin)), .. parameters.Origins],
    };

    /// <summary>Where the value of a key comes from; <see langword="null"/> where nothing was noted of the value that it has.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="key">The key.</param>
    public static string? OriginOf(this ReconstructionParameters parameters, ParameterKey key) =>
        parameters.Origins.FirstOrDefault(origin => origin.Key == key.Name) is { } found && found.Value == key.Print(parameters) ? found.From : null;

    /// <summary>Parameters whose values that may come from files, and do not stand in them, are those of others.</summary>
    internal static ReconstructionParameters FilledFrom(this ReconstructionParameters parameters, ReconstructionParameters others)
    {
        ReconstructionParameters filled = parameters;
        foreach (ParameterKey key in ParameterKeys.All.Where(static key => key.IsFromFile))
        {
            if (key.Print(parameters) is null && key.Print(others) is { } text && key.TryRead(text, filled, out ReconstructionParameters? changed, out _))
            {
                filled = changed;
            }
        }

        return filled;
    }

    /// <summary>
    /// Checks parameters as if they stood in a file: every value by itself, then what must hold between them.
    /// </summary>
    /// <param name="parameters">The parameters.</param>
    /// <returns>Errors and warnings; empty when there is nothing to say.</returns>
    public static IReadOnlyList<ParameterFinding> Validate(this ReconstructionParameters parameters)
    {
        FindingList findings = new(null);
        HashSet<string> unusable = new(StringComparer.Ordinal);
        bool fromFiles = InputFiles.AreNamed(parameters);
        foreach (ParameterKey key in ParameterKeys.All)
        {
            if (key.Print(parameters) is not { } text)
            {
                if (key.IsFromFile)
                {
                    unusable.Add(key.Name);
                    if (!fromFiles)
                    {
                        findings.Error(null, key.Name, "no value", key.Description, "Only files that have it make it unnecessary.");
                    }
                }
            }
            else if (!key.TryRead(text, parameters, out _, out ParameterFinding? finding))
            {
                unusable.Add(key.Name);
                findings.Add(finding);
            }
        }

        foreach (ParameterFinding finding in ParameterRules.Check(parameters, unusable))
        {
            findings.Add(finding);
        }

        return findings.Sorted();
    }
}
