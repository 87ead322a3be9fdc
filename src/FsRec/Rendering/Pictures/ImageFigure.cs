using FsRec.Rendering.Canvas;
using FsRec.Rendering.Colors;

namespace FsRec.Rendering;

/// <summary>A picture with its title, a scale bar of a round length, and a colour bar with the unit. Immutable.</summary>
public sealed class ImageFigure : Figure
{
    private const int ShortestSide = 256;
    private readonly Picture _picture;
    private readonly ScalarMap _map;
    private readonly (double Low, double High) _range;
    private readonly RenderOptions _options;
    private readonly double _left;
    private readonly double _top;
    private readonly double _imageWidth;
    private readonly double _imageHeight;
    private readonly double _em;

    /// <summary>Draws values with their scales.</summary>
    /// <param name="map">The values.</param>
    /// <param name="options">Colours, range, magnification and what is drawn round the picture; <see langword="null"/> for what suits the values.</param>
    public ImageFigure(ScalarMap map, RenderOptions? options = null)
        : this(null, map, options ?? new RenderOptions())
    {
    }

    /// <summary>Draws the scales round a picture that is there, or that of the values.</summary>
    internal ImageFigure(Picture? picture, ScalarMap map, RenderOptions options)
    {
        _map = map;
        // Found once: it takes a look at every value.
        _range = map.Range(options);
        _options = options with { Minimum = _range.Low, Maximum = _range.High };
        _picture = picture ?? Picture.Draw(map, _options);
        double magnification = options.Magnify > 0 ? options.Magnify : Math.Max(1, Math.Ceiling(ShortestSide / (double)Math.Min(map.Rows, map.Columns)));
        // Pixels need not be square; the picture shows lengths as they are.
        double aspect = map.ColumnSampling > 0 && map.RowSampling > 0 && !map.IsReciprocal ? map.RowSampling / map.ColumnSampling : 1;
        (_imageWidth, _imageHeight) = (map.Columns * magnification, map.Rows * magnification * aspect);
        _em = Math.Clamp(Math.Min(_imageWidth, _imageHeight) / 24, 11, 60);
        (_left, _top) = (0.1 * _em, Title.Length > 0 ? 1.8 * _em : 0);
    }

    /// <summary>A line above the picture; empty for none.</summary>
    public string Title => _options.Title ?? (_map.Unit.Length > 0 && !HasBar ? $"{_map.Quantity} ({_map.Unit})" : _map.Quantity);

    /// <summary>The outline of an area, drawn in yellow.</summary>
    public ReferenceArea? Outline { get; init; }

    /// <summary>The band of frequencies that a series transfers, drawn into a spectrum, in 1/nm.</summary>
    public FrequencyBand? Band { get; init; }

    /// <summary>Whether the colours are hue and brightness of a complex number.</summary>
    internal bool IsComplex { get; init; }

    /// <inheritdoc />
    public override double Width => _left + _imageWidth + (HasBar ? 6.6 * _em : 0);

    /// <inheritdoc />
    public override double Height => _top + _imageHeight + (0.4 * _em);

    /// <inheritdoc />
    public override string Description
    {
        get
        {
            string size = _map.IsReciprocal
                ? FormattableString.Invariant($"up to {_map.Columns / 2 * _map.ColumnSampling:0.##} 1/nm")
                : _map.ColumnSampling > 0 ? $"{RoundLength.Nanometres(_map.Columns * _map.ColumnSampling)} wide" : $"{_map.Columns} px wide";
            return FormattableString.Invariant($"{Title}: {_map.Quantity} from {_range.Low:g4} to {_range.High:g4}{(_map.Unit.Length > 0 ? " " + _map.Unit : "")}, {size}");
        }
    }

    /// <summary>Where the picture lies in the figure.</summary>
    internal (double Left, double Top, double Width, double Height) Place => (_left, _top, _imageWidth, _imageHeight);

    private bool HasBar => _options.ColorBar;

