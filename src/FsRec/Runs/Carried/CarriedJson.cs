using System.Text.Json.Serialization;

namespace FsRec.Runs;

/// <summary>JSON of objects that are carried, written by generated code.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(CarriedHeader))]
internal sealed partial class CarriedJson : JsonSerializerContext;
