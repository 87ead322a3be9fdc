using System.Diagnostics;
using FsRec.Fourier;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Benchmarks;

/// <summary>
/// What one evaluation of the nonlinear model's misfit and all gradients costs beside the transforms it is made of: the same calls on
/// the same planes, and whole complex transforms of their number. One thread, shortest of several rounds in turns.
/// </summary>
internal static class EvaluationTimes
{
    private const int Rounds = 12;
    private const int RowBatch = 16;

    /// <summary>Prints the times.</summary>
    public static void Print()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Calibration = new Calibration(512, 512, 0.045, 0.045),
            Specimen = SpecimenKind.Crystal,
            FrameCount = 4,
            FirstFocus = -190,
        });
        var grid = new ModelGrid(simulated.Series.Calibration, 60, 8);
        double[] noise = [5e-3, 5e-3, 5e-3, 5e-3];
        foreach (int crossTerms in (int[])[0, 1, 2])
        {
            using var model = new NonlinearModel(simulated.Series, grid, noise, 1, crossTerms);
            using ComplexPlane wave = WaveSpectrum.FromWave(grid.Extend(simulated.TrueWave), grid.Band);
            var states = new FrameState[4];
            using var gradient = new ModelGradient(grid.Band, 4);
            double evaluation = double.PositiveInfinity;
            double parts = double.PositiveInfinity;
            double whole = double.PositiveInfinity;
            using var transforms = new Transforms(grid, model.PlaneCount, wave.Blocks);
            for (int round = 0; round < Rounds; round++)
            {
                evaluation = Math.Min(evaluation, Time(() => model.Evaluate(wave, states, gradient, default)));
                parts = Math.Min(parts, 4 * Time(transforms.Frame));
                whole = Math.Min(whole, 4 * Time(transforms.Whole));
            }

            Console.WriteLine(FormattableString.Invariant(
                $"{grid.Plane.Rows}², {model.PlaneCount} planes: {evaluation / 4:0.00} ms a frame; its transforms {parts / 4:0.00} ms, ratio {evaluation / parts:0.00}; {(2 * model.PlaneCount) + 2} whole transforms {whole / 4:0.00} ms, ratio {evaluation / whole:0.00}"));
        }
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private sealed class Transforms : IDisposable
    {
        private readonly ModelGrid _grid;
        private readonly int _blocks;
        private readonly FourierTransform _transform;
        private readonly RealTransform _real;
        private readonly FourierScratch _scratch;
        private readonly RealTransformScratch _realScratch;
        private readonly ComplexPlane[] _planes;
        private readonly ComplexPlane _half;
        private readonly float[] _image;
        private readonly float[] _model;

        public Transforms(ModelGrid grid, int planes, int blocks)
        {
            _grid = grid;
            _blocks = blocks;
            _transform = new FourierTransform(grid.Plane.Rows, grid.Plane.Columns);
            _real = new RealTransform(grid.Plane.Rows, grid.Plane.Columns);
            _scratch = _transform.CreateScratch();
            _realScratch = _real.CreateScratch();
            _planes = [.. Enumerable.Range(0, planes).Select(_ => new ComplexPlane(grid.Plane.Rows, grid.Plane.Columns))];
            _half = _real.CreateHalfPlane();
            _image = new float[grid.Plane.PixelCount];
            _model = new float[grid.Frame.PixelCount];
        }

        /// <summary>The calls of one frame's evaluation.</summary>
        public void Frame()
        {
            int end = _grid.Top + _grid.Frame.Rows;
            foreach (ComplexPlane plane in _planes)
            {
                _transform.InverseColumns(plane, 0, _blocks, _scratch);
                for (int row = _grid.Top; row < end; row += RowBatch)
                {
                    _transform.InverseRows(plane, row, Math.Min(RowBatch, end - row), _scratch);
                }
            }

            Blur(_model, _grid.Top, _grid.Frame.Rows, _grid.Left, _grid.Frame.Columns);
            Blur(_image.AsSpan(0, _grid.Frame.Rows * _grid.Plane.Columns), _grid.Top, _grid.Frame.Rows, 0, _grid.Plane.Columns);
            foreach (ComplexPlane plane in _planes)
            {
                for (int row = _grid.Top; row < end; row += RowBatch)
                {
                    _transform.ForwardRows(plane, row, Math.Min(RowBatch, end - row), _scratch);
                }

                _transform.ForwardColumns(plane, 0, _blocks, _scratch);
            }
        }

        /// <summary>As many whole complex transforms, a real pair for one.</summary>
        public void Whole()
        {
            for (int i = 0; i < _planes.Length + 1; i++)
            {
                _transform.Inverse(_planes[i % _planes.Length], _scratch);
                _transform.Forward(_planes[i % _planes.Length], _scratch);
            }
        }

        public void Dispose()
        {
            _scratch.Dispose();
            _realScratch.Dispose();
            _half.Dispose();
            foreach (ComplexPlane plane in _planes)
            {
                plane.Dispose();
            }
        }

        private void Blur(Span<float> target, int top, int rows, int left, int columns)
        {
            _real.Forward(_image, _half, _realScratch);
            _real.InverseColumns(_half, _realScratch);
            _real.InverseRows(_half, top, rows, left, columns, target, _realScratch);
        }
    }
}
