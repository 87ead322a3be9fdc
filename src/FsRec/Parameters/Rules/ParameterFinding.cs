using System.Globalization;

namespace FsRec.Parameters;

/// <summary>One problem of a parameter file, or of parameters that were changed by key.</summary>
public sealed record ParameterFinding
{
    /// <summary>Whether the problem is an error or a warning.</summary>
    public required ParameterSeverity Severity { get; init; }

    /// <summary>The file's path or name; <see langword="null"/> when the parameters came from no file.</summary>
    public string? File { get; init; }

    /// <summary>Line in the file, counted from 1; <see langword="null"/> when in no line, as a missing key.</summary>
    public int? Line { get; init; }

    /// <summary>The key as the documentation spells it, or as the file does when it is unknown.</summary>
    public string? Key { get; init; }

    /// <summary>What was found.</summary>
    public required string Found { get; init; }

    /// <summary>What was expected instead.</summary>
    public required string Expected { get; init; }

    /// <summary>The way out or the consequence, as a sentence.</summary>
    public string? Hint { get; init; }

    /// <summary>For an unknown key the known one whose spelling is nearest.</summary>
    public string? NearestKey { get; init; }

    /// <summary>What was found, what was expected, and the hint, in sentences.</summary>
    public string Message => $"Found {Found}; expected {Expected}.{(Hint is null ? "" : " " + Hint)}";

    /// <summary>The finding in one line: file, line, severity, key, message.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => InOneLine(Severity == ParameterSeverity.Error ? "error: " : "warning: ");

    /// <summary>The finding in one line for those who say themselves that it is an error or a warning: file, line, key, message.</summary>
    public string ToText() => InOneLine("");

    private string InOneLine(string severity)
    {
        string line = Line is { } number ? "line " + number.ToString(CultureInfo.InvariantCulture) : "";
        string place = string.Join(", ", new[] { File, line }.Where(part => !string.IsNullOrEmpty(part)));
        return $"{(place.Length == 0 ? "" : place + ": ")}{severity}{(Key is null ? "" : Key + ": ")}{Message}";
    }
}
