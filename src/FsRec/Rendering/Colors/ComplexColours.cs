using System.Runtime.Intrinsics;

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
    private const int Lanes = 8;

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
        Span<Rgb> one = stackalloc Rgb[1];
        Fill([turns], 1, [brightness], 0, 1, one);
        return one[0];
    }

    /// <summary>The colours of complex numbers.</summary>
    /// <param name="angles">Phase of each.</param>
    /// <param name="turns">Turns a unit of the phases.</param>
    /// <param name="sizes">Amplitude of each.</param>
    /// <param name="dark">Amplitude that is black.</param>
    /// <param name="scale">1 by the amplitude above it that is full colour.</param>
    /// <param name="colours">As many.</param>
    public void Fill(ReadOnlySpan<float> angles, float turns, ReadOnlySpan<float> sizes, float dark, float scale, Span<Rgb> colours)
    {
        Span<int> hues = stackalloc int[Lanes];
        Span<float> roots = stackalloc float[Lanes];
        Span<float> fewAngles = stackalloc float[Lanes];
        Span<float> fewSizes = stackalloc float[Lanes];
        for (int i = 0; i < colours.Length; i += Lanes)
        {
            int count = Math.Min(Lanes, colours.Length - i);
            if (count < Lanes)
            {
                angles[i..].CopyTo(fewAngles);
                sizes[i..].CopyTo(fewSizes);
            }

            Vector256<float> hue = Vector256.Floor((Vector256.Create(count < Lanes ? fewAngles : angles[i..]) * (turns * Hues)) + Vector256.Create(0.5f));
            Vector256<float> angle = Vector256.Abs(hue);
            // A number that no int holds has the hue of 0.
            hue &= Vector256.LessThan(angle, Vector256.Create((float)(1 << 30)));
            (Vector256.ConvertToInt32(hue) & Vector256.Create(Hues - 1)).CopyTo(hues);
            Vector256<float> root = (Vector256.Create(count < Lanes ? fewSizes : sizes[i..]) - Vector256.Create(dark)) * (scale * Roots);
            root = Vector256.ConditionalSelect(Vector256.GreaterThan(root, Vector256.Create((float)Roots)), Vector256.Create((float)Roots), root);
            (root & Vector256.GreaterThan(root, Vector256<float>.Zero)).CopyTo(roots);
            for (int k = 0; k < count; k++)
            {
                (float r, float g, float b) = _hues[hues[k]];
                float size = roots[k];
                colours[i + k] = new Rgb(_bytes[(int)((size * r) + 0.5f)], _bytes[(int)((size * g) + 0.5f)], _bytes[(int)((size * b) + 0.5f)]);
            }
        }
    }

    private static (float R, float G, float B) Root(Oklab colour)
    {
        (double r, double g, double b) = colour.ToLinear();
        static float Of(double linear) => (float)Math.Cbrt(Math.Clamp(linear, 0, 1));
        return (Of(r), Of(g), Of(b));
    }
}
