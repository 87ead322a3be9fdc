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
        RealTransform transform = spectra.Transform;
        var pixels = new float[transform.Rows * transform.Columns];
        using var ramp = new PhaseRamp(transform.Rows, transform.Columns);
        using ComplexPlane plane = transform.CreateHalfPlane();
        using RealTransformScratch scratch = transform.CreateScratch();
        using var all = RealTable.One(transform.HalfColumns);
        ramp.Set(displacement.Dx, displacement.Dy);
        using (SpectrumLease spectrum = spectra.Take(index))
        {
            SpectrumKernels.MultiplyRamped(spectrum.Plane, ramp, all, plane);
        }

        transform.InverseColumns(plane, scratch);
        transform.InverseRows(plane, 0, transform.Rows, 0, transform.Columns, pixels, scratch);
        return pixels;
    }

    /// <summary>A frame on the common frame, mean 1, and the image that the wave predicts for it.</summary>
    /// <param name="index">Position in the series.</param>
    public (float[] Measured, float[] Predicted) Get(int index)
    {
        FocalSeries series = _reconstruction.Series;
        float[] measured = Aligned(_spectra, index, _reconstruction.Displacements[index]);
        var predicted = new float[series.Calibration.PixelCount];
        var optics = new TransferFunction(SeriesOptics.Lens(series), series.Foci[index]);
        using ComplexPlane transfer = FrameOptics.ImageTransfer(_band, optics, SeriesOptics.HasEnvelopes(series));
        using ImageWorkspace workspace = _simulator.CreateWorkspace();
        _simulator.Intensity(_wave, transfer, new ImageRegion(0, 0, series.Calibration.Rows, series.Calibration.Columns), predicted, workspace);
        return (measured, predicted);
    }

    /// <inheritdoc />
    public void Dispose() => _wave.Dispose();
}
