namespace FsRec.Rendering;

/// <summary>How a value from 0 to 1 becomes a colour.</summary>
public enum ColorMap
{
    /// <summary>Black to white.</summary>
    Gray,

    /// <summary>Blue over white to red; the middle of the range is white.</summary>
    Diverging,

    /// <summary>A circle of hues of even brightness, for a phase: both ends of the range are the same colour.</summary>
    Cyclic,
}
