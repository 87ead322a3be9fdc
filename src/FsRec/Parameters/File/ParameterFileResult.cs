namespace FsRec.Parameters;

/// <summary>What reading parameters gave: the parameters, if there was no error, and everything worth saying.</summary>
/// <param name="Parameters">The parameters; <see langword="null"/> when there is an error.</param>
/// <param name="Findings">Errors and warnings in the order of their lines, those without a line last.</param>
public sealed record ParameterFileResult(ReconstructionParameters? Parameters, IReadOnlyList<ParameterFinding> Findings)
{
    /// <summary>Whether a finding is an error, so that there are no parameters.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == ParameterSeverity.Error);

    /// <summary>The findings that are errors.</summary>
    public IEnumerable<ParameterFinding> Errors =>
        Findings.Where(finding => finding.Severity == ParameterSeverity.Error);

    /// <summary>The findings that are warnings.</summary>
    public IEnumerable<ParameterFinding> Warnings =>
        Findings.Where(finding => finding.Severity == ParameterSeverity.Warning);

    /// <summary>The parameters, or an exception that lists the errors.</summary>
    /// <returns>The parameters.</returns>
    /// <exception cref="ParameterException">There is an error.</exception>
    public ReconstructionParameters GetParameters() => Parameters ?? throw new ParameterException(Findings);
}
