using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Series;

/// <summary>
/// The spectra of a series' frames, each stored once as a half-plane; displacements act on the way through. Of a series whose spectra are large a
/// restoration keeps the wave's band alone, as <see cref="Narrow"/> says; a frame's whole spectrum is then made anew from its pixels when it
/// is asked for.
/// </summary>
internal sealed class FrameSpectra
{
    /// <summary>Bytes of spectra from which on only a band of them is kept: more than those of 60 frames of 2048².</summary>
    public const long Large = 1L << 31;

    private readonly object _gate = new();
    private readonly FocalSeries _series;
    private readonly FrameSpectra? _all;
    private readonly IReadOnlyList<int> _frames;
    private readonly SharedPlane[] _kept = [];

    /// <summary>Transforms every frame of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told of each frame.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <param name="large">Bytes from which on only a band is kept once one is asked for.</param>
    public FrameSpectra(FocalSeries series, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken, long large = Large)
    {
        _series = series;
        _frames = [.. Enumerable.Range(0, series.Count)];
        Transform = new RealTransform(series.Calibration.Rows, series.Calibration.Columns);
        IsLarge = BytesOf(series.Calibration, series.Count) >= large;
        // Each for itself where they are to be given up one by one.
        IEnumerable<ComplexPlane> planes = IsLarge
            ? _frames.Select(_ => new ComplexPlane(Transform.Rows, Transform.HalfColumns))
            : ComplexPlane.Many(series.Count, Transform.Rows, Transform.HalfColumns);
        _kept = [.. planes.Select(static plane => new SharedPlane(plane))];
        int workers = FrameLoop.Workers(threads, series.Count);
        using var scratch = new PerWorker<RealTransformScratch>(workers, Transform.CreateScratch);
        using var frames = new PerWorker<AlignedBuffer>(workers, () => new AlignedBuffer(series.Calibration.PixelCount));
        string step = series.InMemory ? "Transforming frames" : "Reading frames";
        int done = 0;
        FrameLoop.Run(series.Count, threads, cancellationToken, (worker, n) =>
        {
            Transform.Forward(series.FrameOnce(n, () => frames[worker]), _kept[n].Plane, scratch[worker]);
            progress?.Report(new RunProgress(step, Interlocked.Increment(ref done), series.Count));
        });
    }

    /// <summary>Some of the spectra that are there.</summary>
    /// <param name="all">The spectra of all frames.</param>
    /// <param name="frames">Positions of those that are wanted.</param>
    public FrameSpectra(FrameSpectra all, IReadOnlyList<int> frames)
    {
        (_series, _all, _frames) = (all._series, all, frames);
        (Transform, IsLarge) = (all.Transform, all.IsLarge);
    }

    /// <summary>The transform of the frames' shape.</summary>
    public RealTransform Transform { get; }

    /// <summary>Number of frames.</summary>
    public int Count => _frames.Count;

    /// <summary>Whether there is so much of them that a band is kept in their stead once one is asked for.</summary>
    public bool IsLarge { get; }

    /// <summary>Bytes of the whole spectra of a series.</summary>
    /// <param name="frame">Shape of the frames.</param>
    /// <param name="count">Number of the frames.</param>
    public static double BytesOf(Calibration frame, int count) => (double)count * frame.Rows * ((frame.Columns / 2) + 1) * 2 * sizeof(float);

    /// <summary>The whole spectrum of a frame: the one that is kept, or else made anew.</summary>
    /// <param name="frame">Position of the frame.</param>
    public SpectrumLease Take(int frame)
    {
        if (_all is not null)
        {
            return _all.Take(_frames[frame]);
        }

        lock (_gate)
        {
            if (IsWhole(_kept[frame].Plane))
            {
                return _kept[frame].Use();
            }
        }

        AlignedBuffer? pixels = null;
        var plane = new ComplexPlane(Transform.Rows, Transform.HalfColumns);
        try
        {
            using RealTransformScratch scratch = Transform.CreateScratch();
            Transform.Forward(_series.FrameOnce(frame, () => pixels = new AlignedBuffer(_series.Calibration.PixelCount)), plane, scratch);
            return new SpectrumLease(new SharedPlane(plane));
        }
        catch
        {
            plane.Dispose();
            throw;
        }
        finally
        {
            pixels?.Dispose();
        }
    }

    /// <summary>The spectrum of a frame as far as it is kept: whole, or the band that the spectra were narrowed to, its rows in the order of a plane's own.</summary>
    /// <param name="frame">Position of the frame.</param>
    public SpectrumLease TakeKept(int frame)
    {
        if (_all is not null)
        {
            return _all.TakeKept(_frames[frame]);
        }

        lock (_gate)
        {
            return _kept[frame].Use();
        }
    }

    /// <summary>
    /// Where the spectra are large, gives up what lies outside of a band, and brings back what of the band was given up before. Who holds a
    /// spectrum meanwhile has it until he gives it back.
    /// </summary>
    /// <param name="band">The band.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public void Narrow(WaveBand band, int threads, CancellationToken cancellationToken)
    {
        if (_all is not null)
        {
            _all.Narrow(band, threads, cancellationToken);
            return;
        }

        if (!IsLarge)
        {
            return;
        }

        FrameLoop.Run(Count, threads, cancellationToken, n =>
        {
            using (SpectrumLease kept = TakeKept(n))
            {
                if (!IsWhole(kept.Plane) && (kept.Plane.Rows / 2) >= band.RowReach && kept.Plane.Columns > band.ColumnReach)
                {
                    return;
                }
            }

            using SpectrumLease whole = Take(n);
            var cut = new SharedPlane(Cut(whole.Plane, band));
            SharedPlane before;
            lock (_gate)
            {
                (before, _kept[n]) = (_kept[n], cut);
            }

            before.Release();
        });
    }

    private bool IsWhole(ComplexPlane plane) => plane.Rows == Transform.Rows && plane.Columns == Transform.HalfColumns;

    private static unsafe ComplexPlane Cut(ComplexPlane whole, WaveBand band)
    {
        var cut = new ComplexPlane(band.Rows, band.ColumnReach + 1);
        long bytes = (long)cut.Blocks * ComplexPlane.BlockFloats * sizeof(float);
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            Buffer.MemoryCopy(whole.Row(FrequencyGrid.Index(ky, whole.Rows)), cut.Row(FrequencyGrid.Index(ky, cut.Rows)), bytes, bytes);
        }

        return cut;
    }
}
