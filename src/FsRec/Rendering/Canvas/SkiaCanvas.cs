using System.Runtime.CompilerServices;
using FsRec.Rendering.Colors;
using SkiaSharp;

namespace FsRec.Rendering.Canvas;

/// <summary>Draws a figure as pixels.</summary>
internal sealed class SkiaCanvas : ICanvas
{
    // The face comes along: not every system has one, and pictures are to be the same on all of them.
    private static readonly Lazy<SKTypeface> Face = new(static () =>
    {
        using Stream font = typeof(SkiaCanvas).Assembly.GetManifestResourceStream("FsRec.Font") ?? throw new InvalidOperationException("The font is missing from the library.");
        return SKTypeface.FromStream(font);
    });

    // Less is not worth a second thread.
    private const int SmallPicture = 1 << 16;

    private readonly SKCanvas _canvas;

    private delegate void RowAction(Span<byte> line, int row);

    private SkiaCanvas(SKCanvas canvas) => _canvas = canvas;

    /// <summary>Draws a figure on white paper.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="scale">Pixels a unit of the figure.</param>
    public static Picture Rasterise(Figure figure, double scale)
    {
        int columns = (int)Math.Ceiling(figure.Width * scale);
        int rows = (int)Math.Ceiling(figure.Height * scale);
        return NativeDrawing.Run(() =>
        {
            using var bitmap = new SKBitmap(new SKImageInfo(columns, rows, SKColorType.Rgba8888, SKAlphaType.Opaque));
            using (var surface = new SKCanvas(bitmap))
            {
                surface.Clear(SKColors.White);
                surface.Scale((float)scale);
                figure.Draw(new SkiaCanvas(surface));
            }

            var picture = new Picture(rows, columns);
            ForRows(bitmap, rows, columns, (line, row) => Colours(line, picture.Pixels.AsSpan(row * columns, columns)));
            return picture;
        });
    }

    /// <inheritdoc />
    public void Line(double x1, double y1, double x2, double y2, Stroke stroke)
    {
        using SKPaint paint = Paint(stroke);
        _canvas.DrawLine((float)x1, (float)y1, (float)x2, (float)y2, paint);
    }

    /// <inheritdoc />
    public void Polyline(IReadOnlyList<(double X, double Y)> points, Stroke stroke)
    {
        using SKPaint paint = Paint(stroke);
        using SKPath path = Path(points);
        _canvas.DrawPath(path, paint);
    }

    /// <inheritdoc />
    public void Polygon(IReadOnlyList<(double X, double Y)> points, Ink fill)
    {
        using SKPaint paint = Paint(fill);
        using SKPath path = Path(points);
        _canvas.DrawPath(path, paint);
    }

    /// <inheritdoc />
    public void Rectangle(double x, double y, double width, double height, Ink? fill, Stroke? stroke, string? title = null) =>
        Shape(fill, stroke, paint => _canvas.DrawRect((float)x, (float)y, (float)width, (float)height, paint));

    /// <inheritdoc />
    public void Circle(double x, double y, double radius, Ink? fill, Stroke? stroke, string? title = null) =>
        Shape(fill, stroke, paint => _canvas.DrawCircle((float)x, (float)y, (float)radius, paint));

    /// <inheritdoc />
    public void Text(string text, double x, double y, double size, Ink ink, Anchor anchor = Anchor.Start, bool bold = false)
    {
        using SKPaint paint = Paint(ink);
        using var font = new SKFont(Face.Value, (float)size) { Edging = SKFontEdging.Antialias, Subpixel = true, Embolden = bold };
        _canvas.DrawText(
            text,
            (float)x,
            (float)y,
            anchor switch { Anchor.Middle => SKTextAlign.Center, Anchor.End => SKTextAlign.Right, _ => SKTextAlign.Left },
            font,
            paint);
    }

    /// <inheritdoc />
    public void VerticalText(string text, double x, double y, double size, Ink ink)
    {
        _canvas.Save();
        _canvas.RotateDegrees(-90, (float)x, (float)y);
        Text(text, x, y, size, ink, Anchor.Middle);
        _canvas.Restore();
    }

