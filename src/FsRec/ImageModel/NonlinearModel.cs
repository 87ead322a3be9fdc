using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.ImageModel;

/// <summary>
/// The forward model of a focal series with its adjoint. Frame n of a wave with spectrum ψ is
/// m_n = b_n + s_n · B Σ_k w_k |F⁻¹[ψ(g) e_n(g) exp(−iχ(g; Z_n + δ_k)) exp(−2πi g·d_n)]|²: δ_k, w_k the nodes of the focus spread, e_n the
/// envelope of the convergence with its cross terms to the order that is asked for, B the blur of the intensity by image spread and detector, s_n the dose of the frame that fits best, b_n its background where one is fitted. Waves are
/// moved, not data. The misfit is D = ½ Σ w (m − y)² over the pixels of the frames as recorded, w = 1 / variance.
/// </summary>
/// <remarks>
/// Two beams under a normal distribution of tilts interfere with exp(−(πα)²|s − s'|²) = E E' exp(2(πα)² s·s'), s the aberrations'
/// slope Zg + C3λ²g³ + C5λ⁴g⁵ as a vector and E = exp(−(πα)²s²): the envelope on the wave takes the first two factors, and to first
/// order the third adds 2(πα)² (|F⁻¹[φ s_x]|² + |F⁻¹[φ s_y]|²), φ the image wave's spectrum at the middle of the focus spread; see
/// <see cref="CrossTerm"/> for the second. Both are made for the foci given at set-up and not differentiated by them.
/// An evaluation costs 2P + 2 complex transforms a frame for P planes: one a node, two for the cross terms, or five to second order. Sums
/// over frames run in their order.
/// </remarks>
internal sealed unsafe partial class NonlinearModel : IDisposable
{
    // Rows that stay in the cache between two steps.
    private const int RowBatch = 16;

    private readonly FocalSeries _series;
    private readonly int _threads;
    private readonly BlockedTransform _transform;
    private readonly ModelBlur _blur;
    private readonly IReadOnlyList<(double Defocus, float Weight)> _nodes;
    private readonly SeparableFactor?[] _nodeFactors;
    private AzimuthalAberrations _aberrations;
    private readonly int _firstRow;
    private readonly int _endRow;
    private readonly BlockedPlane _wave;
    private readonly BlockedPlane[] _transfers;
    private readonly BlockedPlane[] _gradients;
    private readonly float[][] _weights;
    private readonly IReadOnlyList<CrossTerm> _crossTerms;
    private readonly float[] _planeWeights;
    private readonly EnvelopeStep? _step;
    private readonly BlockedPlane _sum;
    private readonly BlockedPlane? _byFocus;
    private readonly ConvergenceSlopes? _slopes;
    private readonly BlockedPlane[] _slopeGradients;
    private readonly BlockedPlane? _bySlope;
    private readonly PerWorker<ModelWorkspace> _workspaces;

