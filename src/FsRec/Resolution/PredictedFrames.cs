using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Resolution;

/// <summary>Frames moved to the common frame, and the images that the wave of a reconstruction predicts for them there.</summary>
internal sealed class PredictedFrames : IDisposable
{
    private readonly Reconstruction _reconstruction;
    private readonly FrameSpectra _spectra;
    private readonly WaveBand _band;
    private readonly ImageSimulator _simulator;
    private readonly ComplexPlane _wave;

    /// <summary>Prepares the images of a reconstruction.</summary>
    public PredictedFrames(Reconstruction reconstruction, int threads, CancellationToken cancellationToken)
    {
        _reconstruction = reconstruction;
        FocalSeries series = reconstruction.Series;
        _spectra = series.Spectra(threads, null, cancellationToken);
        _band = new WaveBand(FrequencyGrid.Of(series.Calibration), series.Parameters.Linear.Limit);
        _simulator = new ImageSimulator(_band);
        _wave = WaveSpectrum.FromWave(reconstruction.Wave, _band);
        new AzimuthalAberrations(series.Microscope).Apply(_wave, _band);
    }

    /// <summary>A frame moved by the opposite of its displacement.</summary>
    /// <param name="spectra">Spectra of the frames.</param>
    /// <param name="index">Position of the frame.</param>
    /// <param name="displacement">Where its content lies.</param>
    public static float[] Aligned(FrameSpectra spectra, int index, FrameDisplacement displacement)
    {
        var pixels = new float[spectra.Transform.Rows * spectra.Transform.Columns];
        using var moved = new MovedFrames(spectra.Transform);
        moved.Move(spectra, index, displacement, pixels);
        return pixels;
    }

    /// <summary>Takes the memory that one thread needs.</summary>
    public PredictedFrame CreateMemory() => new(_spectra.Transform, _simulator);

    /// <summary>A frame on the common frame, mean 1, and the image that the wave predicts for it.</summary>
    /// <param name="index">Position in the series.</param>
    public (float[] Measured, float[] Predicted) Get(int index)
    {
        using PredictedFrame frame = CreateMemory();
        Get(index, frame);
        return (frame.Measured, frame.Predicted);
    }

    /// <summary>The same in memory that is there.</summary>
    /// <param name="index">Position in the series.</param>
    /// <param name="frame">Takes both.</param>
    public void Get(int index, PredictedFrame frame)
    {
        FocalSeries series = _reconstruction.Series;
        frame.Moved.Move(_spectra, index, _reconstruction.Displacements[index], frame.Measured);
        FrameOptics.FillImageTransfer(frame.Transfer, _band, new TransferFunction(SeriesOptics.Lens(series), series.Foci[index]), SeriesOptics.HasEnvelopes(series));
        _simulator.Intensity(_wave, frame.Transfer, new ImageRegion(0, 0, series.Calibration.Rows, series.Calibration.Columns), frame.Predicted, frame.Workspace);
    }

    /// <inheritdoc />
    public void Dispose() => _wave.Dispose();
}