    /// <inheritdoc />
    public void Image(Picture picture, double x, double y, double width, double height, string description)
    {
        using SKBitmap bitmap = ToBitmap(picture);
        // Or else the image is a copy.
        bitmap.SetImmutable();
        using SKImage image = SKImage.FromBitmap(bitmap);
        // Enlarged pixels stay pixels; reduced ones are averaged.
        SKSamplingOptions sampling = width >= picture.Columns
            ? new SKSamplingOptions(SKFilterMode.Nearest)
            : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
        _canvas.DrawImage(image, new SKRect((float)x, (float)y, (float)(x + width), (float)(y + height)), sampling);
    }

    /// <inheritdoc />
    public void Clipped(double x, double y, double width, double height, Action draw)
    {
        _canvas.Save();
        _canvas.ClipRect(new SKRect((float)x, (float)y, (float)(x + width), (float)(y + height)));
        draw();
        _canvas.Restore();
    }

    /// <summary>The pixels for the drawing library.</summary>
    internal static SKBitmap ToBitmap(Picture picture)
    {
        var bitmap = new SKBitmap(new SKImageInfo(picture.Columns, picture.Rows, SKColorType.Rgba8888, SKAlphaType.Opaque));
        ForRows(bitmap, picture.Rows, picture.Columns, (line, row) => Bytes(picture.Pixels.AsSpan(row * picture.Columns, picture.Columns), line));
        return bitmap;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Colours(ReadOnlySpan<byte> line, Span<Rgb> colours)
    {
        for (int i = 0; i < colours.Length; i++)
        {
            ReadOnlySpan<byte> pixel = line.Slice(4 * i, 4);
            colours[i] = new Rgb(pixel[0], pixel[1], pixel[2]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Bytes(ReadOnlySpan<Rgb> colours, Span<byte> line)
    {
        for (int i = 0; i < colours.Length; i++)
        {
            Span<byte> pixel = line.Slice(4 * i, 4);
            (pixel[0], pixel[1], pixel[2], pixel[3]) = (colours[i].R, colours[i].G, colours[i].B, 255);
        }
    }

    /// <summary>The bytes of each row of a bitmap of four bytes a pixel, several rows at a time.</summary>
    private static unsafe void ForRows(SKBitmap bitmap, int rows, int columns, RowAction take)
    {
        nint pixels = bitmap.GetPixels();
        int stride = bitmap.RowBytes;
        FrameLoop.Run(rows, rows * columns < SmallPicture ? 1 : 0, CancellationToken.None, row => take(new Span<byte>((byte*)pixels + ((long)row * stride), 4 * columns), row));
        GC.KeepAlive(bitmap);
    }

    private static void Shape(Ink? fill, Stroke? stroke, Action<SKPaint> draw)
    {
        if (fill is { } f)
        {
            using SKPaint paint = Paint(f);
            draw(paint);
        }

        if (stroke is { } s)
        {
            using SKPaint paint = Paint(s);
            draw(paint);
        }
    }

    private static SKPath Path(IReadOnlyList<(double X, double Y)> points)
    {
        using var builder = new SKPathBuilder();
        for (int i = 0; i < points.Count; i++)
        {
            if (i == 0)
            {
                builder.MoveTo((float)points[i].X, (float)points[i].Y);
            }
            else
            {
                builder.LineTo((float)points[i].X, (float)points[i].Y);
            }
        }

        return builder.Detach();
    }

    private static SKPaint Paint(Ink ink) => new() { Color = Colour(ink), IsAntialias = true };

    private static SKPaint Paint(Stroke stroke)
    {
        SKPaint paint = Paint(stroke.Ink);
        paint.IsStroke = true;
        paint.StrokeWidth = (float)stroke.Width;
        paint.StrokeJoin = SKStrokeJoin.Round;
        if (stroke.Dash > 0)
        {
            paint.PathEffect = SKPathEffect.CreateDash([(float)stroke.Dash, (float)stroke.Dash], 0);
        }

        return paint;
    }

    private static SKColor Colour(Ink ink) => new(ink.Colour.R, ink.Colour.G, ink.Colour.B, (byte)Math.Round(255 * ink.Opacity));
}
