namespace FsRec.Rendering;

/// <summary>How a value from 0 to 1 becomes a colour. All but the cyclic one print in grey as they look in colour: the lightness tells the order.</summary>
public enum ColorMap
{
    /// <summary>Black to white.</summary>
    Gray,

    /// <summary>Blue over white to red, the middle of the range white; both ends are as dark, and differ to those who do not tell red from green.</summary>
    Diverging,

    /// <summary>A circle of hues of the same lightness, for a phase: both ends of the range are the same colour, and no part looks brighter.</summary>
    Cyclic,

    /// <summary>Dark violet over green to yellow, in steps that look even.</summary>
    Viridis,

    /// <summary>Dark blue over grey to yellow, the same to those who do not tell red from green.</summary>
    Cividis,

    /// <summary>Black over red to light yellow, in steps that look even; for spectra.</summary>
    Inferno,
}
