namespace FsRec.Rendering.Canvas;

/// <summary>A canvas whose origin lies elsewhere on another.</summary>
internal sealed class MovedCanvas(ICanvas canvas, double dx, double dy) : ICanvas
{
    /// <inheritdoc />
    public void Line(double x1, double y1, double x2, double y2, Stroke stroke) => canvas.Line(x1 + dx, y1 + dy, x2 + dx, y2 + dy, stroke);

    /// <inheritdoc />
    public void Polyline(IReadOnlyList<(double X, double Y)> points, Stroke stroke) => canvas.Polyline(Move(points), stroke);

    /// <inheritdoc />
    public void Polygon(IReadOnlyList<(double X, double Y)> points, Ink fill) => canvas.Polygon(Move(points), fill);

    /// <inheritdoc />
    public void Rectangle(double x, double y, double width, double height, Ink? fill, Stroke? stroke, string? title = null) =>
        canvas.Rectangle(x + dx, y + dy, width, height, fill, stroke, title);

    /// <inheritdoc />
    public void Circle(double x, double y, double radius, Ink? fill, Stroke? stroke, string? title = null) =>
        canvas.Circle(x + dx, y + dy, radius, fill, stroke, title);

    /// <inheritdoc />
    public void Text(string text, double x, double y, double size, Ink ink, Anchor anchor = Anchor.Start, bool bold = false) =>
        canvas.Text(text, x + dx, y + dy, size, ink, anchor, bold);

    /// <inheritdoc />
    public void VerticalText(string text, double x, double y, double size, Ink ink) => canvas.VerticalText(text, x + dx, y + dy, size, ink);

    /// <inheritdoc />
    public void Image(Picture picture, double x, double y, double width, double height, string description) =>
        canvas.Image(picture, x + dx, y + dy, width, height, description);

    /// <inheritdoc />
    public void Clipped(double x, double y, double width, double height, Action draw) => canvas.Clipped(x + dx, y + dy, width, height, draw);

    private (double X, double Y)[] Move(IReadOnlyList<(double X, double Y)> points) => [.. points.Select(p => (p.X + dx, p.Y + dy))];
}
