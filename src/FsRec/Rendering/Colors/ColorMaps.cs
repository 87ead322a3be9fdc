namespace FsRec.Rendering.Colors;

/// <summary>The colours of the maps, 256 each.</summary>
internal static class ColorMaps
{
    /// <summary>Colours of a map.</summary>
    public const int Count = 256;

    // Lightness and chroma of the circle of hues: the largest chroma that a screen shows at every hue of this lightness.
    private const double CyclicLightness = 0.72;
    private const double CyclicChroma = 0.122;

    private static readonly Lazy<Rgb[]>[] Tables =
    [
        new(static () => Make(static v => Rgb.Gray((byte)Math.Round(255 * v)))),
        new(static () => Make(Diverging)),
        new(static () => Make(static v => Hue(v).ToRgb())),
        new(static () => Published(PublishedMaps.Viridis)),
        new(static () => Published(PublishedMaps.Cividis)),
        new(static () => Published(PublishedMaps.Inferno)),
    ];

    /// <summary>The 256 colours of a map, from the range's first value to its last.</summary>
    public static ReadOnlySpan<Rgb> Table(ColorMap map) => Tables[(int)map].Value;

    /// <summary>The colour of a value from 0 to 1; what is no number has the first.</summary>
    public static Rgb Colour(ColorMap map, double value) => Table(map)[Index(value)];

    /// <summary>The colour of a hue of the cyclic map, of which every hue is as light.</summary>
    /// <param name="turns">0 to 1 and round.</param>
    public static Oklab Hue(double turns) => Oklab.FromHue(CyclicLightness, CyclicChroma, turns);

    /// <summary>The colour of a complex number: the hue is its phase, the brightness its amplitude from 0 to 1.</summary>
    /// <param name="turns">Phase in turns.</param>
    /// <param name="brightness">0 to 1.</param>
    public static Rgb Complex(double turns, double brightness)
    {
        // A scaled colour keeps its hue in Oklab, and is shown wherever the full one is.
        double b = double.IsNaN(brightness) ? 0 : Math.Clamp(brightness, 0, 1);
        return Oklab.FromHue(CyclicLightness * b, CyclicChroma * b, turns).ToRgb();
    }

    /// <summary>The place in a table of a value from 0 to 1.</summary>
    public static int Index(double value) => double.IsNaN(value) ? 0 : (int)Math.Round((Count - 1) * Math.Clamp(value, 0, 1));

    private static Rgb Diverging(double v)
    {
        // From white to a blue and a red of the same lightness and chroma. An even number of colours has no middle one: two are white.
        double t = (2 * v) - 1;
        t = Math.Sign(t) * Math.Max(0, (Math.Abs(t) * (Count - 1)) - 1) / (Count - 2);
        return Oklab.FromHue(1 - (0.52 * Math.Abs(t)), 0.145 * Math.Sqrt(Math.Abs(t)) * Math.Min(1, 0.25 + (1.5 * Math.Abs(t))), t < 0 ? 0.715 : 0.08).ToRgb();
    }

    private static Rgb[] Make(Func<double, Rgb> colour) => [.. Enumerable.Range(0, Count).Select(i => colour(i / (Count - 1.0)))];

    private static Rgb[] Published(string hex) => [.. Enumerable.Range(0, Count).Select(i => Rgb.Parse(hex.AsSpan(6 * i, 6)))];
}
