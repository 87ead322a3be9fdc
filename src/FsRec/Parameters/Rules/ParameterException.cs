using System.Globalization;

namespace FsRec.Parameters;

/// <summary>Parameters that cannot be used; the message lists every error, one in a line.</summary>
public sealed class ParameterException : FsRecException
{
    /// <summary>Creates the exception.</summary>
    public ParameterException()
    {
    }

    /// <summary>Creates the exception with a message for the user.</summary>
    /// <param name="message">What was found, what was expected, and a hint.</param>
    public ParameterException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message for the user and the failure behind it.</summary>
    /// <param name="message">What was found, what was expected, and a hint.</param>
    /// <param name="innerException">The failure behind it.</param>
    public ParameterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception from findings, at least one of which is an error.</summary>
    /// <param name="findings">The findings, warnings included.</param>
    public ParameterException(IReadOnlyList<ParameterFinding> findings)
        : base(Describe(findings)) => Findings = findings.ToArray();

    /// <inheritdoc />
    public override string Id => "ParametersInvalid";

    /// <summary>All findings, warnings included.</summary>
    public IReadOnlyList<ParameterFinding> Findings { get; } = [];

    /// <summary>The same errors under the names by which their reader types the keys; a key that stands in a file keeps its own.</summary>
    /// <param name="name">The name of a key, as of an option.</param>
    public ParameterException Named(Func<string, string> name) =>
        new([.. Findings.Select(finding => finding is { Key: { } key, File: null, Line: null } ? finding with { Key = name(key) } : finding)]);

    // A file that is no parameter file at all has an error in every line.
    private const int MostLines = 50;

    private static string Describe(IReadOnlyList<ParameterFinding> findings)
    {
        ParameterFinding[] errors = [.. findings.Where(finding => finding.Severity == ParameterSeverity.Error)];
        if (errors.Length == 1)
        {
            return errors[0].ToString();
        }

        string count = errors.Length.ToString(CultureInfo.InvariantCulture);
        IEnumerable<string> lines = errors.Take(MostLines).Select(error => "  " + error);
        string cut = errors.Length > MostLines ? ", the first of which are" : "";
        lines = lines.Prepend($"{count} errors in the parameters{cut}:");
        return string.Join(Environment.NewLine, lines);
    }
}
