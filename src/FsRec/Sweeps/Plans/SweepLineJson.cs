using System.Text.Json.Serialization;

namespace FsRec.Sweeps;

/// <summary>JSON of the journals, one line an event, written by generated code.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SweepEvent))]
[JsonSerializable(typeof(CarriedRowData))]
internal sealed partial class SweepLineJson : JsonSerializerContext;
