namespace FsRec.PowerShell;

/// <summary>What does the runs of a sweep.</summary>
public enum SweepExecutor
{
    /// <summary>This session.</summary>
    Local,

    /// <summary>A cluster with Slurm.</summary>
    Slurm,
}
