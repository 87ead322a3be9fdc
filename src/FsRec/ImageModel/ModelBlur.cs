using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.ImageModel;

/// <summary>
/// The blur of the intensity on its way to a frame, and its adjoint, both in place: rows of a batch while they are in the cache, then columns. The image
/// spread is a Gaussian, the product of one of rows and one of columns; what a detector does is no such product, and goes by the whole spectrum.
/// Read-only once made.
/// </summary>
internal sealed unsafe class ModelBlur : IDisposable
{
    private readonly ModelGrid _grid;
    private readonly SeparableFilter? _separable;
    private readonly RealFilter? _filter;
    private readonly RealTable? _table;

    private ModelBlur(ModelGrid grid, int reach)
    {
        _grid = grid;
        FirstRow = Math.Max(0, grid.Top - reach);
        EndRow = Math.Min(grid.Plane.Rows, grid.Top + grid.Frame.Rows + reach);
    }

    private ModelBlur(ModelGrid grid, int reach, SeparableFilter separable)
        : this(grid, reach) => _separable = separable;

    private ModelBlur(ModelGrid grid, int reach, RealTable table)
        : this(grid, reach) => (_filter, _table) = (new RealFilter(grid.Plane.Rows, grid.Plane.Columns), table);

    /// <summary>The first row of the grid that a frame sees anything of.</summary>
    public int FirstRow { get; }

    /// <summary>The row behind the last one.</summary>
    public int EndRow { get; }

    private int Columns => _grid.Plane.Columns;

    private int Right => _grid.Left + _grid.Frame.Columns;

    /// <summary>The blur of a microscope.</summary>
    public static ModelBlur Create(Microscope microscope, ModelGrid grid)
    {
        int reach = ImageBlur.Reach(microscope, grid);
        if (microscope.Detector is null && microscope.ImageSpread > 0)
        {
            var image = new TransferFunction(microscope, 0);
            FrequencyGrid frequencies = grid.Band.Grid;
            var filter = SeparableFilter.Create(
                grid.Plane.Rows,
                grid.Plane.Columns,
                ky => image.ImageEnvelope(frequencies.SquaredFrequency(ky, 0)),
                kx => image.ImageEnvelope(frequencies.SquaredFrequency(0, kx)));
            if (filter is not null)
            {
                return new ModelBlur(grid, reach, filter);
            }
        }

        return ImageBlur.Table(microscope, grid) is { } table ? new ModelBlur(grid, reach, table) : new ModelBlur(grid, reach);
    }

    /// <summary>Takes the memory one thread needs.</summary>
    public BlurScratch CreateScratch() => new(_separable?.CreateScratch(), _filter?.CreateScratch());

    /// <summary>The image of some rows of all planes, as far as it is made row by row.</summary>
    /// <param name="planes">The image waves, transformed back.</param>
    /// <param name="weights">Weight of each in the image.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="image">The image on the grid.</param>
    /// <param name="scratch">This thread's memory.</param>
    public void Rows(BlockedPlane[] planes, float[] weights, int row, int rows, float* image, BlurScratch scratch)
    {
        var source = new IntensityRows(planes, weights, row);
        float* target = image + ((nint)row * Columns);
        if (_separable is not null)
        {
            _separable.FilterRows(ref source, rows, target, scratch.Separable!);
            return;
        }

        for (int r = 0; r < rows; r++, target += Columns)
        {
            source.Load(r, target);
        }
    }

    /// <summary>The rest, once all rows are there: the pixels of the frame.</summary>
    /// <param name="image">The image on the grid; what it holds outside of the frame has no meaning then.</param>
    /// <param name="scratch">This thread's memory.</param>
    public void Finish(float* image, BlurScratch scratch)
    {
        if (_separable is not null)
        {
            _separable.FilterColumns(
                image, FirstRow, EndRow - FirstRow, _grid.Top, _grid.Frame.Rows, _grid.Left, _grid.Frame.Columns, scratch.Separable!);
        }
        else
        {
            Whole(image, FirstRow, EndRow - FirstRow, _grid.Top, _grid.Frame.Rows, scratch);
        }
    }

    /// <summary>The adjoint of <see cref="Finish"/>; rows follow with <see cref="AdjointRows"/>.</summary>
    /// <param name="image">Pixels of the frame on the grid; what it holds outside has no meaning.</param>
    /// <param name="scratch">This thread's memory.</param>
    public void BeginAdjoint(float* image, BlurScratch scratch)
    {
        if (_separable is not null)
        {
            _separable.FilterColumns(
                image, _grid.Top, _grid.Frame.Rows, FirstRow, EndRow - FirstRow, _grid.Left, _grid.Frame.Columns, scratch.Separable!);
            return;
        }

        for (int r = _grid.Top; r < _grid.Top + _grid.Frame.Rows; r++)
        {
            float* row = image + ((nint)r * Columns);
            new Span<float>(row, _grid.Left).Clear();
            new Span<float>(row + Right, Columns - Right).Clear();
        }

        Whole(image, _grid.Top, _grid.Frame.Rows, FirstRow, EndRow - FirstRow, scratch);
    }

    /// <summary>The adjoint of <see cref="Rows"/> but for the planes: some rows, all columns.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="image">The image on the grid.</param>
    /// <param name="scratch">This thread's memory.</param>
    public void AdjointRows(int row, int rows, float* image, BlurScratch scratch)
    {
        if (_separable is not null)
        {
            float* first = image + ((nint)row * Columns);
            var source = new FrameRows(first, Columns, _grid.Left, _grid.Frame.Columns);
            _separable.FilterRows(ref source, rows, first, scratch.Separable!);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _separable?.Dispose();
        _table?.Dispose();
    }

    private void Whole(float* image, int firstRow, int rowCount, int wantedRow, int wantedCount, BlurScratch scratch)
    {
        if (_filter is not null)
        {
            var pixels = new Span<float>(image, _grid.Plane.PixelCount);
            _filter.Filter(pixels, firstRow, rowCount, _table!, scratch.Whole!);
            _filter.InverseRows(wantedRow, wantedCount, 0, Columns, pixels.Slice(wantedRow * Columns, wantedCount * Columns), scratch.Whole!);
        }
    }

    /// <summary>Rows of the image of all planes.</summary>
    private readonly struct IntensityRows(BlockedPlane[] planes, float[] weights, int first) : IPixelRows
    {
        public void Load(int row, float* target)
        {
            for (int k = 0; k < planes.Length; k++)
            {
                ModelKernels.AddIntensity(planes[k], first + row, weights[k], k > 0, target);
            }
        }
    }

    /// <summary>Rows of which only the frame's columns count.</summary>
    private readonly struct FrameRows(float* first, int columns, int left, int count) : IPixelRows
    {
        public void Load(int row, float* target)
        {
            new Span<float>(target, left).Clear();
            new ReadOnlySpan<float>(first + ((nint)row * columns) + left, count).CopyTo(new Span<float>(target + left, count));
            new Span<float>(target + left + count, columns - left - count).Clear();
        }
    }
}
