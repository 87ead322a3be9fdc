namespace FsRec.Runs;

/// <summary>Objects that can be carried to another process.</summary>
internal enum CarriedKind
{
    /// <summary>Parameters.</summary>
    Parameters,

    /// <summary>An exit wave.</summary>
    Wave,

    /// <summary>A series.</summary>
    Series,

    /// <summary>A series with displacements.</summary>
    Aligned,

    /// <summary>A reconstruction.</summary>
    Reconstruction,
}
