namespace FsRec.Parameters;

/// <summary>A parameter file to begin with: every key with its comment, those that are needed and not known left open.</summary>
public static class ParameterTemplate
{
    /// <summary>Writes a template.</summary>
    /// <param name="path">The file; one that is there is replaced, a missing folder is made.</param>
    /// <param name="values">Keys and values as in a parameter file; the rest stays at its default or open.</param>
    /// <returns>The keys that are needed and were left open.</returns>
    /// <exception cref="ParameterException">A key is unknown or given twice, or a text is none of its values.</exception>
    /// <exception cref="FsRecException">The file cannot be written.</exception>
    public static IReadOnlyList<ParameterKey> Write(string path, IEnumerable<KeyValuePair<string, string>> values)
    {
        string target = Path.GetFullPath(path);
        ReconstructionParameters parameters = new()
        {
            Files = new FileParameters { InputPath = ".", OutputPath = "results", OutputFileName = Path.GetFileNameWithoutExtension(target) },
            BaseDirectory = Path.GetDirectoryName(target),
        };
        FindingList findings = new(null);
        HashSet<ParameterKey> given = [];
        foreach ((string name, string value) in values)
        {
            if (ParameterKeys.Find(name) is not { } key)
            {
                findings.Unknown(null, name, ParameterKeys.FindSpaced(name) ?? ParameterKeys.FindNearest(name));
            }
            else if (!given.Add(key))
            {
                findings.Error(null, key.Name, "the key twice", "it once");
            }
            else if (key.TryRead(value, parameters, out ReconstructionParameters? changed, out ParameterFinding? finding))
            {
                parameters = changed;
            }
            else
            {
                findings.Add(finding);
            }
        }

        if (findings.HasErrors)
        {
            throw new ParameterException(findings.Sorted());
        }

        // A default of the program would pass for the truth of a microscope that nobody asked about.
        HashSet<ParameterKey> open = [.. ParameterKeys.All.Where(key => key.IsRequired && !given.Contains(key) && !Begun(key))];
        string text = ParameterFormatter.Format(parameters, open);
        AtomicFile.WriteText(target, writer => writer.Write(text));
        return [.. open];
    }

    private static bool Begun(ParameterKey key) => key.Name is "INPUTPATH" or "OUTPUTPATH" or "OUTPUTFILENAME";
}
