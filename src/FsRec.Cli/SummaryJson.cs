using System.Text.Json.Serialization;

namespace FsRec.Cli;

/// <summary>JSON of the summaries, written by generated code: reflection would cost more than the reconstruction of a small series.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, Converters = [typeof(FiniteNumberConverter)], PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(FailureSummary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
