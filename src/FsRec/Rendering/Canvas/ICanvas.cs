namespace FsRec.Rendering.Canvas;

/// <summary>What a figure draws itself on: x to the right, y down. A title is what a reader is told who points at a part.</summary>
internal interface ICanvas
{
    void Line(double x1, double y1, double x2, double y2, Stroke stroke);

    /// <summary>A line through points.</summary>
    void Polyline(IReadOnlyList<(double X, double Y)> points, Stroke stroke);

    /// <summary>A filled polygon.</summary>
    void Polygon(IReadOnlyList<(double X, double Y)> points, Ink fill);

    void Rectangle(double x, double y, double width, double height, Ink? fill, Stroke? stroke, string? title = null);

    void Circle(double x, double y, double radius, Ink? fill, Stroke? stroke, string? title = null);

    /// <summary>A line of text whose base line is at y.</summary>
    void Text(string text, double x, double y, double size, Ink ink, Anchor anchor = Anchor.Start, bool bold = false);

    /// <summary>A line of text that runs upwards, its base line at x, its middle at y.</summary>
    void VerticalText(string text, double x, double y, double size, Ink ink);

    /// <summary>A picture, stretched to a rectangle.</summary>
    void Image(Picture picture, double x, double y, double width, double height, string description);

    /// <summary>Draws what lies inside of a rectangle only.</summary>
    void Clipped(double x, double y, double width, double height, Action draw);
}
