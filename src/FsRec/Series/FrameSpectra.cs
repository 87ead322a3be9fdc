using FsRec.Fourier;

namespace FsRec.Series;

/// <summary>The spectra of a series' frames, each stored once as a half-plane; displacements act on the way through.</summary>
internal sealed class FrameSpectra
{
    private readonly ComplexPlane[] _spectra;

    /// <summary>Transforms every frame of a series.</summary>
    public FrameSpectra(FocalSeries series, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        Transform = new RealTransform(series.Calibration.Rows, series.Calibration.Columns);
        _spectra = ComplexPlane.Many(series.Count, Transform.Rows, Transform.HalfColumns);
        using var scratch = new PerWorker<RealTransformScratch>(FrameLoop.Workers(threads, series.Count), Transform.CreateScratch);
        int done = 0;
        FrameLoop.Run(series.Count, threads, cancellationToken, (worker, n) =>
        {
            Transform.Forward(series.Frame(n), _spectra[n], scratch[worker]);
            progress?.Report(new RunProgress("Transforming frames", Interlocked.Increment(ref done), series.Count));
        });
    }

    /// <summary>The transform of the frames' shape.</summary>
    public RealTransform Transform { get; }

    /// <summary>The spectrum of a frame; not to be changed.</summary>
    public ComplexPlane this[int frame] => _spectra[frame];
}
