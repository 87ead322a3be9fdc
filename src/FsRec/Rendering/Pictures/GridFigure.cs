using FsRec.Rendering.Canvas;

namespace FsRec.Rendering;

/// <summary>Several figures in rows. Immutable.</summary>
public sealed class GridFigure : Figure
{
    private readonly IReadOnlyList<Figure> _figures;
    private readonly int _columns;
    private readonly double _cellWidth;
    private readonly double _cellHeight;
    private readonly double _gap;
    private readonly string _title;

    /// <summary>Puts figures side by side.</summary>
    /// <param name="figures">The figures, in the order of reading.</param>
    /// <param name="columns">How many a row; 0 for a grid that is about as wide as high.</param>
    /// <param name="title">A line above all; empty for none.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public GridFigure(IReadOnlyList<Figure> figures, int columns = 0, string title = "")
    {
        if (figures.Count == 0)
        {
            throw new ArgumentException("A grid takes at least one figure.", nameof(figures));
        }

        (_figures, _title) = ([.. figures], title);
        _columns = columns > 0 ? columns : (int)Math.Ceiling(Math.Sqrt(figures.Count));
        _cellWidth = figures.Max(static f => f.Width);
        _cellHeight = figures.Max(static f => f.Height);
        _gap = Math.Max(8, _cellWidth / 40);
    }

    /// <inheritdoc />
    public override double Width => (Math.Min(_columns, _figures.Count) * (_cellWidth + _gap)) - _gap;

    /// <inheritdoc />
    public override double Height => Head + (((_figures.Count + _columns - 1) / _columns * (_cellHeight + _gap)) - _gap);

    /// <inheritdoc />
    public override string Description => (_title.Length > 0 ? _title + ". " : "") + string.Join("; ", _figures.Select(static f => f.Description));

    private double Head => _title.Length > 0 ? 1.8 * Em : 0;

    private double Em => Math.Clamp(_cellWidth / 24, 12, 40);

    /// <inheritdoc />
    internal override void Draw(ICanvas canvas)
    {
        if (_title.Length > 0)
        {
            canvas.Text(_title, 0, 1.2 * Em, Em, Ink.Text, bold: true);
        }

        for (int i = 0; i < _figures.Count; i++)
        {
            _figures[i].Draw(new MovedCanvas(canvas, i % _columns * (_cellWidth + _gap), Head + (i / _columns * (_cellHeight + _gap))));
        }
    }
}
