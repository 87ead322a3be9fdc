using FsRec.Parameters;

namespace FsRec.Runs;

/// <summary>A problem of the parameters in a record.</summary>
/// <param name="Severity">Whether it is an error or a warning.</param>
/// <param name="Key">The key; <see langword="null"/> for none.</param>
/// <param name="File">The file; <see langword="null"/> where the value stands in none.</param>
/// <param name="Line">Its line, from 1; <see langword="null"/> where it is in none.</param>
/// <param name="Text">What was found, what was expected, and a hint.</param>
public sealed record RecordedFinding(ParameterSeverity Severity, string? Key, string? File, int? Line, string Text)
{
    internal static RecordedFinding Of(ParameterFinding finding) => new(finding.Severity, finding.Key, finding.File, finding.Line, finding.Message);
}
