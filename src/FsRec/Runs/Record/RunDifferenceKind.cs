namespace FsRec.Runs;

/// <summary>In what two runs differ, in the order in which it explains the rest.</summary>
public enum RunDifferenceKind
{
    /// <summary>The program.</summary>
    Version,

    /// <summary>The kind of processor.</summary>
    Processor,

    /// <summary>What was done.</summary>
    Command,

    /// <summary>A key.</summary>
    Parameter,

    /// <summary>A file of the frames or of the detector.</summary>
    Frame,

    /// <summary>How the run ended.</summary>
    Outcome,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>A figure that was found.</summary>
    Figure,

    /// <summary>A file that was written.</summary>
    File,
}
