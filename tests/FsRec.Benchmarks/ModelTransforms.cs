using FsRec.Fourier;
using FsRec.ImageModel;

namespace FsRec.Benchmarks;

/// <summary>The transforms that an evaluation of the nonlinear model is made of, stage by stage, and whole transforms of their number.</summary>
internal sealed unsafe class ModelTransforms : IDisposable
{
    /// <summary>The name of both passes.</summary>
    public const string WholeTransform = "a whole transform";

    private const int RowBatch = 16;
    private const string WholeColumnsBack = "whole columns back";
    private const string WholeRowsBack = "whole rows back";
    private const string WholeRowsForward = "whole rows forward";
    private const string WholeColumnsForward = "whole columns forward";

    private readonly ModelGrid _grid;
    private readonly int _blocks;
    private readonly BlockedTransform _transform;
    private readonly FourierTransform _wholeTransform;
    private readonly SeparableFilter _filter;
    private readonly FourierScratch _scratch;
    private readonly FourierScratch _wholeScratch;
    private readonly FourierScratch _filterScratch;
    private readonly BlockedPlane[] _planes;
    private readonly ComplexPlane[] _wholePlanes;
    private readonly AlignedBuffer _lens;
    private readonly AlignedBuffer _columns;
    private readonly AlignedBuffer _image;

    public ModelTransforms(ModelGrid grid, int planes)
    {
        _grid = grid;
        _blocks = ComplexPlane.BlocksOf(grid.Band.Columns);
        _transform = new BlockedTransform(grid.Plane.Rows, grid.Plane.Columns, grid.Band.Rows);
        _wholeTransform = new FourierTransform(grid.Plane.Rows, grid.Plane.Columns);
        _filter = SeparableFilter.Create(grid.Plane.Rows, grid.Plane.Columns, static _ => 1, static _ => 1)!;
        _scratch = _transform.CreateScratch();
        _wholeScratch = _wholeTransform.CreateScratch();
        _filterScratch = _filter.CreateScratch();
        _planes = BlockedPlane.Many(planes, grid.Plane.Rows, grid.Plane.Columns);
        _wholePlanes = [.. Enumerable.Range(0, planes).Select(_ => new ComplexPlane(grid.Plane.Rows, grid.Plane.Columns))];
        _lens = new AlignedBuffer(grid.Band.Rows * (long)ComplexPlane.BlockFloats);
        _columns = new AlignedBuffer(grid.Plane.Rows * (long)ComplexPlane.BlockFloats);
        _image = new AlignedBuffer(grid.Plane.PixelCount);
    }

    private int End => _grid.Top + _grid.Frame.Rows;

    /// <summary>The stages, and the pass or the transform that each is a part of.</summary>
    public static IReadOnlyList<(string Part, string Of)> Pairs { get; } =
    [
        ("columns back, the band's", WholeColumnsBack),
        ("rows back, the frame's", WholeRowsBack),
        ("blur and its adjoint", WholeTransform),
        ("rows forward, the frame's", WholeRowsForward),
        ("columns forward, the band's", WholeColumnsForward),
    ];

    /// <summary>The calls of some frames' evaluation; times by stage and frame.</summary>
    public IReadOnlyList<StageTime> Frame(int frames)
    {
        var times = new double[Pairs.Count];
        for (int frame = 0; frame < frames; frame++)
        {
            times[0] += Time(InverseColumns);
            times[1] += Time(InverseRows);
            times[2] += Time(Blurs);
            times[3] += Time(ForwardRows);
            times[4] += Time(ForwardColumns);
        }

        return [.. Pairs.Select((pair, i) => new StageTime(pair.Part, times[i] / frames, i == 2 ? 2 : _planes.Length))];
    }

