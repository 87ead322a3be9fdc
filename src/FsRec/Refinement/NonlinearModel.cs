using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;

namespace FsRec.Refinement;

/// <summary>
/// The forward model of a focal series with its adjoint. Frame n of a wave with spectrum ψ is
/// m_n = s_n · B Σ_k w_k |F⁻¹[ψ(g) e_n(g) exp(−iχ(g; Z_n + δ_k)) exp(−2πi g·d_n)]|²: δ_k, w_k the nodes of the focus spread, e_n the
/// envelope of the convergence with its cross terms to first order where they are asked for, B the detector's Gaussian blur of the intensity, s_n the dose of the frame that fits best. Waves are
/// moved, not data. The misfit is D = ½ Σ w (m − y)² over the pixels of the frames as recorded, w = 1 / variance.
/// </summary>
/// <remarks>
/// Two beams under a normal distribution of tilts interfere with exp(−(πα)²|s − s'|²) = E E' exp(2(πα)² s·s'), s the aberrations'
/// slope Zg + C3λ²g³ + C5λ⁴g⁵ as a vector and E = exp(−(πα)²s²): the envelope on the wave takes the first two factors, and to first
/// order the third adds 2(πα)² (|F⁻¹[φ s_x]|² + |F⁻¹[φ s_y]|²), φ the image wave's spectrum at the middle of the focus spread. Both are
/// made for the foci given at set-up and not differentiated by them.
/// An evaluation costs 2P + 2 complex transforms a frame for P planes: one a node and two for the cross terms. Sums over frames run in
/// their order.
/// </remarks>
internal sealed unsafe class NonlinearModel : IDisposable
{
    // Rows that stay in the cache between two steps.
    private const int RowBatch = 16;

    private readonly FocalSeries _series;
    private readonly int _threads;
    private readonly FourierTransform _transform;
    private readonly RealTransform _real;
    private readonly RealTable? _blur;
    private readonly IReadOnlyList<(double Defocus, float Weight)> _nodes;
    private AzimuthalAberrations _aberrations;
    private readonly int _firstRow;
    private readonly int _endRow;
    private readonly ComplexPlane[] _transfers;
    private readonly ComplexPlane[] _gradients;
    private readonly float[][] _weights;
    private readonly AlignedBuffer _columnNumbers;
    private readonly AlignedBuffer _columnFrequencies;
    private readonly float _crossWeight;
    private readonly bool _crossTerms;
    private readonly EnvelopeStep? _step;
    private readonly ComplexPlane? _byFocus;
    private ComplexPlane? _slopes;
    private readonly PerWorker<ModelWorkspace> _workspaces;

