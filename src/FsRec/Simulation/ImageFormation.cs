using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Simulation;

/// <summary>
/// The image that a partially coherent microscope makes of a wave. The focus spread is an integral of intensities over focus, the
/// convergence a sum over tilts or an envelope, the image spread a Gaussian blur of the intensity. Read-only; each thread brings a
/// workspace.
/// </summary>
internal sealed unsafe class ImageFormation : IDisposable
{
    private readonly SimulationParameters _parameters;
    private readonly SimulationGrid _grid;
    private readonly WaveBand _band;
    private readonly ComplexPlane _wave;
    private readonly ImageSimulator _simulator;
    private readonly RealTransform _real;
    private readonly RealTable? _blur;
    private readonly AzimuthalAberrations _aberrations;

    /// <summary>Prepares the images of a wave.</summary>
    /// <param name="parameters">Microscope and model.</param>
    /// <param name="grid">The plane, and the frame in it.</param>
    /// <param name="band">The band of the wave on the plane.</param>
    /// <param name="wave">Spectrum of the wave on the band.</param>
    public ImageFormation(SimulationParameters parameters, SimulationGrid grid, WaveBand band, ComplexPlane wave)
    {
        _parameters = parameters;
        _grid = grid;
        _band = band;
        _aberrations = new AzimuthalAberrations(parameters.Microscope);
        _wave = band.CreateSpectrum();
        _wave.CopyFrom(wave);
        _aberrations.Apply(_wave, band);
        _simulator = new ImageSimulator(band);
        _real = new RealTransform(grid.Plane.Rows, grid.Plane.Columns);
        double spread = Math.PI * parameters.Microscope.ImageSpread * 1e-3;
        _blur = spread > 0 && parameters.Model == ImagingModel.Nonlinear
            ? new RealTable(
                (grid.Plane.Rows / 2) + 1,
                (grid.Plane.Columns / 2) + 1,
                (ky, kx) => Math.Exp(-2 * spread * spread * band.Grid.SquaredFrequency(ky, kx)))
            : null;
    }

    /// <summary>The frame on the plane.</summary>
    public ImageRegion Frame => new(_grid.Top, _grid.Left, _grid.Frame.Rows, _grid.Frame.Columns);

    /// <summary>The whole plane.</summary>
    public ImageRegion WholePlane => new(0, 0, _grid.Plane.Rows, _grid.Plane.Columns);

    /// <summary>Takes the memory one thread needs.</summary>
    public Workspace CreateWorkspace() => new(this);

