namespace FsRec.Sweeps;

/// <summary>What a command of the system came to.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Error">What it complained of.</param>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Whether it succeeded.</summary>
    public bool IsDone => ExitCode == 0;
}
