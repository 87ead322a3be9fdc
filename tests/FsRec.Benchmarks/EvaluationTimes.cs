using System.Diagnostics;
using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Simulation;

namespace FsRec.Benchmarks;

/// <summary>
/// What one evaluation of the nonlinear model's misfit and all gradients costs beside the transforms it is made of: the same calls on
/// the same planes, and whole complex transforms of their number. One thread; as many frames of each in turns, and the medians of the
/// ratios of neighbours: shortest times would favour what takes less time, which more often falls between two disturbances.
/// </summary>
internal static class EvaluationTimes
{
    private const int Rounds = 25;
    private const int Frames = 4;
    private const int RowBatch = 16;

    /// <summary>Prints the times.</summary>
    public static void Print()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Calibration = new Calibration(512, 512, 0.045, 0.045),
            Specimen = SpecimenKind.Crystal,
            FrameCount = Frames,
            FirstFocus = -190,
        });
        var grid = new ModelGrid(simulated.Series.Calibration, 60, 8);
        double[] noise = [.. Enumerable.Repeat(5e-3, Frames)];
        foreach (int crossTerms in (int[])[0, 1, 2])
        {
            using var model = new NonlinearModel(simulated.Series, grid, noise, 1, crossTerms);
            using ComplexPlane wave = WaveSpectrum.FromWave(grid.Extend(simulated.TrueWave), grid.Band);
            var states = new FrameState[Frames];
            using var gradient = new ModelGradient(grid.Band, Frames);
            var evaluation = new double[Rounds];
            var parts = new double[Rounds];
            var whole = new double[Rounds];
            using var transforms = new Transforms(grid, model.PlaneCount);
            for (int round = -2; round < Rounds; round++)
            {
                double[] times = [Time(() => model.Evaluate(wave, states, gradient, default)), Time(transforms.Frame, Frames), Time(transforms.Whole, Frames)];
                if (round >= 0)
                {
                    (evaluation[round], parts[round], whole[round]) = (times[0], times[1], times[2]);
                }
            }

            Console.WriteLine(FormattableString.Invariant(
                $"{grid.Plane.Rows}², {model.PlaneCount} planes: {Median(evaluation) / Frames:0.00} ms a frame; its transforms {Median(parts) / Frames:0.00} ms, ratio {Ratio(evaluation, parts)}; {(2 * model.PlaneCount) + 2} whole transforms {Median(whole) / Frames:0.00} ms, ratio {Ratio(evaluation, whole)}"));
        }
    }

    private static double Time(Action action, int times = 1)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }

    private static string Ratio(double[] a, double[] b)
    {
        double[] ratios = [.. a.Zip(b, static (x, y) => x / y)];
        return FormattableString.Invariant($"{Median(ratios):0.00} ({Quantile(ratios, 0.25):0.00} to {Quantile(ratios, 0.75):0.00})");
    }

    private sealed unsafe class Transforms : IDisposable
    {
        private readonly ModelGrid _grid;
        private readonly int _blocks;
        private readonly BlockedTransform _transform;
        private readonly FourierTransform _wholeTransform;
        private readonly RealTransform _real;
        private readonly FourierScratch _scratch;
        private readonly FourierScratch _wholeScratch;
        private readonly RealTransformScratch _realScratch;
        private readonly BlockedPlane[] _planes;
        private readonly ComplexPlane[] _wholePlanes;
        private readonly AlignedBuffer _lens;
        private readonly AlignedBuffer _columns;
        private readonly ComplexPlane _half;
        private readonly RealTable _unity;
        private readonly float[] _image;
        private readonly float[] _model;

        public Transforms(ModelGrid grid, int planes)
        {
            _grid = grid;
            _blocks = ComplexPlane.BlocksOf(grid.Band.Columns);
            _transform = new BlockedTransform(grid.Plane.Rows, grid.Plane.Columns, grid.Band.Rows);
            _wholeTransform = new FourierTransform(grid.Plane.Rows, grid.Plane.Columns);
            _real = new RealTransform(grid.Plane.Rows, grid.Plane.Columns);
            _scratch = _transform.CreateScratch();
            _wholeScratch = _wholeTransform.CreateScratch();
            _realScratch = _real.CreateScratch();
            _planes = BlockedPlane.Many(planes, grid.Plane.Rows, grid.Plane.Columns);
            _wholePlanes = [.. Enumerable.Range(0, planes).Select(_ => new ComplexPlane(grid.Plane.Rows, grid.Plane.Columns))];
            _lens = new AlignedBuffer(grid.Band.Rows * (long)ComplexPlane.BlockFloats);
            _columns = new AlignedBuffer(grid.Plane.Rows * (long)ComplexPlane.BlockFloats);
            _half = _real.CreateHalfPlane();
            _unity = new RealTable((grid.Plane.Rows / 2) + 1, (grid.Plane.Columns / 2) + 1, static (_, _) => 1);
            _image = new float[grid.Plane.PixelCount];
            _model = new float[grid.Frame.PixelCount];
        }

        /// <summary>The calls of one frame's evaluation.</summary>
        public void Frame()
        {
            int end = _grid.Top + _grid.Frame.Rows;
            for (int block = 0; block < _blocks; block++)
            {
                foreach (BlockedPlane plane in _planes)
                {
                    var rows = new Rows(_lens.Pointer, _grid.Band.Rows);
                    _transform.InverseColumns(ref rows, plane, block, _scratch);
                }
            }

            for (int row = _grid.Top; row < end; row += RowBatch)
            {
                foreach (BlockedPlane plane in _planes)
                {
                    _transform.InverseRows(plane, row, Math.Min(RowBatch, end - row), _blocks, _scratch);
                }
            }

            Blur(_model, _grid.Left, _grid.Frame.Columns);
            Blur(_image.AsSpan(0, _grid.Frame.Rows * _grid.Plane.Columns), 0, _grid.Plane.Columns);
            for (int row = _grid.Top; row < end; row += RowBatch)
            {
                foreach (BlockedPlane plane in _planes)
                {
                    _transform.ForwardRows(plane, row, Math.Min(RowBatch, end - row), _scratch);
                }
            }

            for (int block = 0; block < _blocks; block++)
            {
                foreach (BlockedPlane plane in _planes)
                {
                    _transform.ForwardColumns(plane, block, _columns, _scratch);
                }
            }
        }

        /// <summary>As many whole complex transforms, a real pair for one.</summary>
        public void Whole()
        {
            for (int i = 0; i < _planes.Length + 1; i++)
            {
                _wholeTransform.Inverse(_wholePlanes[i % _planes.Length], _wholeScratch);
                _wholeTransform.Forward(_wholePlanes[i % _planes.Length], _wholeScratch);
            }
        }

        public void Dispose()
        {
            _lens.Dispose();
            _columns.Dispose();
            _scratch.Dispose();
            _wholeScratch.Dispose();
            _realScratch.Dispose();
            _half.Dispose();
            _unity.Dispose();
            foreach (IDisposable plane in _planes.Concat<IDisposable>(_wholePlanes))
            {
                plane.Dispose();
            }
        }

        private void Blur(Span<float> target, int left, int columns)
        {
            _real.Filter(_image, _grid.Top, _grid.Frame.Rows, _unity, _half, _realScratch);
            _real.InverseRows(_half, _grid.Top, _grid.Frame.Rows, left, columns, target, _realScratch);
        }
    }

    /// <summary>Rows as they are: what a transform reads.</summary>
    private readonly unsafe struct Rows(float* source, int present) : IRowLoader
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