    /// <summary>Prepares the model.</summary>
    /// <param name="series">The frames and their foci.</param>
    /// <param name="grid">The grid of the wave.</param>
    /// <param name="noise">Variance of each frame's noise where its intensity is 1.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="crossTerms">Whether the cross terms of the convergence are in the model.</param>
    /// <param name="nodes">Nodes of the focus spread; <see langword="null"/> for as many as Limit asks for.</param>
    /// <param name="refineAberrations">Whether steps of the aberrations are taken; otherwise they are none.</param>
    public NonlinearModel(FocalSeries series, ModelGrid grid, IReadOnlyList<double> noise, int threads, bool crossTerms = true, bool refineAberrations = false, int? nodes = null)
    {
        _series = series;
        _threads = threads;
        Grid = grid;
        Noise = noise;
        Microscope = series.Parameters.Linear.Envelopes
            ? series.Microscope
            : series.Microscope with { FocusSpread = 0, ImageSpread = 0, Semiconvergence = 0 };
        WaveBand band = grid.Band;
        _transform = new FourierTransform(grid.Plane.Rows, grid.Plane.Columns);
        _real = new RealTransform(grid.Plane.Rows, grid.Plane.Columns);
        var image = new TransferFunction(Microscope, 0);
        _blur = Microscope.ImageSpread > 0
            ? new RealTable((grid.Plane.Rows / 2) + 1, _real.HalfColumns, (ky, kx) => image.ImageEnvelope(band.Grid.SquaredFrequency(ky, kx)))
            : null;
        // Rows that the blur mixes into the frame's; the others are seen by no pixel. Six standard deviations of it.
        int reach = (int)Math.Ceiling(6e-3 * Microscope.ImageSpread / grid.Plane.RowSampling);
        _firstRow = Math.Max(0, grid.Top - reach);
        _endRow = Math.Min(grid.Plane.Rows, grid.Top + grid.Frame.Rows + reach);
        _nodes = nodes is { } count
            ? FocusNodes.Rule(Microscope, count)
            : FocusNodes.Rule(Microscope, Math.Min(band.Limit, series.Parameters.Linear.Limit));
        _aberrations = new AzimuthalAberrations(Microscope);
        _transfers = ComplexPlane.Many(series.Count, _aberrations.None && !refineAberrations ? band.RowReach + 1 : band.Rows, band.Columns);
        _gradients = ComplexPlane.Many(series.Count, band.Rows, band.Columns);
        _weights = [.. Enumerable.Range(0, series.Count).Select(n => Filled(series.Calibration.PixelCount, (float)(1 / noise[n])))];
        _columnNumbers = new AlignedBuffer((long)_gradients[0].Blocks * ComplexPlane.Lanes);
        _columnFrequencies = new AlignedBuffer((long)_gradients[0].Blocks * ComplexPlane.Lanes);
        for (int c = 0; c < band.Columns; c++)
        {
            _columnNumbers.Pointer[c] = c - band.ColumnReach;
            _columnFrequencies.Pointer[c] = (float)((c - band.ColumnReach) * band.Grid.ColumnStep);
        }

        double angle = Math.PI * Microscope.Semiconvergence * 1e-3;
        _crossWeight = (float)(2 * angle * angle);
        _crossTerms = crossTerms && angle > 0;
        _slopes = _crossTerms ? BandSlopes.CreateTable(band, Microscope, _aberrations) : null;
        _step = refineAberrations ? new EnvelopeStep(band) : null;
        _byFocus = refineAberrations ? band.CreateSpectrum() : null;

        Scales = Filled(series.Count, 1);
        ChiSquares = new double[series.Count];
        Foci = [.. series.Foci];
        _workspaces = new(
            FrameLoop.Workers(threads, series.Count),
            () => new ModelWorkspace(grid, Microscope.Wavelength, _nodes.Count + 1, PlaneCount, refineAberrations, _transform, _real));
        SetFoci(Foci);
    }

    /// <summary>The grid of the wave.</summary>
    public ModelGrid Grid { get; }

    /// <summary>The microscope; without spreads where the parameters turn envelopes off.</summary>
    public Microscope Microscope { get; private set; }

    /// <summary>Variance of each frame's noise where its intensity is 1.</summary>
    public IReadOnlyList<double> Noise { get; }

    /// <summary>Defocus in nm that the frames' transfer functions were made for.</summary>
    public IReadOnlyList<double> Foci { get; private set; }

    /// <summary>Nodes of the integral over the focus spread.</summary>
    public int NodeCount => _nodes.Count;

    /// <summary>Image waves of a frame: one a node, and two for the cross terms of the convergence where they are in the model.</summary>
    public int PlaneCount => _nodes.Count + (_slopes is null ? 0 : 2);

    /// <summary>Scale of each frame at the last evaluation.</summary>
    public float[] Scales { get; }

    /// <summary>What the misfit is divided by; the frames' sums of squares are not.</summary>
    public double Temperature { get; set; } = 1;

    /// <summary>Weighted sum of squares, Σ w (m − y)², of each frame at the last evaluation.</summary>
    public double[] ChiSquares { get; }

    /// <summary>Makes the frames' transfer functions anew.</summary>
    /// <param name="foci">Defocus of each frame in nm.</param>
    public void SetFoci(IReadOnlyList<double> foci)
    {
        Foci = [.. foci];
        Microscope sharp = Microscope with { FocusSpread = 0, ImageSpread = 0 };
        FrameLoop.Run(Foci.Count, _threads, CancellationToken.None, n => FocusNodes.FillTransfer(Grid.Band, new TransferFunction(sharp, Foci[n]), _aberrations, _transfers[n]));
    }

