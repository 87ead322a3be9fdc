namespace FsRec.Runs;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>Done, and the result is not to be trusted as it is; the warnings say why.</summary>
    Doubtful,

    /// <summary>Failed; the error says why.</summary>
    Failed,

    /// <summary>Stopped by its user.</summary>
    Interrupted,
}
