using System.Text.Json.Serialization;

namespace FsRec.Runs;

/// <summary>JSON of the records, by generated code as everywhere.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(PendingSet))]
[JsonSerializable(typeof(LockOwner))]
internal sealed partial class RunJson : JsonSerializerContext;
