namespace FsRec.Pester;

/// <summary>A failure as PowerShell tells it: its trace names lines of scripts.</summary>
#pragma warning disable CA1064, CA1032 // It is never thrown, only shown.
internal sealed class PesterFailure(string message, string? trace) : Exception(message)
{
    /// <inheritdoc />
    public override string? StackTrace => trace;
}
