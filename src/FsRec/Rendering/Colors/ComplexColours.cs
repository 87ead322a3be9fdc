namespace FsRec.Rendering.Colors;

/// <summary>
/// The colours of complex numbers, by tables. In Oklab a colour whose three values are scaled by b has b³ times the linear light: one root of the light
/// for each hue, and one table of the screen's bytes by the root, serve for every brightness.
/// </summary>
internal sealed class ComplexColours
{
    // A step of the hue changes a byte by a quarter at most, one of the root by a tenth.
    private const int Hues = 1 << 11;
    private const int Roots = 1 << 12;

    private static readonly Lazy<ComplexColours> TheOnly = new(static () => new ComplexColours());

    private readonly (float R, float G, float B)[] _hues;
    private readonly byte[] _bytes;

    private ComplexColours()
    {
        _hues = [.. Enumerable.Range(0, Hues).Select(static i => Root(ColorMaps.Hue((double)i / Hues)))];
        _bytes = [.. Enumerable.Range(0, Roots + 1).Select(static i => Oklab.Byte(Math.Pow((double)i / Roots, 3)))];
    }

    /// <summary>The tables, made when they are first asked for.</summary>
    public static ComplexColours Shared => TheOnly.Value;

    /// <summary>The colour of a complex number; what is no number is black.</summary>
    /// <param name="turns">Phase in turns.</param>
    /// <param name="brightness">Amplitude, 0 to 1.</param>
    public Rgb Of(float turns, float brightness)
    {
        float root = brightness > 0 ? Roots * Math.Min(brightness, 1) : 0;
        int hue = float.IsFinite(turns) ? (int)MathF.Floor((turns * Hues) + 0.5f) & (Hues - 1) : 0;
        (float r, float g, float b) = _hues[hue];
        return new Rgb(_bytes[(int)((root * r) + 0.5f)], _bytes[(int)((root * g) + 0.5f)], _bytes[(int)((root * b) + 0.5f)]);
    }

    private static (float R, float G, float B) Root(Oklab colour)
    {
        (double r, double g, double b) = colour.ToLinear();
        static float Of(double linear) => (float)Math.Cbrt(Math.Clamp(linear, 0, 1));
        return (Of(r), Of(g), Of(b));
    }
}
