using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Results;

namespace FsRec.Focus;

/// <summary>The contrast of a wave inside the reference area, after the autofocus filter, at any distance.</summary>
internal sealed class ContrastSearch : IDisposable
{
    private readonly AutofocusCriterion _criterion;
    private readonly Microscope _lens;
    private readonly WaveBand _band;
    private readonly ComplexPlane _wave;
    private readonly AlignmentAreas _areas;
    private readonly WaveImages _images;
    private readonly PerWorker<RealPartWorkspace> _realParts;

    /// <summary>Prepares the search on a reconstruction's wave.</summary>
    public ContrastSearch(Reconstruction reconstruction, AutofocusCriterion criterion, int threads)
    {
        ReconstructionParameters parameters = reconstruction.Series.Parameters;
        Calibration calibration = reconstruction.Wave.Calibration;
        _criterion = criterion;
        _lens = Propagation.Lens(parameters.Microscope, criterion);
        _band = new WaveBand(FrequencyGrid.Of(calibration), parameters.Linear.Limit);
        _wave = WaveSpectrum.FromWave(reconstruction.Wave, _band);
        var transform = new RealTransform(calibration.Rows, calibration.Columns);
        _areas = new AlignmentAreas(transform, calibration, reconstruction.Series.ReferenceArea, parameters.Autofocus.Filter);
        _images = new WaveImages(_band, _areas, threads);
        _realParts = new(FrameLoop.Workers(threads), () => new RealPartWorkspace(_areas, transform, _band));
    }

    /// <summary>Standard deviation inside the area of the wave propagated by a distance in nm.</summary>
    public double Contrast(double focus, int worker)
    {
        float[] area = _criterion == AutofocusCriterion.Intensity
            ? _images.Area(_wave, new TransferFunction(_lens, focus), envelopes: false, worker)
            : RealPart(focus, _realParts[worker]);
        return AreaStatistics.MeanAndDeviation(area).Deviation;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _wave.Dispose();
        _images.Dispose();
        _realParts.Dispose();
    }

    private float[] RealPart(double focus, RealPartWorkspace workspace)
    {
        workspace.Propagated.CopyFrom(_wave);
        Propagation.Apply(workspace.Propagated, _band, new TransferFunction(_lens, focus));
        for (int ky = -_band.RowReach; ky <= _band.RowReach; ky++)
        {
            for (int kx = 0; kx <= _band.ColumnReach; kx++)
            {
                // The spectrum of Re ψ is (ψ(k) + ψ*(−k)) / 2.
                (float re, float im) = workspace.Propagated[ky + _band.RowReach, kx + _band.ColumnReach];
                (float mirroredRe, float mirroredIm) = workspace.Propagated[_band.RowReach - ky, _band.ColumnReach - kx];
                workspace.Spectrum[FrequencyGrid.Index(ky, _band.Grid.Rows), kx] = (0.5f * (re + mirroredRe), 0.5f * (im - mirroredIm));
            }
        }

        _areas.Measured(workspace.Spectrum, 0, 0, workspace.Pixels, workspace.Areas);
        return workspace.Pixels;
    }

    private sealed class RealPartWorkspace(AlignmentAreas areas, RealTransform transform, WaveBand band) : IDisposable
    {
        public ComplexPlane Propagated { get; } = band.CreateSpectrum();

        public ComplexPlane Spectrum { get; } = transform.CreateHalfPlane();

        public AreaWorkspace Areas { get; } = areas.CreateWorkspace();

        public float[] Pixels { get; } = new float[areas.Area.PixelCount];

        public void Dispose()
        {
            Propagated.Dispose();
            Spectrum.Dispose();
            Areas.Dispose();
        }
    }
}
