namespace FsRec.PowerShell;

/// <summary>How a picture is written.</summary>
public enum ImageFileFormat
{
    /// <summary>PNG.</summary>
    Png,

    /// <summary>SVG: text and lines stay text and lines.</summary>
    Svg,

    /// <summary>TIFF of 32-bit floats: the values as they are.</summary>
    Tiff,
}
