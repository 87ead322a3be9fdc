using FsRec.Rendering.Colors;

namespace FsRec.Rendering.Canvas;

/// <summary>A colour of a figure: a role, which a dark page may show in another colour, or a colour as it is.</summary>
/// <param name="Role">Name of the role; <see langword="null"/> for a colour as it is.</param>
/// <param name="Colour">The colour on white paper.</param>
/// <param name="Opacity">0 to 1.</param>
internal readonly record struct Ink(string? Role, Rgb Colour, double Opacity = 1)
{
    public static readonly Ink Text = new("ink", Rgb.Parse("222222"));

    public static readonly Ink Muted = new("muted", Rgb.Parse("666666"));

    public static readonly Ink Grid = new("grid", Rgb.Parse("dddddd"));

    public static readonly Ink Paper = new("paper", Rgb.White, 0.85);

    public static readonly Ink White = new(null, Rgb.White);

    public static readonly Ink Shade = new(null, Rgb.Black, 0.55);

    public static readonly Ink Yellow = new(null, Rgb.Parse("ffdc00"));

    // M. Okabe and K. Ito's colours (2008), told apart without red and green; on a dark page they are lighter.
    private static readonly Ink[] Curves =
    [
        new("s0", Rgb.Parse("0072b2")), new("s1", Rgb.Parse("d55e00")), new("s2", Rgb.Parse("009e73")),
        new("s3", Rgb.Parse("aa4499")), new("s4", Rgb.Parse("b07d00")), new("s5", Rgb.Parse("444444")),
    ];

    /// <summary>The colour of the n-th curve of a plot.</summary>
    public static Ink Curve(int n) => Curves[n % Curves.Length];

    /// <summary>A colour as it is.</summary>
    public static Ink Of(Rgb colour) => new(null, colour);
}
