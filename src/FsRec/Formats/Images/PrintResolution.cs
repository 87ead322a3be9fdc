namespace FsRec.Formats.Images;

/// <summary>Tells the pixel size of a micrograph from the resolution that programs write for a screen or a printer.</summary>
internal static class PrintResolution
{
    /// <summary>The largest pixel in nm that is believed: 1 µm. A screen's or a printer's pixels are 20 µm and more.</summary>
    public const double LargestPixel = 1000;
}