    /// <inheritdoc />
    internal override void Draw(ICanvas canvas)
    {
        if (Title.Length > 0)
        {
            canvas.Text(Title, _left, 1.25 * _em, _em, Ink.Text, bold: true);
        }

        canvas.Image(_picture, _left, _top, _imageWidth, _imageHeight, Description);
        canvas.Clipped(_left, _top, _imageWidth, _imageHeight, () =>
        {
            DrawOutline(canvas);
            DrawRings(canvas);
            DrawScale(canvas);
        });
        if (HasBar)
        {
            DrawBar(canvas);
        }
    }

    private void DrawOutline(ICanvas canvas)
    {
        if (Outline is { } area)
        {
            (double x, double y) = (_imageWidth / _map.Columns, _imageHeight / _map.Rows);
            canvas.Rectangle(_left + (area.Left * x), _top + (area.Top * y), area.Columns * x, area.Rows * y, null, new Stroke(Ink.Yellow, Math.Max(1.5, _em / 8)));
        }
    }

    /// <summary>Rings of round frequencies, and the band that is transferred.</summary>
    private void DrawRings(ICanvas canvas)
    {
        if (!_map.IsReciprocal)
        {
            return;
        }

        double x0 = _left + (((_map.Columns / 2) + 0.5) * _imageWidth / _map.Columns);
        double y0 = _top + (((_map.Rows / 2) + 0.5) * _imageHeight / _map.Rows);
        double unit = _imageWidth / _map.Columns / _map.ColumnSampling;
        double vertical = _imageHeight / _map.Rows / _map.RowSampling;
        double size = 0.75 * _em;
        double most = Math.Min(_imageWidth / 2 / unit, _imageHeight / 2 / vertical);
        double step = RoundLength.Below(most / 2.5);
        for (double g = step; g <= most; g += step)
        {
            Ring(canvas, x0, y0, g * unit, g * vertical, new Stroke(Ink.White with { Opacity = 0.45 }, Math.Max(0.7, _em / 24)));
            Label(canvas, RoundLength.Text(g, step) + (g == step ? " 1/nm" : ""), x0 + (g * unit * 0.7072), y0 - (g * vertical * 0.7072), size);
        }

        if (Band is { } band)
        {
            var stroke = new Stroke(Ink.Yellow, Math.Max(1, _em / 12), 0.5 * _em);
            Ring(canvas, x0, y0, band.High * unit, band.High * vertical, stroke);
            if (band.Low > 0)
            {
                Ring(canvas, x0, y0, band.Low * unit, band.Low * vertical, stroke);
            }

            string text = FormattableString.Invariant($"transferred {band.Low:0.##} to {band.High:0.##} 1/nm");
            Label(canvas, text, _left + (0.4 * _em), _top + _imageHeight - (0.5 * _em), size, Ink.Yellow);
        }
    }

    private static void Ring(ICanvas canvas, double x0, double y0, double radiusX, double radiusY, Stroke stroke) => canvas.Polyline(
        [.. Enumerable.Range(0, 181).Select(i => (x0 + (radiusX * Math.Cos(i * Math.PI / 90)), y0 + (radiusY * Math.Sin(i * Math.PI / 90))))], stroke);

    private static void Label(ICanvas canvas, string text, double x, double y, double size, Ink? ink = null)
    {
        canvas.Rectangle(x - (0.2 * size), y - (0.95 * size), TextSize.Width(text, size) + (0.3 * size), 1.3 * size, Ink.Shade, null);
        canvas.Text(text, x, y, size, ink ?? Ink.White);
    }

