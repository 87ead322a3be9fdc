namespace FsRec.Parameters;

/// <summary>
/// Where the values of some parameters came from and what was said of them. It is no part of what the parameters are: two sets with the same values are
/// equal, whoever gave them. Immutable.
/// </summary>
internal sealed class ParameterProvenance
{
    /// <summary>Of parameters of which nothing is known.</summary>
    public static readonly ParameterProvenance Unknown = new();

    private static readonly ReconstructionParameters Defaults = new();

    private IReadOnlyDictionary<string, ParameterOrigin> _origins = new Dictionary<string, ParameterOrigin>();

    private ParameterProvenance()
    {
    }

    /// <summary>The parameter file, in full where it is one of the disk; <see langword="null"/> where there was none.</summary>
    public string? File { get; private init; }

    /// <summary>What was found doubtful of the values as they were given.</summary>
    public IReadOnlyList<ParameterFinding> Findings { get; private init; } = [];

    /// <summary>The provenance of what a file says: keys that stand in it, and defaults for all others.</summary>
    public static ParameterProvenance OfFile(string? file, IReadOnlyDictionary<ParameterKey, int> lines, ReconstructionParameters read, IReadOnlyList<ParameterFinding> findings) => new()
    {
        File = file,
        Findings = findings,
        _origins = ParameterKeys.All.ToDictionary(static key => key.Name, key => lines.TryGetValue(key, out int line)
            ? new ParameterOrigin(ParameterOriginKind.File, key.Print(read)) { Source = file, Line = line }
            : new ParameterOrigin(ParameterOriginKind.Default, key.Print(read))),
    };

    /// <summary>A provenance that was carried.</summary>
    public static ParameterProvenance Of(CarriedProvenance carried) => new() { File = carried.File, Findings = carried.Findings, _origins = carried.Keys };

    /// <summary>The provenance in a form that can be carried.</summary>
    /// <param name="named">Origins that the parameters name.</param>
    public CarriedProvenance Carry(IReadOnlyList<ValueOrigin> named) => new() { File = File, Findings = Findings, Keys = _origins, Named = named };

    /// <summary>Where the value that a key has now came from.</summary>
    public ParameterOrigin Of(ParameterKey key, ReconstructionParameters parameters)
    {
        string? value = key.Print(parameters);
        if (parameters.OriginOf(key) is { } named)
        {
            return new ParameterOrigin(KindOf(named), value) { Source = named, Instead = _origins.GetValueOrDefault(key.Name) };
        }

        ParameterOrigin? known = _origins.GetValueOrDefault(key.Name);
        if (known?.Value == value && known is not null)
        {
            return known;
        }

        // Changed since by whoever called: an option such as a number of iterations.
        return known is null && value == key.Print(Defaults)
            ? new ParameterOrigin(ParameterOriginKind.Default, value)
            : new ParameterOrigin(ParameterOriginKind.Option, value) { Instead = known };
    }

    // What is worded as the program's own choice is one; the name of a microscope is not.
    private static ParameterOriginKind KindOf(string named) =>
        named == ValueOrigin.Files ? ParameterOriginKind.Frames
        : named.StartsWith("the ", StringComparison.Ordinal) ? ParameterOriginKind.Default
        : ParameterOriginKind.Preset;

    /// <summary>The same, with values that were given in place of others.</summary>
    /// <param name="kind">Who gave them.</param>
    /// <param name="source">The preset's name, if it was one.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="changed">The parameters with them.</param>
    /// <param name="findings">What is doubtful about them.</param>
    public ParameterProvenance With(
        ParameterOriginKind kind, string? source, IEnumerable<ParameterKey> keys, ReconstructionParameters changed, IReadOnlyList<ParameterFinding>? findings = null)
    {
        var origins = new Dictionary<string, ParameterOrigin>(_origins);
        foreach (ParameterKey key in keys)
        {
            origins[key.Name] = new ParameterOrigin(kind, key.Print(changed)) { Source = source, Instead = _origins.GetValueOrDefault(key.Name) };
        }

        return new ParameterProvenance { File = File, Findings = findings is null ? Findings : [.. Findings, .. findings], _origins = origins };
    }
}
