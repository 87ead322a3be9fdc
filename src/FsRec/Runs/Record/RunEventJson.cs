using System.Text.Json.Serialization;

namespace FsRec.Runs;

/// <summary>JSON of the events, one line each.</summary>
[JsonSourceGenerationOptions(
    Converters = [typeof(FiniteNumberConverter)], UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunEvent))]
internal sealed partial class RunEventJson : JsonSerializerContext;
