namespace FsRec.Rendering.Colors;

/// <summary>
/// A colour by lightness L (0 black, 1 white) and the axes a (green to red) and b (blue to yellow), in which distances and lightness are as
/// seen: B. Ottosson's Oklab (2020), a transform of linear sRGB.
/// </summary>
internal readonly record struct Oklab(double L, double A, double B)
{
    /// <summary>A colour of a lightness, chroma and hue in turns.</summary>
    public static Oklab FromHue(double lightness, double chroma, double turns)
    {
        (double sin, double cos) = Math.SinCos(2 * Math.PI * turns);
        return new Oklab(lightness, chroma * cos, chroma * sin);
    }

    /// <summary>The colour that a screen's is.</summary>
    public static Oklab From(Rgb colour)
    {
        (double r, double g, double b) = (Linear(colour.R), Linear(colour.G), Linear(colour.B));
        double l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        double m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        double s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        return new Oklab(
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    /// <summary>The nearest colour that a screen has, part by part.</summary>
    public Rgb ToRgb()
    {
        (double r, double g, double b) = ToLinear();
        return new Rgb(Byte(r), Byte(g), Byte(b));
    }

    /// <summary>Whether a screen shows the colour as it is.</summary>
    public bool IsShown()
    {
        (double r, double g, double b) = ToLinear();
        return Math.Min(r, Math.Min(g, b)) >= -1e-6 && Math.Max(r, Math.Max(g, b)) <= 1 + 1e-6;
    }

    /// <summary>The linear light of a screen's three colours, 0 to 1 where it shows the colour.</summary>
    public (double R, double G, double B) ToLinear()
    {
        double l = Cube(L + (0.3963377774 * A) + (0.2158037573 * B));
        double m = Cube(L - (0.1055613458 * A) - (0.0638541728 * B));
        double s = Cube(L - (0.0894841775 * A) - (1.2914855480 * B));
        return (
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static double Cube(double x) => x * x * x;

    private static double Linear(byte value)
    {
        double x = value / 255.0;
        return x <= 0.04045 ? x / 12.92 : Math.Pow((x + 0.055) / 1.055, 2.4);
    }

    /// <summary>The byte by which a screen shows linear light from 0 to 1.</summary>
    public static byte Byte(double linear)
    {
        double x = Math.Clamp(linear, 0, 1);
        return (byte)Math.Round(255 * (x <= 0.0031308 ? 12.92 * x : (1.055 * Math.Pow(x, 1 / 2.4)) - 0.055));
    }
}
