using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;

namespace FsRec.Benchmarks;

/// <summary>
/// What an iteration of the linear loop does with a frame, step by step: frames of 512² with a reference area of 128², as in the example
/// series.
/// </summary>
public sealed class FrameIteration : IDisposable
{
    /// <summary>Rows and columns of the frame.</summary>
    public const int Size = 512;

    private static readonly Calibration Calibration = new(Size, Size, 0.04198, 0.04198);
    private static readonly ReferenceArea Area = new(192, 192, 128, 128);
    private static readonly FrequencyBand Filter = new(1, 4);

    private readonly float[] _frame;
    private readonly float[] _simulated = new float[Area.PixelCount];
    private readonly float[] _measured = new float[Area.PixelCount];
    private readonly float[] _regionPixels;
    private readonly ImageRegion _imageRegion;
    private readonly RealTransform _transform = new(Size, Size);
    private readonly WaveBand _band = new(FrequencyGrid.Of(Calibration), 5.5);
    private readonly TransferRows _transferRows;
    private readonly AlignmentAreas _areas;
    private readonly ImageSimulator _simulator;
    private readonly AreaCorrelator _correlator = new(Area.Rows, Area.Columns);
    private readonly AreaWorkspace _areaWorkspace;
    private readonly ImageWorkspace _imageWorkspace;
    private readonly CorrelationWorkspace _correlation;
    private readonly RealTransformScratch _scratch;
    private readonly ComplexPlane _spectrum;
    private readonly SharedPlane _shared;
    private readonly ComplexPlane _wave;
    private readonly ComplexPlane _transfer;
    private readonly FrameRegion _kept;
    private double _moved;
    private double _residual;

    /// <summary>Makes a frame of noise and a wave of one beam.</summary>
    public FrameIteration()
    {
        var random = new Random(1);
        _frame = [.. Enumerable.Range(0, Size * Size).Select(_ => 1 + (0.1f * (float)random.NextDouble()))];
        _imageRegion = ImageRegion.Around(Area, Calibration, new SoftBandPass(Filter).ReachInImage);
        _regionPixels = new float[_imageRegion.Rows * _imageRegion.Columns];
        _areas = new AlignmentAreas(_transform, Calibration, Area, Filter);
        _simulator = new ImageSimulator(_band);
        _areaWorkspace = _areas.CreateWorkspace();
        _imageWorkspace = _simulator.CreateWorkspace();
        _correlation = _correlator.CreateWorkspace(3);
        _scratch = _transform.CreateScratch();
        _spectrum = _transform.CreateHalfPlane();
        _shared = new SharedPlane(_spectrum);
        _wave = _band.CreateSpectrum();
        _wave[_band.RowReach, _band.ColumnReach] = (Size * Size, 0);
        _wave[_band.RowReach + 20, _band.ColumnReach + 7] = (5000, 700);
        _transferRows = new TransferRows(_band, [new TransferFunction(new Microscope { Voltage = 300, C3 = 2.7e6, FocusSpread = 6 }, -200)]);
        _transfer = FrameOptics.CreateImageTransfer(_band);
        _kept = _areas.CreateRegion()!;
        Transform();
        FillTransfer();
        CutWhole();
    }

    /// <summary>The frame's spectrum; once a series.</summary>
    public void Transform() => _transform.Forward(_frame, _spectrum, _scratch);

    /// <summary>The frame's transfer function; once a series.</summary>
    public void FillTransfer()
    {
        for (int ky = 0; ky <= _band.RowReach; ky++)
        {
            _transferRows.Fill(ky);
            FrameOptics.FillImageTransfer(_transfer, _band, _transferRows, 0, envelopes: true);
        }
    }

    /// <summary>The simulated image round the reference area.</summary>
    public void SimulateRegion() => _simulator.Intensity(_wave, _transfer, _imageRegion, _regionPixels, _imageWorkspace);

    /// <summary>The same, filtered and cut to the area.</summary>
    public void Simulate() => _areas.Simulated(_simulator, _wave, _transfer, _simulated, _areaWorkspace, _imageWorkspace);

    /// <summary>The area of the measured frame, from the whole frame.</summary>
    public void CutWhole() => _areas.Measured(_spectrum, 1.3, -0.7, _measured, _areaWorkspace);

    /// <summary>The same from what is kept of its surroundings.</summary>
    public void Cut()
    {
        // To and fro, as the alignment moves it.
        _moved = _moved == 0 ? 0.1 : 0;
        _areas.Measured(new SharedPlane(_spectrum).Use, _kept, 1.3 + _moved, -0.7 - _moved, _measured, _areaWorkspace);
    }

    /// <summary>How far the two areas differ.</summary>
    public void Residual() => _residual = AreaStatistics.MeanSquaredDifference(_simulated, _measured);

    /// <summary>Brings both to mean 0 and deviation 1.</summary>
    public void Normalise()
    {
        AreaStatistics.Normalise(_simulated);
        AreaStatistics.Normalise(_measured);
    }

    /// <summary>The spectrum of their correlation.</summary>
    public void Correlate() => _correlator.Correlate(_measured, _simulated, _correlation);

    /// <summary>Its peak.</summary>
    public void Peak() => _correlator.PeakNearCentre(0.1, _correlation);

    /// <summary>All that an iteration does.</summary>
    public void Run()
    {
        Simulate();
        Cut();
        Residual();
        Normalise();
        Correlate();
        Peak();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _areaWorkspace.Dispose();
        _imageWorkspace.Dispose();
        _correlation.Dispose();
        _scratch.Dispose();
        _spectrum.Dispose();
        _wave.Dispose();
        _transfer.Dispose();
        _kept.Dispose();
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"residual {_residual:g3}");
}
