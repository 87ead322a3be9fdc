namespace FsRec.Parameters;

/// <summary>How much a <see cref="ParameterFinding"/> matters.</summary>
public enum ParameterSeverity
{
    /// <summary>The file's meaning is clear and it is used, but the line is worth a look.</summary>
    Warning,

    /// <summary>No parameters come from a file with an error.</summary>
    Error,
}
