using System.Globalization;
using System.Text;

namespace FsRec.Rendering.Canvas;

/// <summary>Writes a figure as SVG.</summary>
/// <param name="themed">
/// Whether roles of colours become variables of the page that the figure is put into; otherwise they are the colours of white paper.
/// </param>
/// <param name="encode">How pictures are put in: media type and bytes.</param>
internal sealed class SvgCanvas(bool themed, Func<Picture, (string Type, byte[] Bytes)> encode) : ICanvas
{
    private readonly StringBuilder _text = new();
    private int _clips;

    /// <summary>Prefix of ids, for several figures in one page.</summary>
    public string IdPrefix { get; init; } = "c";

    /// <summary>A figure as an SVG element.</summary>
    public static string Write(Figure figure, bool themed, Func<Picture, (string Type, byte[] Bytes)> encode, string idPrefix = "c")
    {
        var canvas = new SvgCanvas(themed, encode) { IdPrefix = idPrefix };
        figure.Draw(canvas);
        string label = Escape(figure.Description);
        string paper = themed ? "" : FormattableString.Invariant($"<rect width=\"{N(figure.Width)}\" height=\"{N(figure.Height)}\" fill=\"#ffffff\"/>");
        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(figure.Width)} {N(figure.Height)}\" width=\"{N(figure.Width)}\" height=\"{N(figure.Height)}\" role=\"img\" aria-label=\"{label}\" font-family=\"'DejaVu Sans', Verdana, 'Segoe UI', sans-serif\">"
            + $"<desc>{label}</desc>{paper}{canvas._text}</svg>";
    }

    /// <inheritdoc />
    public void Line(double x1, double y1, double x2, double y2, Stroke stroke) =>
        _text.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\"{Look(null, stroke)}/>");

    /// <inheritdoc />
    public void Polyline(IReadOnlyList<(double X, double Y)> points, Stroke stroke) =>
        _text.Append("<polyline points=\"").Append(Points(points)).Append('"').Append(Look(null, stroke)).Append(" stroke-linejoin=\"round\"/>");

    /// <inheritdoc />
    public void Polygon(IReadOnlyList<(double X, double Y)> points, Ink fill) =>
        _text.Append("<polygon points=\"").Append(Points(points)).Append('"').Append(Look(fill, null)).Append("/>");

    /// <inheritdoc />
    public void Rectangle(double x, double y, double width, double height, Ink? fill, Stroke? stroke, string? title = null) =>
        _text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\"{Look(fill, stroke)}{End("rect", title)}");

    /// <inheritdoc />
    public void Circle(double x, double y, double radius, Ink? fill, Stroke? stroke, string? title = null) =>
        _text.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\"{Look(fill, stroke)}{End("circle", title)}");

    /// <inheritdoc />
    public void Text(string text, double x, double y, double size, Ink ink, Anchor anchor = Anchor.Start, bool bold = false)
    {
        string place = anchor switch { Anchor.Middle => " text-anchor=\"middle\"", Anchor.End => " text-anchor=\"end\"", _ => "" };
        _text.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(size)}\"{place}{(bold ? " font-weight=\"bold\"" : "")}{Look(ink, null)}>{Escape(text)}</text>");
    }

    /// <inheritdoc />
    public void VerticalText(string text, double x, double y, double size, Ink ink) =>
        _text.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate({N(x)} {N(y)}) rotate(-90)\" font-size=\"{N(size)}\" text-anchor=\"middle\"{Look(ink, null)}>{Escape(text)}</text>");

    /// <inheritdoc />
    public void Image(Picture picture, double x, double y, double width, double height, string description)
    {
        (string type, byte[] bytes) = encode(picture);
        string rendering = width > 1.5 * picture.Columns ? " style=\"image-rendering:pixelated\"" : "";
        _text.Append(CultureInfo.InvariantCulture, $"<image x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" preserveAspectRatio=\"none\"{rendering} aria-label=\"{Escape(description)}\" href=\"data:{type};base64,");
        _text.Append(Convert.ToBase64String(bytes)).Append("\"/>");
    }

    /// <inheritdoc />
    public void Clipped(double x, double y, double width, double height, Action draw)
    {
        string id = FormattableString.Invariant($"{IdPrefix}{_clips++}");
        _text.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"{id}\"><rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\"/></clipPath><g clip-path=\"url(#{id})\">");
        draw();
        _text.Append("</g>");
    }

    /// <summary>Text as an attribute or an element of a page takes it.</summary>
    internal static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Points(IReadOnlyList<(double X, double Y)> points) => string.Join(' ', points.Select(static p => $"{N(p.X)},{N(p.Y)}"));

    private static string End(string element, string? title) => title is null ? "/>" : $"><title>{Escape(title)}</title></{element}>";

    private string Look(Ink? fill, Stroke? stroke)
    {
        var look = new StringBuilder(" style=\"fill:").Append(fill is { } f ? Colour(f) : "none");
        if (fill is { Opacity: < 1 } pale)
        {
            look.Append(";fill-opacity:").Append(N(pale.Opacity));
        }

        if (stroke is { } s)
        {
            look.Append(";stroke:").Append(Colour(s.Ink)).Append(";stroke-width:").Append(N(s.Width));
            if (s.Ink.Opacity < 1)
            {
                look.Append(";stroke-opacity:").Append(N(s.Ink.Opacity));
            }

            if (s.Dash > 0)
            {
                look.Append(";stroke-dasharray:").Append(N(s.Dash));
            }
        }

        return look.Append('"').ToString();
    }

    private string Colour(Ink ink) => themed && ink.Role is { } role ? $"var(--{role},{ink.Colour})" : ink.Colour.ToString();
}
