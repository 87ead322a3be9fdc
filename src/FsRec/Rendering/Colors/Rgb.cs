using System.Runtime.InteropServices;

namespace FsRec.Rendering.Colors;

/// <summary>A colour of a screen, sRGB.</summary>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct Rgb(byte R, byte G, byte B)
{
    public static readonly Rgb White = new(255, 255, 255);

    public static readonly Rgb Black = new(0, 0, 0);

    /// <summary>Whether it has no hue.</summary>
    public bool IsGray => R == G && G == B;

    /// <summary>A shade from black, 0, to white, 255.</summary>
    public static Rgb Gray(byte shade) => new(shade, shade, shade);

    /// <summary>The colour of a web page's notation without its sign.</summary>
    public static Rgb Parse(ReadOnlySpan<char> hex) => new(Convert.FromHexString(hex[..2])[0], Convert.FromHexString(hex[2..4])[0], Convert.FromHexString(hex[4..6])[0]);

    /// <inheritdoc />
    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";
}
