using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Restoration;

/// <summary>
/// The part of the frames that the linear theory leaves out: of ψ = c + u frame n shows c² + 2c Re u_n + |u_n|², u_n the scattered wave in the
/// image. |u_n|² of an estimate of the wave is taken off the frames, which the linear theory is then true of.
/// </summary>
internal sealed class SquaresOfFrames : IDisposable
{
    private readonly AlignedSeries _aligned;
    private readonly WaveBand _band;
    private readonly NonlinearModel _model;
    private readonly FrameState[] _states;
    private readonly CancellationToken _cancellationToken;
    private double _first = double.NaN;

    /// <summary>Prepares the image model.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="statistics">Band, noise and prior powers of the series.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public SquaresOfFrames(AlignedSeries aligned, SeriesStatistics statistics, int threads, CancellationToken cancellationToken)
    {
        FocalSeries series = aligned.Series;
        (_aligned, _band, _cancellationToken) = (aligned, statistics.Band, cancellationToken);
        int margin = ModelGrid.Margin(series, statistics.Prior, _band.Limit, DisplacementAlgebra.Largest(aligned.Displacements));
        (int nodes, _) = FocusNodes.Choose(statistics);
        _model = new NonlinearModel(series, new ModelGrid(series.Calibration, margin, _band.Limit), statistics.Noise, threads, nodes: nodes);
        _states = [.. aligned.Displacements.Select(static d => new FrameState(d.Dx, d.Dy, 0))];
    }

    /// <summary>The frames less the squares of a wave, each of mean 1; the frames as they are where the squares are out of all proportion.</summary>
    /// <param name="wave">The wave's spectrum as a round lens shows it, ψ(0) = c times the pixels.</param>
    public AlignedSeries TakeOff(ComplexPlane wave)
    {
        FocalSeries series = _aligned.Series;
        WaveBand band = _model.Grid.Band;
        double vacuum = Vacuum(wave);
        using ComplexPlane spectrum = OnGrid(wave);
        _model.WeightBy(spectrum, _states, _cancellationToken);
        _first = _model.ChiSquares.Sum();
        spectrum[band.RowReach, band.ColumnReach] = (0, 0);
        var frames = new float[series.Count][];
        _model.Form(spectrum, _states, (n, squares) => frames[n] = Less(series.Frame(n), squares, (float)(vacuum * vacuum)), _cancellationToken);

        // Squares so large that a frame's own mean is lost in their rounding are none of a specimen.
        if (Array.Exists(frames, static frame => !(AreaStatistics.Mean(frame) > 0.5)))
        {
            return _aligned;
        }

        return new AlignedSeries(series.WithImages(frames), _aligned.Displacements);
    }

    /// <summary>
    /// Whether a wave explains the frames, squares and all, better than the wave whose squares were taken off did. Of a strong object the
    /// linear theory makes far too much, and its squares are no better than none.
    /// </summary>
    /// <param name="wave">The wave's spectrum, as above.</param>
    public bool Explains(ComplexPlane wave)
    {
        using ComplexPlane spectrum = OnGrid(wave);
        _model.Simulate(spectrum, _states, static (_, _) => { }, _cancellationToken);
        return _model.ChiSquares.Sum() < _first;
    }

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();

    /// <summary>c of a wave.</summary>
    private double Vacuum(ComplexPlane wave) => wave[_band.RowReach, _band.ColumnReach].Re / ((double)_band.Grid.Rows * _band.Grid.Columns);

    /// <summary>The wave on the model's grid, of vacuum 1.</summary>
    private ComplexPlane OnGrid(ComplexPlane wave) =>
        WaveSpectrum.FromWave(_model.Grid.Extend(WaveSpectrum.ToWave(wave, _band, _aligned.Series.Calibration)), _model.Grid.Band);

    private static float[] Less(ReadOnlySpan<float> frame, ReadOnlySpan<float> squares, float factor)
    {
        double mean = 0;
        foreach (float square in squares)
        {
            mean += square;
        }

        mean /= squares.Length;
        var result = new float[frame.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = frame[i] - (factor * (squares[i] - (float)mean));
        }

        return result;
    }
}