    private void DrawScale(ICanvas canvas)
    {
        if (!_options.ScaleBar || _map.IsReciprocal || !(_map.ColumnSampling > 0))
        {
            return;
        }

        double length = RoundLength.Below(0.3 * _map.Columns * _map.ColumnSampling);
        double width = length / _map.ColumnSampling * _imageWidth / _map.Columns;
        string text = RoundLength.Nanometres(length);
        double plate = Math.Max(width, TextSize.Width(text, _em)) + (0.8 * _em);
        double left = _left + (0.5 * _em);
        double bottom = _top + _imageHeight - (0.5 * _em);
        canvas.Rectangle(left, bottom - (2.1 * _em), plate, 2.1 * _em, Ink.Shade, null);
        canvas.Text(text, left + (plate / 2), bottom - (0.95 * _em), _em, Ink.White, Anchor.Middle);
        canvas.Rectangle(left + ((plate - width) / 2), bottom - (0.6 * _em), width, 0.28 * _em, Ink.White, null);
    }

    private void DrawBar(ICanvas canvas)
    {
        double x = _left + _imageWidth + (0.7 * _em);
        double size = 0.85 * _em;
        if (IsComplex)
        {
            DrawWheel(canvas, x, size);
            return;
        }

        const int Steps = ColorMaps.Count;
        double top = _top + (_map.Unit.Length > 0 ? 1.4 * _em : 0);
        double height = _imageHeight - (top - _top);
        if (_map.Unit.Length > 0)
        {
            canvas.Text(_map.Unit, x, _top + (0.8 * _em), size, Ink.Text);
        }

        var bar = new Picture(Steps, 1);
        ReadOnlySpan<Rgb> table = ColorMaps.Table(_options.ColorMap ?? _map.ColorMap);
        for (int i = 0; i < Steps; i++)
        {
            bar.Pixels[i] = table[Steps - 1 - i];
        }

        canvas.Image(bar, x, top, 0.9 * _em, height, "colour bar");
        canvas.Rectangle(x, top, 0.9 * _em, height, null, new Stroke(Ink.Muted, Math.Max(0.7, _em / 20)));
        IReadOnlyList<double> ticks = RoundLength.Ticks(_range.Low, _range.High, Math.Clamp((int)(height / (3 * _em)), 2, 7));
        double step = ticks.Count > 1 ? ticks[1] - ticks[0] : Math.Max(1e-6, Math.Abs(ticks[0]) / 100);
        foreach (double value in ticks)
        {
            double share = _range.High > _range.Low ? (value - _range.Low) / (_range.High - _range.Low) : 0.5;
            double y = top + ((1 - share) * height);
            canvas.Line(x + (0.9 * _em), y, x + (1.2 * _em), y, new Stroke(Ink.Muted, Math.Max(0.7, _em / 20)));
            canvas.Text(RoundLength.Text(value, step), x + (1.35 * _em), Math.Clamp(y + (0.35 * size), top + (0.7 * size), top + height), size, Ink.Text);
        }
    }

    /// <summary>The circle of hues, from black in the middle to the largest amplitude.</summary>
    private void DrawWheel(ICanvas canvas, double x, double size)
    {
        const int Side = 96;
        var wheel = new Picture(Side, Side);
        for (int i = 0; i < wheel.Pixels.Length; i++)
        {
            double dx = ((i % Side) + 0.5) * 2 / Side - 1;
            double dy = 1 - (((i / Side) + 0.5) * 2 / Side);
            double r = Math.Sqrt((dx * dx) + (dy * dy));
            wheel.Pixels[i] = r <= 1 ? ColorMaps.Complex(Math.Atan2(dy, dx) / (2 * Math.PI), r) : Rgb.Black;
        }

        double side = 4.6 * _em;
        canvas.Image(wheel, x, _top + (1.4 * _em), side, side, "hue is the phase, brightness the amplitude");
        canvas.Text("phase", x, _top + (0.8 * _em), size, Ink.Text);
        double y = _top + (1.4 * _em) + side;
        canvas.Text("right 0", x, y + (1.2 * _em), size, Ink.Muted);
        canvas.Text("up π/2", x, y + (2.4 * _em), size, Ink.Muted);
        canvas.Text("bright:", x, y + (4 * _em), size, Ink.Text);
        canvas.Text(FormattableString.Invariant($"|ψ| {_range.High:0.##}"), x, y + (5.2 * _em), size, Ink.Muted);
    }
}
