using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FsRec.Runs;

/// <summary>Says what differs between two runs.</summary>
public static class RunDifferences
{
    private const int HashDigits = 12;

    // Where results go and by which name says nothing of what was done.
    private static readonly string[] Places = ["OUTPUTPATH", "OUTPUTFILENAME"];

    /// <summary>The differences, those that explain others first; none where the runs agree.</summary>
    /// <param name="left">The first run.</param>
    /// <param name="right">The second run.</param>
    public static IReadOnlyList<RunDifference> Between(RunRecord left, RunRecord right)
    {
        List<RunDifference?> found =
        [
            Of(RunDifferenceKind.Version, "FsRec", left.Version, right.Version),
            Of(RunDifferenceKind.Processor, "processor", left.Processor, right.Processor),
            Of(RunDifferenceKind.Command, "command", left.Command, right.Command),
            .. Keyed(left.Parameters, right.Parameters).Where(static p => !Places.Contains(p.Key)).Select(static p => Of(RunDifferenceKind.Parameter, p.Key, p.Left?.Value, p.Right?.Value)),
            .. Frames(left.Inputs, right.Inputs),
            Of(RunDifferenceKind.Outcome, "outcome", Outcome(left), Outcome(right)),
            .. Warnings(left.Warnings, right.Warnings),
            .. Figures(left.Figures, right.Figures),
            .. Keyed(ByEnding(left), ByEnding(right)).Select(static f => Of(RunDifferenceKind.File, f.Key, Hash(f.Left?.Sha256), Hash(f.Right?.Sha256))),
        ];
        return [.. found.OfType<RunDifference>()];
    }

    private static RunDifference? Of(RunDifferenceKind what, string name, string? left, string? right) =>
        left == right ? null : new RunDifference(what, name, left, right);

    private static string Outcome(RunRecord run) => run.Error is { } error ? $"{run.Outcome} ({error.Id})" : run.Outcome.ToString();

    private static IEnumerable<(string Key, T? Left, T? Right)> Keyed<T>(IReadOnlyDictionary<string, T> left, IReadOnlyDictionary<string, T> right)
        where T : class =>
        left.Keys.Concat(right.Keys.Where(key => !left.ContainsKey(key))).Select(key => (key, left.GetValueOrDefault(key), right.GetValueOrDefault(key)));

    // Frames are the same wherever they lie and whatever they are called; their order counts.
    private static IEnumerable<RunDifference?> Frames(IReadOnlyList<InputRecord> left, IReadOnlyList<InputRecord> right)
    {
        for (int n = 0; n < Math.Max(left.Count, right.Count); n++)
        {
            InputRecord? a = n < left.Count ? left[n] : null;
            InputRecord? b = n < right.Count ? right[n] : null;
            yield return a?.Sha256 == b?.Sha256 ? null : new RunDifference(RunDifferenceKind.Frame, Path.GetFileName((a ?? b)!.Path), Text(a), Text(b));
        }

        static string? Text(InputRecord? file) => file is null ? null : $"{Hash(file.Sha256)} {file.Path}";
    }

    private static IEnumerable<RunDifference?> Warnings(IReadOnlyList<RecordedMessage> left, IReadOnlyList<RecordedMessage> right)
    {
        foreach (string id in left.Concat(right).Select(static w => w.Id).Distinct())
        {
            string[] a = [.. left.Where(w => w.Id == id).Select(static w => w.Text)];
            string[] b = [.. right.Where(w => w.Id == id).Select(static w => w.Text)];
            yield return Of(RunDifferenceKind.Warning, id, Text(a.Except(b)), Text(b.Except(a)));
        }

        static string? Text(IEnumerable<string> texts) => string.Join(' ', texts) is { Length: > 0 } text ? text : null;
    }

    private static IEnumerable<RunDifference?> Figures(RunFigures? left, RunFigures? right)
    {
        Dictionary<string, JsonNode?> a = Flat(left);
        Dictionary<string, JsonNode?> b = Flat(right);
        foreach ((string name, JsonNode? x, JsonNode? y) in a.Keys.Concat(b.Keys.Where(key => !a.ContainsKey(key))).Select(key => (key, a.GetValueOrDefault(key), b.GetValueOrDefault(key))))
        {
            if (JsonNode.DeepEquals(x, y))
            {
                continue;
            }

            yield return x is JsonArray first && y is JsonArray second
                ? new RunDifference(RunDifferenceKind.Figure, name, Entries(first), Other(first, second))
                : x is JsonArray || y is JsonArray ? new RunDifference(RunDifferenceKind.Figure, name, Entries(x as JsonArray), Entries(y as JsonArray))
                : new RunDifference(RunDifferenceKind.Figure, name, Text(x), Text(y)) { Relative = Number(x) is { } u && Number(y) is { } v && u != 0 ? (v - u) / Math.Abs(u) : null };
        }
    }

    // A list that only one of the runs has is counted as well: whole, it would bury the rest.
    [return: NotNullIfNotNull(nameof(list))]
    private static string? Entries(JsonArray? list) => list is null ? null : list.Count == 0 ? "none" : FormattableString.Invariant($"{list.Count} of them");

    private static string Other(JsonArray first, JsonArray second)
    {
        int other = first.Zip(second).Count(static pair => !JsonNode.DeepEquals(pair.First, pair.Second));
        return second.Count == first.Count ? FormattableString.Invariant($"{other} other") : Entries(second);
    }

    // Figures by name; entries that are of an image by its number, other lists as a whole.
    private static Dictionary<string, JsonNode?> Flat(RunFigures? figures)
    {
        var found = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        if (figures is not null)
        {
            Add(JsonSerializer.SerializeToNode(figures, RunJson.Default.RunFigures)!.AsObject(), "", found);
        }

        return found;
    }

    private static void Add(JsonObject node, string prefix, Dictionary<string, JsonNode?> found)
    {
        foreach ((string name, JsonNode? value) in node.Where(static n => n.Key is not "imageNumber"))
        {
            switch (value)
            {
                case JsonObject inner:
                    Add(inner, $"{prefix}{name}.", found);
                    break;
                case JsonArray list when list.Count > 0 && list.All(static item => item is JsonObject entry && entry.ContainsKey("imageNumber")):
                    foreach (JsonNode? item in list)
                    {
                        Add(item!.AsObject(), $"{prefix}{name}[{item["imageNumber"]}].", found);
                    }

                    break;
                default:
                    found[prefix + name] = value;
                    break;
            }
        }
    }

    private static double? Number(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>() : null;

    private static string? Text(JsonNode? node) => Number(node) is { } number ? number.ToString("g6", CultureInfo.InvariantCulture) : node?.ToString();

    private static string? Hash(string? sha256) => sha256 is null ? null : sha256[..Math.Min(sha256.Length, HashDigits)];

    // By what follows the base name: runs of two names are compared file by file.
    private static Dictionary<string, FileRecord> ByEnding(RunRecord run)
    {
        string name = run.Parameters.TryGetValue("OUTPUTFILENAME", out RecordedParameter? given) ? given.Value : "";
        return run.Files.ToDictionary(file => name.Length > 0 && file.Key.StartsWith(name, StringComparison.Ordinal) ? file.Key[name.Length..] : file.Key, static file => file.Value);
    }
}
