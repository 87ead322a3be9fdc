using System.Text.Json.Serialization;
using FsRec.Runs;

namespace FsRec.Watching;

/// <summary>JSON of the journal, one line a series.</summary>
[JsonSourceGenerationOptions(
    Converters = [typeof(FiniteNumberConverter)], UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WatchedSeries))]
internal sealed partial class WatchJson : JsonSerializerContext;
