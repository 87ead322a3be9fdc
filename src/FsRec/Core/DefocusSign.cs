namespace FsRec;

/// <summary>By which sign a file writes underfocus. FsRec's own convention, and that of microscopes, is negative.</summary>
public enum DefocusSign
{
    /// <summary>Underfocus is negative, as FsRec, PyFSRec and microscopes have it.</summary>
    UnderfocusNegative,

    /// <summary>Underfocus is positive, as programs that fit contrast transfer functions have it.</summary>
    UnderfocusPositive,
}