    /// <summary>Computes the intensity of a frame or of more of the plane, 1 where there is no specimen.</summary>
    /// <param name="dx">Displacement of the content along columns, in pixels.</param>
    /// <param name="dy">Displacement of the content along rows, in pixels.</param>
    /// <param name="focus">True defocus in nm.</param>
    /// <param name="region">What of the plane.</param>
    /// <param name="target">Where it goes, row-major.</param>
    /// <param name="workspace">This thread's memory.</param>
    public void Image(double dx, double dy, double focus, ImageRegion region, Span<float> target, Workspace workspace)
    {
        WaveFactors.Move(_wave, _band, dx, dy, workspace.Moved);
        float[] intensity = workspace.Sum;
        if (_parameters.Model == ImagingModel.Linear)
        {
            LinearIntensity(focus, intensity, workspace);
        }
        else
        {
            Integrate(focus, intensity, workspace);
        }

        if (_blur is not null)
        {
            _real.Forward(intensity, workspace.Spectrum, workspace.Real);
            SpectrumKernels.Multiply(workspace.Spectrum, _blur);
            _real.InverseColumns(workspace.Spectrum, workspace.Real);
            _real.InverseRows(workspace.Spectrum, region.Top, region.Rows, region.Left, region.Columns, target, workspace.Real);
            return;
        }

        for (int r = 0; r < region.Rows; r++)
        {
            intensity.AsSpan(((region.Top + r) * _grid.Plane.Columns) + region.Left, region.Columns).CopyTo(target[(r * region.Columns)..]);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _wave.Dispose();
        _blur?.Dispose();
    }

    /// <summary>Σ over tilts and foci of weight · |F⁻¹[ψ(g) t(g)]|².</summary>
    private void Integrate(double focus, float[] sum, Workspace workspace)
    {
        Microscope microscope = _parameters.Microscope;
        bool tilts = _parameters.SpatialCoherence == SpatialCoherence.Tilts;
        IReadOnlyList<(double Gy, double Gx, double Weight)> directions = tilts ? TiltRule(focus) : [(0, 0, 1)];
        IReadOnlyList<(double Node, double Weight)> steps = FocusRule();
        Microscope coherent = microscope with { FocusSpread = 0, ImageSpread = 0, Semiconvergence = tilts ? 0 : microscope.Semiconvergence };
        var envelope = new TransferFunction(coherent, focus);
        Array.Clear(sum);
        foreach ((double node, double nodeWeight) in steps)
        {
            // exp(−x²) is the distribution of x = δ/Δ.
            var transfer = new TransferFunction(coherent, focus + (microscope.FocusSpread * node));
            WaveFactors.FillTransfer(_band, transfer, envelope, workspace.Transfer);
            foreach ((double gy, double gx, double weight) in directions)
            {
                ComplexPlane wave = workspace.Moved;
                if (gy != 0 || gx != 0)
                {
                    WaveFactors.Tilt(workspace.Moved, _band, transfer, _aberrations, gy, gx, workspace.Tilted);
                    wave = workspace.Tilted;
                }

                _simulator.Intensity(wave, workspace.Transfer, WholePlane, workspace.Intensity, workspace.ImageMemory);
                Add(sum, workspace.Intensity, (float)(nodeWeight * weight));
            }
        }
    }

    /// <summary>|c|² + (|c + u|² − |c − u|²)/2 = |c|² + 2 Re(c* u), u the scattered image wave with all envelopes.</summary>
    private void LinearIntensity(double focus, float[] sum, Workspace workspace)
    {
        var transfer = new TransferFunction(_parameters.Microscope, focus);
        WaveFactors.FillTransfer(_band, transfer, transfer, workspace.Transfer);
        (float re, float im) = _wave[_band.RowReach, _band.ColumnReach];
        double pixels = (double)_grid.Plane.Rows * _grid.Plane.Columns;
        Array.Fill(sum, (float)(((re * (double)re) + (im * (double)im)) / (pixels * pixels)));
        _simulator.Intensity(workspace.Moved, workspace.Transfer, WholePlane, workspace.Intensity, workspace.ImageMemory);
        Add(sum, workspace.Intensity, 0.5f);
        workspace.Moved[_band.RowReach, _band.ColumnReach] = (-re, -im);
        _simulator.Intensity(workspace.Moved, workspace.Transfer, WholePlane, workspace.Intensity, workspace.ImageMemory);
        Add(sum, workspace.Intensity, -0.5f);
    }

    private IReadOnlyList<(double Node, double Weight)> FocusRule()
    {
        Microscope m = _parameters.Microscope;
        double k = Math.PI * m.Wavelength * m.FocusSpread * _band.Limit * _band.Limit;
        return m.FocusSpread == 0 ? [(0, 1)] : GaussHermite.Rule(_parameters.FocusNodes ?? GaussHermite.NodeCount(k));
    }

    /// <summary>
    /// Tilts as spatial frequencies. A tilt of angle τ shifts the phase of g by 2πτ(Zg + C3λ²g³ + C5λ⁴g⁵); over a normal distribution of
    /// standard deviation α/√2 an axis that averages to exp(−(πα)²(…)²), the envelope.
    /// </summary>
    private IReadOnlyList<(double Gy, double Gx, double Weight)> TiltRule(double focus)
    {
        Microscope m = _parameters.Microscope;
        double alpha = m.Semiconvergence * 1e-3;
        if (alpha == 0)
        {
            return [(0, 0, 1)];
        }

        double slope = 0;
        for (int i = 1; i <= 100; i++)
        {
            double g = _band.Limit * i / 100;
            double azimuthal = g * (Math.Abs(m.A1) + (m.Wavelength * g * (Math.Abs(m.A2) + (3 * Math.Abs(m.B2)))));
            slope = Math.Max(slope, Math.Abs(WaveFactors.Slope(m, focus, g)) + azimuthal);
        }

        var rule = GaussHermite.Rule(_parameters.TiltNodes ?? GaussHermite.NodeCount(2 * Math.PI * alpha * slope));
        double unit = alpha / m.Wavelength;
        return [.. rule.SelectMany(y => rule.Select(x => (unit * y.Node, unit * x.Node, y.Weight * x.Weight)))];
    }

    private static void Add(float[] sum, float[] term, float weight)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += weight * term[i];
        }
    }

    /// <summary>The memory one thread's images are made in.</summary>
    internal sealed class Workspace(ImageFormation owner) : IDisposable
    {
        public ComplexPlane Moved { get; } = owner._band.CreateSpectrum();

        public ComplexPlane Tilted { get; } = owner._band.CreateSpectrum();

        public ComplexPlane Transfer { get; } = new(owner._band.RowReach + 1, owner._band.Columns);

        public ImageWorkspace ImageMemory { get; } = owner._simulator.CreateWorkspace();

        public RealTransformScratch Real { get; } = owner._real.CreateScratch();

        public ComplexPlane Spectrum { get; } = owner._real.CreateHalfPlane();

        public float[] Intensity { get; } = new float[owner._grid.Plane.PixelCount];

        public float[] Sum { get; } = new float[owner._grid.Plane.PixelCount];

        public void Dispose()
        {
            Moved.Dispose();
            Tilted.Dispose();
            Transfer.Dispose();
            ImageMemory.Dispose();
            Real.Dispose();
            Spectrum.Dispose();
        }
    }
}