    /// <summary>As many whole complex transforms, a real pair for one; times by pass and frame.</summary>
    public IReadOnlyList<StageTime> Whole(int frames)
    {
        var times = new double[4];
        int count = _planes.Length + 1;
        for (int i = 0; i < frames * count; i++)
        {
            ComplexPlane plane = _wholePlanes[i % _wholePlanes.Length];
            times[0] += Time(() => _wholeTransform.InverseColumns(plane, 0, plane.Blocks, _wholeScratch));
            times[1] += Time(() => _wholeTransform.InverseRows(plane, 0, plane.Rows, _wholeScratch));
            times[2] += Time(() => _wholeTransform.ForwardRows(plane, 0, plane.Rows, _wholeScratch));
            times[3] += Time(() => _wholeTransform.ForwardColumns(plane, 0, plane.Blocks, _wholeScratch));
        }

        string[] names = [WholeColumnsBack, WholeRowsBack, WholeRowsForward, WholeColumnsForward];
        return [.. names.Select((name, i) => new StageTime(name, times[i] / frames, count))];
    }

    private static double Time(Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }

    private void InverseColumns()
    {
        for (int block = 0; block < _blocks; block++)
        {
            foreach (BlockedPlane plane in _planes)
            {
                var rows = new LoadedRows(_lens.Pointer, _grid.Band.Rows);
                _transform.InverseColumns(ref rows, plane, block, _scratch);
            }
        }
    }

    private void InverseRows()
    {
        for (int row = _grid.Top; row < End; row += RowBatch)
        {
            foreach (BlockedPlane plane in _planes)
            {
                _transform.InverseRows(plane, row, Math.Min(RowBatch, End - row), _blocks, _scratch);
            }
        }
    }

    private void Blurs()
    {
        FilterRows();
        FilterColumns();
        FilterColumns();
        FilterRows();
    }

    private void FilterRows()
    {
        for (int row = _grid.Top; row < End; row += RowBatch)
        {
            float* first = _image.Pointer + ((nint)row * _grid.Plane.Columns);
            var source = new ImageRows(first, _grid.Plane.Columns);
            _filter.FilterRows(ref source, Math.Min(RowBatch, End - row), first, _filterScratch);
        }
    }

    private void FilterColumns() => _filter.FilterColumns(
        _image.Pointer, _grid.Top, _grid.Frame.Rows, _grid.Top, _grid.Frame.Rows, _grid.Left, _grid.Frame.Columns, _filterScratch);

    private void ForwardRows()
    {
        for (int row = _grid.Top; row < End; row += RowBatch)
        {
            foreach (BlockedPlane plane in _planes)
            {
                _transform.ForwardRows(plane, row, Math.Min(RowBatch, End - row), _scratch, _blocks);
            }
        }
    }

    private void ForwardColumns()
    {
        for (int block = 0; block < _blocks; block++)
        {
            foreach (BlockedPlane plane in _planes)
            {
                _transform.ForwardColumns(plane, _grid.Top, _grid.Frame.Rows, block, _columns, _scratch);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _lens.Dispose();
        _columns.Dispose();
        _image.Dispose();
        _scratch.Dispose();
        _wholeScratch.Dispose();
        _filterScratch.Dispose();
        _filter.Dispose();
        foreach (IDisposable plane in _planes.Concat<IDisposable>(_wholePlanes))
        {
            plane.Dispose();
        }
    }

    /// <summary>Pixels as they are.</summary>
    private readonly unsafe struct ImageRows(float* image, int columns) : IPixelRows
    {
        public void Load(int row, float* target) =>
            new ReadOnlySpan<float>(image + ((nint)row * columns), columns).CopyTo(new Span<float>(target, columns));
    }

    /// <summary>Rows as they are: what a transform reads.</summary>
    private readonly unsafe struct LoadedRows(float* source, int present) : IRowLoader
    {
        public void Load(int row, int count, float* target)
        {
            int here = Math.Clamp(present - row, 0, count);
            new Span<float>(source + (row * ComplexPlane.BlockFloats), here * ComplexPlane.BlockFloats).CopyTo(new Span<float>(target, here * ComplexPlane.BlockFloats));
            new Span<float>(target + (here * ComplexPlane.BlockFloats), (count - here) * ComplexPlane.BlockFloats).Clear();
        }

        public void Fetch(int row, int count, bool nextBlock)
        {
        }
    }
}
