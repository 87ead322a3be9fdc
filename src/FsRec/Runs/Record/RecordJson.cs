using System.Text.Json;
using System.Text.Json.Nodes;

namespace FsRec.Runs;

/// <summary>
/// A record as JSON. Its figures stand among its other members: scripts take displacements and the like from there, with one step less to look for them, and did so before
/// the record had anything else.
/// </summary>
internal static class RecordJson
{
    // As RunJson names RunRecord.Figures.
    private const string Figures = "figures";

    private static readonly HashSet<string> FigureNames = [.. RunJson.Default.RunFigures.Properties.Select(static p => p.Name)];

    private static readonly JsonSerializerOptions OneLine = new(RunJson.Default.Options) { WriteIndented = false };

    /// <summary>The record as JSON.</summary>
    /// <param name="record">The record.</param>
    /// <param name="indented">Whether it is written over many lines.</param>
    public static string Write(RunRecord record, bool indented)
    {
        JsonObject nested = JsonSerializer.SerializeToNode(record, RunJson.Default.RunRecord)!.AsObject();
        var flat = new JsonObject();
        foreach ((string name, JsonNode? value) in nested.SelectMany(static m => m.Key == Figures && m.Value is JsonObject figures ? [.. figures] : (KeyValuePair<string, JsonNode?>[])[m]))
        {
            flat.Add(name, value?.DeepClone());
        }

        return flat.ToJsonString(indented ? RunJson.Default.Options : OneLine);
    }

    /// <summary>Reads a record.</summary>
    /// <param name="json">JSON in UTF-8.</param>
    /// <returns>The record; <see langword="null"/> of JSON that is no object.</returns>
    /// <exception cref="JsonException">It is no JSON, or of other types.</exception>
    public static RunRecord? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var flat = JsonNode.Parse(json) as JsonObject;
            if (flat is null)
            {
                return null;
            }

            KeyValuePair<string, JsonNode?>[] figures = [.. flat.Where(static m => FigureNames.Contains(m.Key))];
            if (figures.Length > 0)
            {
                foreach ((string name, _) in figures)
                {
                    flat.Remove(name);
                }

                flat[Figures] = new JsonObject(figures);
            }

            return flat.Deserialize(RunJson.Default.RunRecord);
        }
        catch (ArgumentException e)
        {
            throw new JsonException($"The same name stands in it twice: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            // What JSON says of a name or a text that is no text.
            throw new JsonException(e.Message, e);
        }
    }
}