    /// <summary>Makes the frames' transfer functions anew for another lens; spreads stay as they are.</summary>
    /// <param name="microscope">The microscope with the new aberrations.</param>
    /// <param name="foci">Defocus of each frame in nm.</param>
    public void SetLens(Microscope microscope, IReadOnlyList<double> foci)
    {
        Microscope = microscope with
        {
            FocusSpread = Microscope.FocusSpread,
            ImageSpread = Microscope.ImageSpread,
            Semiconvergence = Microscope.Semiconvergence,
        };
        _aberrations = new AzimuthalAberrations(Microscope);
        _slopes?.Dispose();
        _slopes = _crossTerms ? BandSlopes.CreateTable(Grid.Band, Microscope, _aberrations) : null;
        SetFoci(foci);
    }

    /// <summary>Sets a step of the aberrations that the next evaluations are made with.</summary>
    public void SetStep(AberrationStep step) => _step!.Set(step, Microscope);

    /// <summary>The misfit's derivatives by the step of the aberrations, at the last evaluation.</summary>
    public double[] StepGradient(ComplexPlane wave) => _step!.Gradient(wave, _byFocus!, Microscope);

    /// <summary>Standard errors of the aberrations' components in nm against a known wave.</summary>
    public double[] StepScales(IReadOnlyList<TransferFunction> transfers, IReadOnlyList<double> noise, PriorPowers prior) =>
        _step!.Scales(Grid, Microscope, transfers, Foci, noise, prior);

    /// <summary>Evaluates the misfit and its gradient.</summary>
    /// <param name="wave">Spectrum of the wave on the band.</param>
    /// <param name="states">Displacement and step of focus of each frame.</param>
    /// <param name="gradient">Filled with the gradient.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>D.</returns>
    public double Evaluate(ComplexPlane wave, IReadOnlyList<FrameState> states, ModelGradient gradient, CancellationToken cancellationToken)
    {
        FrameLoop.Run(states.Count, _threads, cancellationToken, (worker, n) =>
        {
            ModelWorkspace w = _workspaces[worker];
            SetFactors(states[n], w);
            SetTransfer(n, w);
            Forward(wave, n, w);
            ChiSquares[n] = Residual(n, w);
            gradient.Frames[n] = Backward(wave, n, w);
        });
        FrameLoop.Run(gradient.Wave.Rows, _threads, cancellationToken, row => SumRow(row, gradient.Wave));
        return 0.5 * ChiSquares.Sum() / Temperature;
    }

    /// <summary>Simulates the frames: image n, scaled, goes to a callback that may not keep it.</summary>
    public void Simulate(ComplexPlane wave, IReadOnlyList<FrameState> states, SimulatedImage callback, CancellationToken cancellationToken) =>
        FrameLoop.Run(states.Count, _threads, cancellationToken, (worker, n) =>
        {
            ModelWorkspace w = _workspaces[worker];
            SetFactors(states[n], w);
            SetTransfer(n, w);
            Forward(wave, n, w);
            ChiSquares[n] = Residual(n, w);
            for (int i = 0; i < w.Model.Length; i++)
            {
                w.Model[i] *= Scales[n];
            }

            callback(n, w.Model);
        });

    /// <summary>
    /// Sets the weights to 1 / variance, the variance that of Poisson noise in the frames a wave makes; where the model is dark it is no
    /// less than a tenth of the vacuum's. Scales and sums of squares are those under the new weights.
    /// </summary>
    public void WeightBy(ComplexPlane wave, IReadOnlyList<FrameState> states, CancellationToken cancellationToken) =>
        FrameLoop.Run(states.Count, _threads, cancellationToken, (worker, n) =>
        {
            ModelWorkspace w = _workspaces[worker];
            SetFactors(states[n], w);
            SetTransfer(n, w);
            Forward(wave, n, w);
            Residual(n, w);
            for (int i = 0; i < w.Model.Length; i++)
            {
                _weights[n][i] = (float)(1 / (Noise[n] * Math.Max(w.Model[i] * Scales[n], 0.1f)));
            }

            ChiSquares[n] = Residual(n, w);
        });

