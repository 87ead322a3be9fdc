using System.Text.Json.Serialization;

namespace FsRec.Runs;

/// <summary>JSON of the records, by generated code: reflection would cost more than the reconstruction of a small series.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, Converters = [typeof(FiniteNumberConverter)], UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(RunFigures))]
[JsonSerializable(typeof(PendingSet))]
[JsonSerializable(typeof(LockOwner))]
internal sealed partial class RunJson : JsonSerializerContext;
