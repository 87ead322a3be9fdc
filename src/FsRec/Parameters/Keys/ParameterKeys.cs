using System.Collections.Frozen;

namespace FsRec.Parameters;

/// <summary>All keys of the parameter file, in the order of the documentation's example.</summary>
public static class ParameterKeys
{
    /// <summary>Most images a series can have: a bound that keeps a slip of the pen from filling the memory.</summary>
    internal const int MostImages = 100_000;

    private static readonly FrozenDictionary<string, ParameterKey> ByName = ParameterKeyTable.Keys
        .SelectMany(key => key.Aliases.Append(key.Name).Select(name => KeyValuePair.Create(name, key)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The keys.</summary>
    public static IReadOnlyList<ParameterKey> All => ParameterKeyTable.Keys;

    /// <summary>Finds a key by its name or another spelling of it, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The key; <see langword="null"/> when there is none of this name.</returns>
    public static ParameterKey? Find(string name) => ByName.GetValueOrDefault(name.Trim());

    /// <summary>Finds the key whose spelling is nearest to a misspelt name.</summary>
    /// <param name="name">The misspelt name.</param>
    /// <returns>The key; <see langword="null"/> when none is near.</returns>
    public static ParameterKey? FindNearest(string name)
    {
        string? nearest = Spelling.Nearest(name, ByName.Keys);
        return nearest is null ? null : ByName[nearest];
    }

    /// <summary>Finds a key that is written with spaces, hyphens or underscores between its words.</summary>
    internal static ParameterKey? FindSpaced(string name) =>
        Find(new string([.. name.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_'))]));
}