    /// <inheritdoc />
    public void Dispose()
    {
        _workspaces.Dispose();
        _columnNumbers.Dispose();
        _columnFrequencies.Dispose();
        _slopes?.Dispose();
        _step?.Dispose();
        _byFocus?.Dispose();
        _blur?.Dispose();
        foreach (ComplexPlane plane in _transfers.Concat(_gradients))
        {
            plane.Dispose();
        }
    }

    private static float[] Filled(int count, float value) => [.. Enumerable.Repeat(value, count)];

    private double MeanFocus => Foci.Average();

    /// <summary>The frame's transfer function, after the step of the aberrations where there is one.</summary>
    private void SetTransfer(int n, ModelWorkspace w)
    {
        if (_step is null)
        {
            w.Transfer = _transfers[n];
            return;
        }

        _step.Apply(_transfers[n], (float)(Foci[n] - MeanFocus), w.Stepped!);
        w.Transfer = w.Stepped;
    }

    private float Weight(int plane) => plane < _nodes.Count ? _nodes[plane].Weight : _crossWeight;

    /// <summary>The planes behind the nodes' hold φ·s_x and φ·s_y; s is real, so its adjoint is itself.</summary>
    private PlaneFactor PlaneFactor(int plane, ModelWorkspace w, float weight) =>
        new(w.Planes[plane], w.Factors[Math.Min(plane, _nodes.Count)], Math.Max(0, plane + 1 - _nodes.Count), weight);

    private BandSlopes FrameSlopes(int n) => new(_slopes, (float)Foci[n], _columnFrequencies.Pointer, Grid.Band.Grid.RowStep);

    private void SetFactors(FrameState state, ModelWorkspace w)
    {
        for (int k = 0; k < _nodes.Count; k++)
        {
            w.Factors[k].Set(state with { Dz = state.Dz + _nodes[k].Defocus });
        }

        w.Factors[_nodes.Count].Set(state);
    }

    /// <summary>Image waves of all nodes into the workspace's planes, and the unscaled image on the frame into its model.</summary>
    private void Forward(ComplexPlane wave, int n, ModelWorkspace w)
    {
        Span<PlaneFactor> factors = stackalloc PlaneFactor[PlaneCount];
        for (int k = 0; k < PlaneCount; k++)
        {
            factors[k] = PlaneFactor(k, w, 1);
        }

        ModelKernels.Load(wave, w.Transfer!, factors, FrameSlopes(n), Grid.Plane.Rows);
        for (int k = 0; k < PlaneCount; k++)
        {
            ComplexPlane plane = w.Planes[k];
            _transform.InverseColumns(plane, 0, wave.Blocks, w.Scratch);
            for (int row = _firstRow; row < _endRow; row += RowBatch)
            {
                int rows = Math.Min(RowBatch, _endRow - row);
                ModelKernels.Clear(plane, row, rows, wave.Blocks, plane.Blocks - wave.Blocks);
                _transform.InverseRows(plane, row, rows, w.Scratch);
                ModelKernels.AddIntensity(plane, row, rows, Weight(k), k > 0, w.Image.Pointer);
            }
        }

        if (_blur is null)
        {
            for (int r = 0; r < Grid.Frame.Rows; r++)
            {
                w.Image.Span.Slice(((Grid.Top + r) * Grid.Plane.Columns) + Grid.Left, Grid.Frame.Columns).CopyTo(w.Model.AsSpan(r * Grid.Frame.Columns));
            }

            return;
        }

        Blur(w.Image.Span, w);
        _real.InverseRows(w.Spectrum, Grid.Top, Grid.Frame.Rows, Grid.Left, Grid.Frame.Columns, w.Model, w.Real);
    }

