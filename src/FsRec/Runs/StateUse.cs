namespace FsRec.Runs;

/// <summary>What becomes of the state of a reconstruction.</summary>
public enum StateUse
{
    /// <summary>None is kept.</summary>
    None,

    /// <summary>It is kept while the reconstruction runs.</summary>
    Keep,

    /// <summary>One that is there is taken up, and it is kept.</summary>
    Resume,

    /// <summary>One that is there is taken up where it is of this very run, and it is kept.</summary>
    ResumeOwn,
}
