namespace FsRec.Parameters;

/// <summary>Puts the entries of a parameter file into parameters and collects what is wrong with them.</summary>
internal sealed class ParameterReader
{
    private readonly FindingList _findings;
    private readonly Dictionary<ParameterKey, IniEntry> _entries = [];

    // Keys without a usable value; rules that need them say nothing, as the cause is already reported.
    private readonly HashSet<string> _unusable = new(StringComparer.Ordinal);
    // Lines of keys without a value, which count as not given.
    private readonly Dictionary<ParameterKey, int> _empty = [];
    private readonly HashSet<string> _fromFiles = new(StringComparer.Ordinal);
    private ReconstructionParameters _parameters = new();

    private ParameterReader(FindingList findings) => _findings = findings;

    /// <summary>Reads a parameter file's text.</summary>
    public static ParameterFileResult Read(string text, FindingList findings, string? file = null)
    {
        string[] lines = ParameterLines.Clean(text, findings);
        IReadOnlyList<IniEntry> entries = IniEntryParser.Parse(lines, findings);
        if (entries.Count == 0)
        {
            findings.Error(null, null, "no key at all", "a parameter file with sections and key=value lines");
            return new(null, findings.Sorted());
        }

        ParameterReader reader = new(findings) { _parameters = new ReconstructionParameters { BaseDirectory = Path.GetDirectoryName(file) } };
        foreach (IniEntry entry in entries)
        {
            reader.Put(entry);
        }

        reader.LookForMissing();
        reader.ApplyRules();
        IReadOnlyList<ParameterFinding> sorted = findings.Sorted();
        return new(findings.HasErrors ? null : reader.Complete(file, sorted), sorted);
    }

    private ReconstructionParameters Complete(string? file, IReadOnlyList<ParameterFinding> findings) => _parameters with
    {
        Provenance = ParameterProvenance.OfFile(file, _entries.ToDictionary(static e => e.Key, static e => e.Value.Line), _parameters, findings),
    };

    private void Put(IniEntry entry)
    {
        ParameterKey? key = ParameterKeys.Find(entry.Key);
        if (key is null && (key = ParameterKeys.FindSpaced(entry.Key)) is not null)
        {
            _findings.Warn(
                entry.Line, key.Name, NumberText.Quote(entry.Key), key.Name, "It is read as that key.", key.Name);
        }

        if (key is null)
        {
            Unknown(entry);
            return;
        }

        if (!_entries.TryAdd(key, entry))
        {
            (int first, int second) = (_entries[key].Line, entry.Line);
            _findings.Error(second, key.Name, $"the key on line {first} and again on line {second}", "it once");
            return;
        }

        CheckSection(key, entry);
        if (entry.Value.Length == 0)
        {
            Empty(key, entry);
        }
        else if (key.TryRead(
            entry.Value, _parameters, out ReconstructionParameters? changed, out ParameterFinding? finding))
        {
            _parameters = changed;
        }
        else
        {
            _unusable.Add(key.Name);
            _findings.Add(finding, entry.Line);
        }
    }

    private void Unknown(IniEntry entry)
    {
        ParameterKey? near = ParameterKeys.FindNearest(entry.Key);
        if (near is not null)
        {
            _unusable.Add(near.Name);
        }

        _findings.Unknown(entry.Line, entry.Key, near, "Remove the line or put a # in front of it.");
    }

    private void CheckSection(ParameterKey key, IniEntry entry)
    {
        // In an unknown section the section has been reported already.
        if (entry.Section is { } section && section != key.Section && !key.OtherSections.Contains(section))
        {
            _findings.Warn(
                entry.Line,
                key.Name,
                $"the key under [{section}]",
                $"it under [{key.Section}]",
                "It is used all the same.");
        }
    }

    private void Empty(ParameterKey key, IniEntry entry)
    {
        if (key.IsRequired)
        {
            _unusable.Add(key.Name);
            _findings.Error(entry.Line, key.Name, "no value", Wanted(key));
        }
        else
        {
            _entries.Remove(key);
            _empty[key] = entry.Line;
        }
    }

    private static string Wanted(ParameterKey key) =>
        $"{key.Name}=…{(key.Unit is null ? "" : " in " + key.Unit)} under [{key.Section}]";

    // What the files tell is looked up when they are opened; rules about it have to wait until then.
    private void LeaveToFiles()
    {
        if (!InputFiles.AreNamed(_parameters))
        {
            return;
        }

        foreach (ParameterKey key in ParameterKeys.All.Where(key => key.IsFromFile && !_entries.ContainsKey(key) && !_unusable.Contains(key.Name)))
        {
            _unusable.Add(key.Name);
            _fromFiles.Add(key.Name);
            if (key.Name == "Voltage")
            {
                _parameters = _parameters with { Microscope = _parameters.Microscope with { Voltage = 0 } };
            }
        }
    }

    private void LookForMissing()
    {
        LeaveToFiles();
        foreach (ParameterKey key in ParameterKeys.All.Where(key => key.IsRequired && !_entries.ContainsKey(key) && !_fromFiles.Contains(key.Name)))
        {
            // A misspelt key is one problem, not two.
            if (_unusable.Add(key.Name))
            {
                _findings.Error(null, key.Name, "no such key", Wanted(key), key.Description + ".");
            }
        }

        foreach (ParameterKey key in ParameterKeys.All.Where(key => !key.IsRequired && !_entries.ContainsKey(key)))
        {
            // For these two the documentation has a usual range but no default.
            bool isUsualValue = key.Name is "Semiconvergence" or "Focusspread" && !_unusable.Contains(key.Name);
            if (key.Name != "Limit" && (_empty.ContainsKey(key) || isUsualValue))
            {
                string standard = isUsualValue ? "The smallest usual value" : "The default";
                WarnOfDefault(key, $"{standard} is used: {key.Default}.");
            }
        }
    }

    private void WarnOfDefault(ParameterKey key, string hint)
    {
        int? line = _empty.TryGetValue(key, out int at) ? at : null;
        _findings.Warn(line, key.Name, line is null ? "no such key" : "no value", Wanted(key), hint);
    }

    private void ApplyRules()
    {
        if (_parameters.Linear.Limit == 0 && !_unusable.Overlaps(["Limit", "Voltage", "Focusspread", "Sampling"]))
        {
            double limit = Math.Min(_parameters.InformationLimit, _parameters.Image.Calibration.Nyquist);
            _parameters = _parameters with { Linear = _parameters.Linear with { Limit = limit } };
            WarnOfDefault(
                ParameterKeys.Find("Limit")!,
                "The microscope's information limit is used, or the Nyquist frequency if that is lower: "
                + FormattableString.Invariant($"{limit:0.###} 1/nm."));
        }
        else if (_parameters.Linear.Limit == 0)
        {
            _unusable.Add("Limit");
        }

        foreach (ParameterFinding finding in ParameterRules.Check(_parameters, _unusable))
        {
            ParameterKey? key = ParameterKeys.Find(finding.Key ?? "");
            _findings.Add(finding, key is null ? null : _entries.GetValueOrDefault(key)?.Line);
        }
    }
}
