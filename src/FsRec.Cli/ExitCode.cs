namespace FsRec.Cli;

/// <summary>What the program's exit code means.</summary>
internal static class ExitCode
{
    /// <summary>The run is done.</summary>
    public const int Done = 0;

    /// <summary>The run failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the parameter file is not what it must be.</summary>
    public const int Usage = 2;

    /// <summary>The run is done and its files are written, but the result is not to be trusted as it is; the warnings say why.</summary>
    public const int Doubtful = 3;

    /// <summary>The user interrupted the run.</summary>
    public const int Interrupted = 130;

    /// <summary>The run was told to end by SIGTERM.</summary>
    public const int Terminated = 143;
}