    /// <summary>Prepares the model.</summary>
    /// <param name="series">The frames and their foci.</param>
    /// <param name="grid">The grid of the wave.</param>
    /// <param name="noise">Variance of each frame's noise where its intensity is 1.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="crossTerms">Order to which the cross terms of the convergence are in the model, 0 to 2.</param>
    /// <param name="refineAberrations">Whether steps of the aberrations are taken; otherwise they are none.</param>
    /// <param name="nodes">Nodes of the focus spread; <see langword="null"/> for as many as Limit asks for.</param>
    public NonlinearModel(FocalSeries series, ModelGrid grid, IReadOnlyList<double> noise, int threads, int crossTerms = 1, bool refineAberrations = false, int? nodes = null)
    {
        RequireBounds(series, grid, noise);
        _series = series;
        _threads = threads;
        Grid = grid;
        Noise = noise;
        Microscope = SeriesOptics.Lens(series);
        WaveBand band = grid.Band;
        _transform = new BlockedTransform(grid.Plane.Rows, grid.Plane.Columns, band.Rows);
        _blur = ModelBlur.Create(Microscope, grid);
        (_firstRow, _endRow) = (_blur.FirstRow, _blur.EndRow);
        _nodes = nodes is { } count
            ? FocusNodes.Rule(Microscope, count)
            : FocusNodes.Rule(Microscope, Math.Min(band.Limit, series.Parameters.Linear.Limit));
        _nodeFactors = [.. _nodes.Select(node => node.Defocus == 0 ? null : NodeFactor(band, node.Defocus))];
        _aberrations = new AzimuthalAberrations(Microscope);
        _wave = new BlockedPlane(band.Rows, band.Columns);
        _sum = new BlockedPlane(band.Rows, band.Columns);
        _transfers = BlockedPlane.Many(series.Count, _aberrations.None && !refineAberrations ? band.RowReach + 1 : band.Rows, band.Columns);
        _gradients = BlockedPlane.Many(series.Count, band.Rows, band.Columns);
        _weights = [.. Enumerable.Range(0, series.Count).Select(n => Filled(series.Calibration.PixelCount, (float)(1 / noise[n])))];
        _crossTerms = CrossTerm.Of(Microscope.Semiconvergence, crossTerms);
        _planeWeights = [.. _nodes.Select(static node => node.Weight).Concat(_crossTerms.Select(static term => term.Weight))];
        _slopes = _crossTerms.Count > 0 ? new ConvergenceSlopes(band, Microscope) : null;
        _step = refineAberrations ? new EnvelopeStep(band) : null;
        _byFocus = refineAberrations ? new BlockedPlane(band.Rows, band.Columns) : null;
        _bySlope = refineAberrations && _slopes is not null ? new BlockedPlane(band.Rows, band.Columns) : null;
        _slopeGradients = _bySlope is null ? [] : BlockedPlane.Many(series.Count, band.Rows, band.Columns);

        Scales = Filled(series.Count, 1);
        Backgrounds = new float[series.Count];
        ChiSquares = new double[series.Count];
        (WeightScales, WeightBackgrounds) = (new float[series.Count], new float[series.Count]);
        Foci = [.. series.Foci];
        _workspaces = new(
            FrameLoop.Workers(threads, series.Count),
            () => new ModelWorkspace(grid, Microscope.Wavelength, PlaneCount, refineAberrations, _transform, _blur));
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
    public int PlaneCount => _nodes.Count + _crossTerms.Count;

    /// <summary>Scale of each frame at the last evaluation.</summary>
    public float[] Scales { get; }

    /// <summary>Whether frames have a background: electrons that carry no image, as a share of the frame's mean.</summary>
    public bool FitsBackground { get; set; }

    /// <summary>Background of each frame at the last evaluation, 0 where none is fitted.</summary>
    public float[] Backgrounds { get; }

    /// <summary>What the misfit is divided by; the frames' sums of squares are not.</summary>
    public double MisfitScale { get; set; } = 1;

    /// <summary>Weighted sum of squares, Σ w (m − y)², of each frame at the last evaluation.</summary>
    public double[] ChiSquares { get; }

    /// <summary>Scale of each frame that its weights were made with.</summary>
    public float[] WeightScales { get; }

    /// <summary>Background of each frame that its weights were made with.</summary>
    public float[] WeightBackgrounds { get; }

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
    public void SetMicroscope(Microscope microscope, IReadOnlyList<double> foci)
    {
        Microscope = microscope with
        {
            FocusSpread = Microscope.FocusSpread,
            ImageSpread = Microscope.ImageSpread,
            Semiconvergence = Microscope.Semiconvergence,
            Detector = Microscope.Detector,
        };
        _aberrations = new AzimuthalAberrations(Microscope);
        _slopes?.Set(Microscope, AberrationStep.None);
        SetFoci(foci);
    }

    /// <summary>Sets a step of the aberrations that the next evaluations are made with.</summary>
    public void SetStep(AberrationStep step)
    {
        _step!.Set(step, Microscope);
        _slopes?.Set(Microscope, step);
    }

    /// <summary>The misfit's derivatives by the step of the aberrations, at the last evaluation.</summary>
    public double[] StepGradient(ComplexPlane wave) => _step!.Gradient(wave, _byFocus!, _bySlope, Microscope);

    /// <summary>The derivatives of ½ ln det M by the aberrations' components, per nm.</summary>
    public double[] StepEvidence(SeriesStatistics statistics, double scattered) => _step!.Evidence(Grid, statistics, scattered);

    /// <summary>Evaluates the misfit and its gradient.</summary>
    /// <param name="wave">Spectrum of the wave on the band.</param>
    /// <param name="states">Displacement and step of focus of each frame.</param>
    /// <param name="gradient">Filled with the gradient.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>D.</returns>
    public double Evaluate(ComplexPlane wave, IReadOnlyList<FrameState> states, ModelGradient gradient, CancellationToken cancellationToken)
    {
        ForEach(wave, states, cancellationToken, (w, n) =>
        {
            float* frame = Frame(w);
            ChiSquares[n] = Residual(n, w, frame, Grid.Plane.Columns);
            gradient.Frames[n] = Backward(n, w);
        });
        FrameLoop.Run(_wave.Blocks, _threads, cancellationToken, block => SumBlock(block, gradient.Wave));
        return 0.5 * ChiSquares.Sum() / MisfitScale;
    }

    /// <summary>Forms the images of a wave, vacuum 1, without a look at the frames: image n goes to a callback that may not keep it.</summary>
    public void Form(ComplexPlane wave, IReadOnlyList<FrameState> states, SimulatedImage callback, CancellationToken cancellationToken) =>
        ForEach(wave, states, cancellationToken, (w, n) => callback(n, Keep(w)));

    /// <summary>Simulates the frames: image n, scaled and on its background, goes to a callback that may not keep it.</summary>
    public void Simulate(ComplexPlane wave, IReadOnlyList<FrameState> states, SimulatedImage callback, CancellationToken cancellationToken) =>
        ForEach(wave, states, cancellationToken, (w, n) =>
        {
            Keep(w);
            ChiSquares[n] = ModelResidual(n, w);
            for (int i = 0; i < w.Model.Length; i++)
            {
                w.Model[i] = Backgrounds[n] + (w.Model[i] * Scales[n]);
            }

            callback(n, w.Model);
        });

    /// <summary>
    /// Sets the weights to 1 / variance, the variance that of Poisson noise in the frames a wave makes; where the model is dark it is no
    /// less than a tenth of the vacuum's. Scales and sums of squares are those under the new weights.
    /// </summary>
    public void WeightBy(ComplexPlane wave, IReadOnlyList<FrameState> states, CancellationToken cancellationToken) =>
        ForEach(wave, states, cancellationToken, (w, n) =>
        {
            Keep(w);
            ModelResidual(n, w);
            (WeightScales[n], WeightBackgrounds[n]) = (Scales[n], Backgrounds[n]);
            SetWeights(n, w);
        });

    /// <summary>Sets the weights as <see cref="WeightBy"/> did, from the scales and backgrounds that it found under the weights before.</summary>
    /// <param name="wave">Spectrum of the wave on the band.</param>
    /// <param name="states">Displacement and step of focus of each frame.</param>
    /// <param name="scales">See <see cref="WeightScales"/>.</param>
    /// <param name="backgrounds">See <see cref="WeightBackgrounds"/>.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public void WeightAgain(ComplexPlane wave, IReadOnlyList<FrameState> states, float[] scales, float[] backgrounds, CancellationToken cancellationToken) =>
        ForEach(wave, states, cancellationToken, (w, n) =>
        {
            Keep(w);
            (WeightScales[n], WeightBackgrounds[n]) = (scales[n], backgrounds[n]);
            SetWeights(n, w);
        });

    /// <inheritdoc />
    public void Dispose()
    {
        _workspaces.Dispose();
        _slopes?.Dispose();
        _step?.Dispose();
        _byFocus?.Dispose();
        _bySlope?.Dispose();
        _blur.Dispose();
        foreach (SeparableFactor? factor in _nodeFactors)
        {
            factor?.Dispose();
        }

        foreach (BlockedPlane plane in _transfers.Concat(_gradients).Concat(_slopeGradients).Concat([_wave, _sum]))
        {
            plane.Dispose();
        }
    }

    private void SetWeights(int n, ModelWorkspace w)
    {
        for (int i = 0; i < w.Model.Length; i++)
        {
            _weights[n][i] = (float)(1 / (Noise[n] * Math.Max(WeightBackgrounds[n] + (w.Model[i] * WeightScales[n]), 0.1f)));
        }

        ChiSquares[n] = ModelResidual(n, w);
    }

    /// <summary>The door of the loops over pointers: behind it sizes fit one another.</summary>
    private static void RequireBounds(FocalSeries series, ModelGrid grid, IReadOnlyList<double> noise)
    {
        if (grid.Frame.Rows != series.Calibration.Rows || grid.Frame.Columns != series.Calibration.Columns || noise.Count != series.Count
            || grid.Top < 0 || grid.Left < 0 || grid.Top + grid.Frame.Rows > grid.Plane.Rows || grid.Left + grid.Frame.Columns > grid.Plane.Columns
            || grid.Band.RowReach < 1 || grid.Band.ColumnReach < 1 || grid.Band.Rows > grid.Plane.Rows || grid.Band.Columns > grid.Plane.Columns)
        {
            throw new ArgumentException($"A model of {series.Count} frames, {series.Calibration}, does not fit a grid of {grid.Plane} with a band of {grid.Band.Rows}×{grid.Band.Columns} and {noise.Count} values of noise.");
        }

        if (noise.Any(static v => !(v > 0 && double.IsFinite(v))))
        {
            throw new FsRecException("The noise of a frame is not known; the frames are no images of counts.");
        }
    }

    private SeparableFactor NodeFactor(WaveBand band, double defocus)
    {
        var factor = new SeparableFactor(band, Microscope.Wavelength);
        factor.Set(new FrameState(0, 0, defocus));
        return factor;
    }

    private static float[] Filled(int count, float value) => [.. Enumerable.Repeat(value, count)];

    private double MeanFocus => Foci.Average();

    /// <summary>Forms the image of every frame in a worker's workspace, and lets somebody work on with it there.</summary>
    private void ForEach(ComplexPlane wave, IReadOnlyList<FrameState> states, CancellationToken cancellationToken, Action<ModelWorkspace, int> action)
    {
        _wave.CopyFrom(wave);
        FrameLoop.Run(states.Count, _threads, cancellationToken, (worker, n) =>
        {
            ModelWorkspace w = _workspaces[worker];
            w.Factor.Set(states[n]);
            SetTransfer(n, w);
            Forward(n, w);
            action(w, n);
        });
    }

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

    private void SumBlock(int block, ComplexPlane target)
    {
        ModelKernels.Sum(_gradients, default, block, _sum);
        ModelKernels.CopyBlock(_sum, block, target);
        if (_bySlope is not null)
        {
            ModelKernels.Sum(_slopeGradients, default, block, _bySlope);
        }

        if (_byFocus is not null)
        {
            double mean = MeanFocus;
            ModelKernels.Sum(_gradients, [.. Foci.Select(f => (float)(f - mean))], block, _byFocus);
        }
    }
}
