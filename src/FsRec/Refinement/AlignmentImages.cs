using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Refinement;

/// <summary>
/// The full images that an alignment's wave makes, |F⁻¹[ψ t E]|², on the points of the alignment. In a frame near the reversal of
/// contrast the linear part all but vanishes, and what scattered beams make with one another decides where a lattice seems to lie.
/// </summary>
internal sealed class AlignmentImages : IDisposable
{
    private readonly AlignmentPoints _points;
    private readonly ImageSimulator _simulator;
    private readonly ImageWorkspace _workspace;
    private readonly RealTransformScratch _scratch;
    private readonly ComplexPlane[] _transfers;
    private readonly ComplexPlane _wave;
    private readonly ComplexPlane _spectrum;
    private readonly float[] _image;

    /// <summary>Prepares the images.</summary>
    public AlignmentImages(AlignmentPoints points, IReadOnlyList<TransferFunction> transfers)
    {
        _points = points;
        _simulator = new ImageSimulator(points.Band);
        _workspace = _simulator.CreateWorkspace();
        _scratch = points.Transform.CreateScratch();
        _transfers = [.. transfers.Select(t => FrameOptics.ImageTransfer(points.Band, t, envelopes: true))];
        _wave = points.Band.CreateSpectrum();
        _spectrum = points.Transform.CreateHalfPlane();
        _image = new float[points.Transform.Rows * points.Transform.Columns];
    }

    /// <summary>The image of a frame, mean removed, in units of unitary transforms.</summary>
    /// <param name="reference">The frames that make the wave.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="target">Its spectrum on the points.</param>
    public void Image(AlignmentReference reference, int frame, Span<(float Re, float Im)> target)
    {
        WaveBand band = _points.Band;
        float pixels = _image.Length;
        float root = MathF.Sqrt(pixels);
        for (int i = 0; i < target.Length; i++)
        {
            (double ar, double ai, double pr, double pi) = reference.Estimate(i);
            int y = _points.Ky[i];
            int x = _points.Kx[i];
            _wave[band.RowReach + y, band.ColumnReach + x] = (root * (float)(ar - pi), root * (float)(ai + pr));
            _wave[band.RowReach - y, band.ColumnReach - x] = (root * (float)(ar + pi), root * (float)(pr - ai));
        }

        _wave[band.RowReach, band.ColumnReach] = (pixels, 0);
        var whole = new ImageRegion(0, 0, _points.Transform.Rows, _points.Transform.Columns);
        _simulator.Intensity(_wave, _transfers[frame], whole, _image, _workspace);
        _points.Transform.Forward(_image, _spectrum, _scratch);
        (float mean, _) = _spectrum[0, 0];
        // Frames have the mean 1.
        float unit = pixels / mean / root;
        for (int i = 0; i < target.Length; i++)
        {
            (float re, float im) = _spectrum[FrequencyGrid.Index(_points.Ky[i], band.Grid.Rows), _points.Kx[i]];
            target[i] = (unit * re, unit * im);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _workspace.Dispose();
        _scratch.Dispose();
        _wave.Dispose();
        _spectrum.Dispose();
        foreach (ComplexPlane transfer in _transfers)
        {
            transfer.Dispose();
        }
    }
}