    /// <summary>Scale and weighted residual of a frame; the gradient by the unscaled image goes to the workspace's residual.</summary>
    private double Residual(int n, ModelWorkspace w)
    {
        (int rows, int columns) = (Grid.Frame.Rows, Grid.Frame.Columns);
        ReadOnlySpan<float> data = _series.Frame(n);
        ReadOnlySpan<float> weights = _weights[n];
        double dataModel = 0;
        double modelModel = 0;
        for (int r = 0; r < rows; r++)
        {
            var row = new Range(r * columns, (r + 1) * columns);
            (double ym, double mm) = FrameMisfit.ScaleSums(w.Model.AsSpan(row), data[row], weights[row]);
            dataModel += ym;
            modelModel += mm;
        }

        Scales[n] = modelModel > 0 ? (float)(dataModel / modelModel) : 1;
        double sum = 0;
        for (int r = 0; r < rows; r++)
        {
            var row = new Range(r * columns, (r + 1) * columns);
            Span<float> target = w.Residual.Span.Slice(((Grid.Top + r) * Grid.Plane.Columns) + Grid.Left, columns);
            sum += FrameMisfit.Residual(w.Model.AsSpan(row), data[row], weights[row], Scales[n], target);
        }

        return sum;
    }

    /// <summary>The adjoint of <see cref="Forward"/> on the residual.</summary>
    private FrameState Backward(ComplexPlane wave, int n, ModelWorkspace w)
    {
        AlignedBuffer residual = w.Residual;
        if (_blur is not null)
        {
            Blur(w.Residual.Span, w);
            Span<float> rows = w.Image.Span.Slice(_firstRow * Grid.Plane.Columns, (_endRow - _firstRow) * Grid.Plane.Columns);
            _real.InverseRows(w.Spectrum, _firstRow, _endRow - _firstRow, 0, Grid.Plane.Columns, rows, w.Real);
            residual = w.Image;
        }

        ComplexPlane gradient = _gradients[n];
        Span<PlaneFactor> factors = stackalloc PlaneFactor[PlaneCount];
        for (int k = 0; k < PlaneCount; k++)
        {
            ComplexPlane plane = w.Planes[k];
            for (int row = _firstRow; row < _endRow; row += RowBatch)
            {
                int rows = Math.Min(RowBatch, _endRow - row);
                ModelKernels.MultiplyReal(plane, row, rows, residual.Pointer);
                _transform.ForwardRows(plane, row, rows, w.Scratch);
            }

            ModelKernels.Clear(plane, 0, _firstRow, 0, gradient.Blocks);
            ModelKernels.Clear(plane, _endRow, plane.Rows - _endRow, 0, gradient.Blocks);
            _transform.ForwardColumns(plane, 0, gradient.Blocks, w.Scratch);
            // The inverse transform holds 1 / pixels, and |φ|² gives a factor 2.
            factors[k] = PlaneFactor(k, w, (float)(2.0 * Weight(k) / (Grid.Plane.PixelCount * Temperature)));
        }

        ModelKernels.Gather(factors, FrameSlopes(n), w.Transfer!, wave, _columnNumbers.Pointer, gradient, w.RowSums);
        return FrameState.Gradient(Grid.Band, Microscope.Wavelength, w.RowSums);
    }

    private void Blur(ReadOnlySpan<float> image, ModelWorkspace w)
    {
        _real.Forward(image, w.Spectrum, w.Real);
        SpectrumKernels.Multiply(w.Spectrum, _blur!);
        _real.InverseColumns(w.Spectrum, w.Real);
    }

    private void SumRow(int row, ComplexPlane target)
    {
        ModelKernels.CopyRow(_gradients[0], row, target);
        for (int n = 1; n < _gradients.Length; n++)
        {
            ModelKernels.AddRow(_gradients[n], row, target);
        }

        if (_byFocus is null)
        {
            return;
        }

        ModelKernels.Clear(_byFocus, row, 1, 0, _byFocus.Blocks);
        for (int n = 0; n < _gradients.Length; n++)
        {
            ModelKernels.AddRow(_gradients[n], row, (float)(Foci[n] - MeanFocus), _byFocus);
        }
    }
}
