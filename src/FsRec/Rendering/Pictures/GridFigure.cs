using FsRec.Rendering.Canvas;

namespace FsRec.Rendering;

/// <summary>Several figures in rows; a column is as wide as its widest figure, a row as high as its highest. Immutable.</summary>
public sealed class GridFigure : Figure
{
    private readonly IReadOnlyList<Figure> _figures;
    private readonly int _columns;
    private readonly double[] _widths;
    private readonly double[] _heights;
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
        _columns = Math.Min(columns > 0 ? columns : (int)Math.Ceiling(Math.Sqrt(figures.Count)), figures.Count);
        _widths = new double[_columns];
        _heights = new double[(figures.Count + _columns - 1) / _columns];
        for (int i = 0; i < figures.Count; i++)
        {
            (int row, int column) = Math.DivRem(i, _columns);
            _widths[column] = Math.Max(_widths[column], figures[i].Width);
            _heights[row] = Math.Max(_heights[row], figures[i].Height);
        }

        _gap = Math.Max(8, _widths.Max() / 40);
    }

    /// <inheritdoc />
    public override double Width => Start(_widths, _widths.Length) - _gap;

    /// <inheritdoc />
    public override double Height => Head + Start(_heights, _heights.Length) - _gap;

    /// <inheritdoc />
    public override string Description => (_title.Length > 0 ? _title + ". " : "") + string.Join("; ", _figures.Select(static f => f.Description));

    private double Head => _title.Length > 0 ? 1.8 * Em : 0;

    private double Em => Math.Clamp(_widths.Max() / 24, 12, 40);

    /// <inheritdoc />
    internal override void Draw(ICanvas canvas)
    {
        if (_title.Length > 0)
        {
            canvas.Text(_title, 0, 1.2 * Em, Em, Ink.Text, bold: true);
        }

        for (int i = 0; i < _figures.Count; i++)
        {
            (int row, int column) = Math.DivRem(i, _columns);
            _figures[i].Draw(new MovedCanvas(canvas, Start(_widths, column), Head + Start(_heights, row)));
        }
    }

    // Where the cell of a number begins, after those before it.
    private double Start(double[] sizes, int cell) => sizes.Take(cell).Sum() + (cell * _gap);
}
