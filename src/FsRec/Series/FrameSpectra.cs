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
        int workers = FrameLoop.Workers(threads, series.Count);
        using var scratch = new PerWorker<RealTransformScratch>(workers, Transform.CreateScratch);
        using var frames = new PerWorker<AlignedBuffer>(workers, () => new AlignedBuffer(series.Calibration.PixelCount));
        string step = series.InMemory ? "Transforming frames" : "Reading frames";
        int done = 0;
        FrameLoop.Run(series.Count, threads, cancellationToken, (worker, n) =>
        {
            Transform.Forward(series.FrameOnce(n, () => frames[worker]), _spectra[n], scratch[worker]);
            progress?.Report(new RunProgress(step, Interlocked.Increment(ref done), series.Count));
        });
    }

    /// <summary>Some of the spectra that are there.</summary>
    /// <param name="all">The spectra of all frames.</param>
    /// <param name="frames">Positions of those that are wanted.</param>
    public FrameSpectra(FrameSpectra all, IReadOnlyList<int> frames)
    {
        Transform = all.Transform;
        _spectra = [.. frames.Select(n => all[n])];
    }

    /// <summary>The transform of the frames' shape.</summary>
    public RealTransform Transform { get; }

    /// <summary>The spectrum of a frame; not to be changed.</summary>
    public ComplexPlane this[int frame] => _spectra[frame];
}
