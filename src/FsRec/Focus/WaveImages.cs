using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Focus;

/// <summary>Filtered images of one wave under many transfer functions, cut to the reference area; one workspace a worker.</summary>
internal sealed class WaveImages : IDisposable
{
    private readonly WaveBand _band;
    private readonly AlignmentAreas _areas;
    private readonly ImageSimulator _simulator;
    private readonly PerWorker<Workspace> _workspaces;

    /// <summary>Prepares images of waves on a band.</summary>
    public WaveImages(WaveBand band, AlignmentAreas areas, int threads)
    {
        _band = band;
        _areas = areas;
        _simulator = new ImageSimulator(band);
        _workspaces = new(FrameLoop.Workers(threads), () => new Workspace(areas, _simulator));
    }

    /// <summary>The filtered intensity inside the area; the array is the worker's and is used again.</summary>
    public float[] Area(ComplexPlane wave, TransferFunction transfer, bool envelopes, int worker)
    {
        Workspace w = _workspaces[worker];
        using ComplexPlane table = FrameOptics.ImageTransfer(_band, transfer, envelopes);
        _areas.Simulated(_simulator, wave, table, w.Pixels, w.Areas, w.Image);
        return w.Pixels;
    }

    /// <inheritdoc />
    public void Dispose() => _workspaces.Dispose();

    private sealed class Workspace(AlignmentAreas areas, ImageSimulator simulator) : IDisposable
    {
        public AreaWorkspace Areas { get; } = areas.CreateWorkspace();

        public ImageWorkspace Image { get; } = simulator.CreateWorkspace();

        public float[] Pixels { get; } = new float[areas.Area.PixelCount];

        public void Dispose()
        {
            Areas.Dispose();
            Image.Dispose();
        }
    }
}
