namespace FsRec.Parameters;

/// <summary>Findings as they are made, with the file's name put on each.</summary>
internal sealed class FindingList(string? file)
{
    private readonly List<ParameterFinding> _findings = [];

    /// <summary>Whether there is an error.</summary>
    public bool HasErrors => _findings.Any(finding => finding.Severity == ParameterSeverity.Error);

    public void Add(ParameterFinding finding, int? line = null) =>
        _findings.Add(finding with { File = file, Line = line });

    public void Error(
        int? line, string? key, string found, string expected, string? hint = null, string? near = null) =>
        Add(Finding(ParameterSeverity.Error, key, found, expected, hint, near), line);

    public void Warn(
        int? line, string? key, string found, string expected, string? hint = null, string? near = null) =>
        Add(Finding(ParameterSeverity.Warning, key, found, expected, hint, near), line);

    /// <summary>A name that is no key's; the hint names the nearest key, or says what else to do.</summary>
    public void Unknown(int? line, string name, ParameterKey? near, string? otherwise = null) => Error(
        line, name, $"the unknown key {NumberText.Quote(name)}", "a key of the parameter file", near is null ? otherwise : $"The nearest key is {near.Name}.", near?.Name);

    /// <summary>The findings by line; those without a line, as for missing keys, come last.</summary>
    public IReadOnlyList<ParameterFinding> Sorted() => [.. _findings.OrderBy(finding => finding.Line ?? int.MaxValue)];

    private static ParameterFinding Finding(
        ParameterSeverity severity, string? key, string found, string expected, string? hint, string? near) =>
        new() { Severity = severity, Key = key, Found = found, Expected = expected, Hint = hint, NearestKey = near };
}
