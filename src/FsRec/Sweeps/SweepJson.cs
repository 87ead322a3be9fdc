using System.Text.Json.Serialization;

namespace FsRec.Sweeps;

/// <summary>JSON of plans and records, written by generated code.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SweepRecord))]
[JsonSerializable(typeof(SweepPlan))]
internal sealed partial class SweepJson : JsonSerializerContext;
