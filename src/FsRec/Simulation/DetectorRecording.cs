using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Simulation;

/// <summary>
/// What a detector with MTF and NPS makes of an intensity: electrons arrive as Poisson has it before anything is blurred, the image they make is
/// MTF times what arrived on average, and their noise about it has the power NPS. Where NPS is MTF² that is the blurred arrivals themselves.
/// On the whole plane, so that frames see over their edges. Read-only; each thread brings a workspace.
/// </summary>
internal sealed class DetectorRecording : IDisposable
{
    private readonly SimulationGrid _grid;
    private readonly RealTransform _transform;
    private readonly RealTable _signal;
    private readonly RealTable _noise;

    /// <summary>Prepares the recording.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="grid">The plane, and the frame in it.</param>
    public DetectorRecording(Detector detector, SimulationGrid grid)
    {
        _grid = grid;
        FrequencyGrid frequencies = FrequencyGrid.Of(grid.Plane);
        _transform = new RealTransform(grid.Plane.Rows, grid.Plane.Columns);
        RealTable Table(Func<double, double> value) => new(
            (grid.Plane.Rows / 2) + 1, _transform.HalfColumns, (ky, kx) => value(Math.Sqrt(frequencies.SquaredFrequency(ky, kx)) / detector.Nyquist));
        _signal = Table(x => detector.Transfer?.At(x) ?? 1);
        _noise = Table(x => Math.Sqrt(detector.Noise?.At(x) ?? 1));
    }

    /// <summary>Takes the memory one thread needs.</summary>
    public Workspace CreateWorkspace() => new(this);

    /// <summary>Records a frame.</summary>
    /// <param name="workspace">This thread's memory; its plane holds the intensity that arrives, and is changed.</param>
    /// <param name="counts">Electrons a pixel gets where the intensity is 1; 0 for no noise.</param>
    /// <param name="random">The noise.</param>
    /// <param name="frame">Where the frame goes, row-major: electrons, or the intensity without noise.</param>
    public void Record(Workspace workspace, double counts, RandomStream random, Span<float> frame)
    {
        Span<float> plane = workspace.Plane;
        if (counts > 0)
        {
            for (int i = 0; i < plane.Length; i++)
            {
                double mean = plane[i] * counts;
                plane[i] = (float)mean;
                workspace.Noise[i] = (float)(random.Poisson(mean) - mean);
            }
        }

        Filter(plane, _signal, workspace, frame);
        if (counts > 0)
        {
            Filter(workspace.Noise, _noise, workspace, workspace.Frame);
            for (int i = 0; i < frame.Length; i++)
            {
                frame[i] += workspace.Frame[i];
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _signal.Dispose();
        _noise.Dispose();
    }

    private void Filter(ReadOnlySpan<float> plane, RealTable table, Workspace workspace, Span<float> frame)
    {
        _transform.Forward(plane, workspace.Spectrum, workspace.Scratch);
        SpectrumKernels.Multiply(workspace.Spectrum, table);
        _transform.InverseColumns(workspace.Spectrum, workspace.Scratch);
        _transform.InverseRows(workspace.Spectrum, _grid.Top, _grid.Frame.Rows, _grid.Left, _grid.Frame.Columns, frame, workspace.Scratch);
    }

    /// <summary>The memory one thread's frames are made in.</summary>
    internal sealed class Workspace(DetectorRecording owner) : IDisposable
    {
        public float[] Plane { get; } = new float[owner._grid.Plane.PixelCount];

        public float[] Noise { get; } = new float[owner._grid.Plane.PixelCount];

        public float[] Frame { get; } = new float[owner._grid.Frame.PixelCount];

        public ComplexPlane Spectrum { get; } = owner._transform.CreateHalfPlane();

        public RealTransformScratch Scratch { get; } = owner._transform.CreateScratch();

        public void Dispose()
        {
            Spectrum.Dispose();
            Scratch.Dispose();
        }
    }
}
