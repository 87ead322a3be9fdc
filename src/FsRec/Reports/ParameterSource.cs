using FsRec.Parameters;

namespace FsRec.Reports;

/// <summary>Where the value of a key came from.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value, as a parameter file writes it.</param>
/// <param name="From">Where it came from, in words.</param>
internal sealed record ParameterSource(ParameterKey Key, string Value, string From)
{
    /// <summary>All keys that have a value.</summary>
    /// <param name="parameters">The parameters of the run.</param>
    /// <param name="file">The parameter file; <see langword="null"/> where there was none or it is gone.</param>
    public static IReadOnlyList<ParameterSource> Of(ReconstructionParameters parameters, string? file)
    {
        Dictionary<string, int> lines = Lines(file);
        ReconstructionParameters? read = file is not null && lines.Count > 0 ? ParameterFile.Load(file).Parameters : null;
        List<ParameterSource> sources = [];
        foreach (ParameterKey key in ParameterKeys.All)
        {
            if (key.Print(parameters) is not { } value)
            {
                continue;
            }

            string from = parameters.OriginOf(key) is { } origin ? origin : lines.TryGetValue(key.Name.ToUpperInvariant(), out int line)
                ? read is null || key.Print(read) == value ? FormattableString.Invariant($"parameter file, line {line}") : $"the call, instead of {key.Print(read)} of the file's line {line}"
                : read is not null ? (key.Print(read) == value ? "default" : "the call")
                : value == key.Default ? "default" : "given";
            sources.Add(new ParameterSource(key, value, from));
        }

        return sources;
    }

    /// <summary>The line of each key in the file, by the key's own name in capitals.</summary>
    private static Dictionary<string, int> Lines(string? file)
    {
        Dictionary<string, int> lines = [];
        if (file is null || !File.Exists(file))
        {
            return lines;
        }

        var findings = new FindingList(file);
        if (ParameterFileText.Read(file, findings) is not { } text)
        {
            return lines;
        }

        foreach (IniEntry entry in IniEntryParser.Parse(ParameterLines.Clean(text, findings), findings))
        {
            if (ParameterKeys.Find(entry.Key) is { } key)
            {
                lines[key.Name.ToUpperInvariant()] = entry.Line;
            }
        }

        return lines;
    }
}
