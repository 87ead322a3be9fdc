using System.Security.Cryptography;
using System.Text;
using FsRec.Parameters;

namespace FsRec.Sweeps;

/// <summary>One run of a sweep: a value for each swept key.</summary>
public sealed class SweepPoint
{
    // Longer names would meet the limits of file systems.
    private const int LongestName = 100;

    private SweepPoint(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        Values = values;
        Name = NameOf(values);
    }

    /// <summary>Keys and values as a parameter file writes them, in the order of the table of keys.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    /// <summary>Name of the run's folder, the same in every sweep for the same values.</summary>
    public string Name { get; }

    /// <summary>The point of some values.</summary>
    /// <param name="values">Keys with values as a parameter file writes them, in the order of the table of keys.</param>
    internal static SweepPoint Of(IEnumerable<KeyValuePair<string, string>> values) => new(values.ToArray());

    /// <summary>All points of the grid that axes span; the last axis changes first.</summary>
    /// <param name="axes">The axes; their order does not matter, that of the table of keys does.</param>
    /// <exception cref="FsRecException">Two axes have the same key, or there is none.</exception>
    public static IReadOnlyList<SweepPoint> Grid(IEnumerable<SweepAxis> axes)
    {
        List<ParameterKey> order = [.. ParameterKeys.All];
        SweepAxis[] ordered = [.. axes.OrderBy(axis => order.IndexOf(axis.Key))];
        if (ordered.Length == 0)
        {
            throw new FsRecException("There is nothing to sweep; expected a key with its values.");
        }

        if (ordered.GroupBy(static axis => axis.Key).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw new FsRecException($"{twice.Key.Name} is swept twice; expected it once.");
        }

        IEnumerable<KeyValuePair<string, string>[]> grid = [[]];
        foreach (SweepAxis axis in ordered)
        {
            grid = [.. grid.SelectMany(point => axis.Values.Select(value => (KeyValuePair<string, string>[])[.. point, new(axis.Key.Name, value)]))];
        }

        return grid.Select(static values => new SweepPoint(values)).ToArray();
    }

    /// <summary>Whether a key is swept.</summary>
    /// <param name="key">The key as the documentation spells it.</param>
    internal bool Has(string key) => Values.Any(pair => pair.Key == key);

    /// <inheritdoc />
    public override string ToString() => string.Join(", ", Values.Select(static pair => $"{pair.Key}={pair.Value}"));

    // Values that are more than a number or a word are told apart by a hash, as not every character can be part of a name.
    private static string NameOf(IReadOnlyList<KeyValuePair<string, string>> values)
    {
        string name = string.Join('_', values.Select(static pair => $"{pair.Key}-{new string([.. pair.Value.Where(IsPlain)])}"));
        if (name.Length <= LongestName && values.All(static pair => pair.Value.Length > 0 && pair.Value.All(IsPlain)))
        {
            return name;
        }

        string all = string.Join('\n', values.Select(static pair => $"{pair.Key}={pair.Value}"));
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..10];
        return $"{name[..Math.Min(name.Length, LongestName)]}_{hash}";
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+';
}
