using FsRec.Parameters;

namespace FsRec.Sweeps;

/// <summary>A key of the parameter file with the values that it takes in a sweep.</summary>
public sealed class SweepAxis
{
    /// <summary>Takes a key and its values; a value that is the same as an earlier one is left out.</summary>
    /// <param name="key">The key in any of its spellings.</param>
    /// <param name="values">The values as a parameter file writes them.</param>
    /// <exception cref="FsRecException">There is no such key, it says where results go, or there is no value.</exception>
    public SweepAxis(string key, IEnumerable<string> values)
    {
        Key = ParameterKeys.Find(key) ?? throw Unknown(key);
        if (Key.Stages == KeyStages.Output)
        {
            throw new FsRecException($"{Key.Name} cannot be swept: each run of a sweep has a folder of its own.");
        }

        Values = values.Select(Standard).Distinct(StringComparer.Ordinal).ToArray();
        if (Values.Count == 0)
        {
            throw new FsRecException($"{Key.Name} has no values; expected one at least.");
        }
    }

    /// <summary>The key.</summary>
    public ParameterKey Key { get; }

    /// <summary>The values as the library writes them in a parameter file.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <inheritdoc />
    public override string ToString() => $"{Key.Name}={string.Join(", ", Values)}";

    // 4 and 4.0 are one value. What is none of the key's stays as it is: its run fails and says why.
    private string Standard(string text) =>
        Key.TryRead(text, new ReconstructionParameters(), out ReconstructionParameters? read, out _) ? Key.Print(read) ?? text : text;

    private static FsRecException Unknown(string key) => new(
        $"There is no key '{key}'.{(ParameterKeys.FindNearest(key) is { } near ? $" The nearest key is {near.Name}." : "")}");
}
