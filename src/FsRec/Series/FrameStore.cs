using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using FsRec.Fourier;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>
/// The frames of a series in one piece of memory, and their spectra once they were asked for. Frames that lie in files come into memory
/// only when somebody needs their pixels for more than one look: a linear reconstruction works on the spectra alone.
/// </summary>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "Series along a pipeline share the frames; the finalizer of the buffer frees them with the last.")]
internal sealed class FrameStore
{
    private readonly int _count;
    private readonly int _pixels;
    private readonly FrameFiles? _files;
    private readonly ImageParameters? _image;
    private readonly double[] _means;
    private readonly FrameDefects[] _defects;
    private readonly UInt128?[] _hashes;
    private readonly object _gate = new();
    private volatile AlignedBuffer? _kept;
    private FrameSpectra? _spectra;
    private FrameStore? _withoutDefects;

    private FrameStore(int count, int pixels, FrameFiles? files, ImageParameters? image, NoiseWhitening? whitening, bool[]? clipped)
    {
        (_count, _pixels, _files, _image, Whitening, Clipped) = (count, pixels, files, image, whitening, clipped);
        _means = new double[count];
        _defects = new FrameDefects[count];
        _hashes = new UInt128?[count];
    }

    /// <summary>Leaves the frames in their files.</summary>
    public FrameStore(FrameFiles files)
        : this(files.Count, files.Pixels, files, null, files.Whitening, files.Whitening is null ? null : files.Clipped)
    {
    }

    /// <summary>Takes memory for frames, which <see cref="Put"/> fills.</summary>
    /// <param name="count">Number of frames.</param>
    /// <param name="image">Their shape, and whether outliers are repaired.</param>
    /// <param name="whitening">What frees them of the colour of their noise; <see langword="null"/> where it is white, or has been made so.</param>
    /// <param name="clipped">Which are known to be clipped; <see langword="null"/> where their pixels tell.</param>
    public FrameStore(int count, ImageParameters image, NoiseWhitening? whitening = null, bool[]? clipped = null)
        : this(count, image.Calibration.PixelCount, null, image, whitening, whitening is null ? clipped : clipped ?? new bool[count]) => _kept = Take();

    /// <summary>What frees frames of the colour of their noise; <see langword="null"/> where it is white.</summary>
    public NoiseWhitening? Whitening { get; }

    /// <summary>Of frames whose noise was made white, which were clipped; <see langword="null"/> where their pixels tell.</summary>
    public bool[]? Clipped { get; }

    /// <summary>Which frames were clipped as they were read, as far as they were; <see langword="null"/> of frames that were put in.</summary>
    public bool[]? ReadClipped => _files?.Clipped;

    /// <summary>What has been found out about the frames.</summary>
    public Findings Findings { get; } = new();

    /// <summary>Whether the pixels are in memory.</summary>
    public bool Keeps => _kept is not null;

    /// <summary>By what the frames are known again: of each its mean as it was recorded, and a hash of its pixels.</summary>
    public IReadOnlyList<(double Mean, UInt128 Pixels)> Marks
    {
        get
        {
            var marks = new (double, UInt128)[_count];
            for (int n = 0; n < _count; n++)
            {
                // A frame that nobody has looked at yet has none, nor has an image that was computed.
                UInt128 pixels = _hashes[n] ??= Hash(this[n]);
                marks[n] = (_means[n], pixels);
            }

            return marks;
        }
    }

    /// <summary>Defective pixels of each frame that was read so far: repaired, or left where they are not to be.</summary>
    public IReadOnlyList<FrameDefects> Defects => _defects;

    /// <summary>The files that the frames come from; empty of frames that were put in.</summary>
    public IReadOnlyList<string> SourceFiles => _files?.Paths ?? [];

    /// <summary>Whether they have no header.</summary>
    public bool IsWithoutHeader => _files is { HasHeader: false };

    /// <summary>Their hashes; <see langword="null"/> of frames that were put in.</summary>
    public SourceHashes? SourceHashes => _files?.Hashes;

    /// <summary>Those of them that were written again after they were read.</summary>
    public IReadOnlyList<string> ChangedFiles => _files?.Changed ?? [];

    /// <summary>The pixels of a frame, row-major.</summary>
    public Span<float> this[int index] => Pixels(_kept ?? Keep(0, null, CancellationToken.None), index);

    /// <summary>Copies and prepares a frame.</summary>
    /// <param name="index">The frame.</param>
    /// <param name="pixels">Its pixels.</param>
    /// <param name="name">What an error calls it.</param>
    /// <exception cref="DataException">It is not finite, or its mean not positive.</exception>
    public void Put(int index, ReadOnlySpan<float> pixels, string name)
    {
        Span<float> frame = this[index];
        pixels.CopyTo(frame);
        (_means[index], _defects[index]) = FramePreparation.Prepare(frame, _image!, name);
        if (Whitening is not null)
        {
            Clipped![index] = Clipping.IsClipped(frame);
            Whitening.Apply(frame);
        }

        _hashes[index] = Hash(frame);
    }

    /// <summary>Copies an image that was computed, and divides it by its mean. What only a camera does to a frame is not looked for in it.</summary>
    /// <param name="index">The frame.</param>
    /// <param name="image">Its pixels.</param>
    /// <exception cref="FsRecException">Its mean is not positive.</exception>
    public void PutComputed(int index, ReadOnlySpan<float> image)
    {
        double mean = AreaStatistics.Mean(image);
        if (!(mean > 0) || !double.IsFinite(mean))
        {
            throw new FsRecException(FormattableString.Invariant($"The computed image {index} has the mean {mean:g4}; an image's mean is larger than 0."));
        }

        Span<float> frame = this[index];
        image.CopyTo(frame);
        AreaStatistics.Scale(frame, (float)(1 / mean));
        _means[index] = mean;
    }

    /// <summary>The pixels of a frame for one look.</summary>
    /// <param name="index">The frame.</param>
    /// <param name="memory">Gives the memory they are read into where they are not kept.</param>
    public ReadOnlySpan<float> Once(int index, Func<AlignedBuffer> memory)
    {
        if (_kept is not null)
        {
            return this[index];
        }

        Span<float> pixels = memory().Span[.._pixels];
        _files!.Read(index, pixels, _means, _hashes, _defects);
        return pixels;
    }

    /// <summary>The pixels of a frame as it was recorded: from its file again, or else as they were given.</summary>
    public void Recorded(int index, Span<float> target)
    {
        if (_files is not null)
        {
            _files.ReadRecorded(index, target);
            return;
        }

        AsRecorded(index, target);
        AreaStatistics.Scale(target, (float)_means[index]);
    }

    /// <summary>The same frames, freed of another colour of their noise.</summary>
    /// <param name="whitening">What frees them; <see langword="null"/> to leave their noise as it was recorded.</param>
    public FrameStore Whitened(NoiseWhitening? whitening)
    {
        if (_files is not null)
        {
            return new FrameStore(_files.Whitened(whitening));
        }

        bool[]? clipped = whitening is null ? null : Clipped is null ? [.. Enumerable.Range(0, _count).Select(n => Clipping.IsClipped(this[n]))] : [.. Clipped];
        var store = new FrameStore(_count, _pixels, null, _image, whitening, clipped) { _kept = Take() };
        for (int n = 0; n < _count; n++)
        {
            Span<float> frame = store[n];
            AsRecorded(n, frame);
            whitening?.Apply(frame);
            (store._means[n], store._defects[n], store._hashes[n]) = (_means[n], _defects[n], _hashes[n] is null ? null : Hash(frame));
        }

        return store;
    }

    /// <summary>
    /// The same frames, defective pixels replaced that the parameters leave; these where there are none in those that were read, or in few: what stays on the
    /// camera shows in most frames, and the hits of cosmic rays draw no frame to another.
    /// </summary>
    public FrameStore WithoutDefects()
    {
        if (2 * _defects.Count(static d => d.Count > 0) <= _count || (_image ?? _files?.Image) is not { FixHotPixels: false })
        {
            return this;
        }

        lock (_gate)
        {
            return _withoutDefects ??= _kept is null ? new FrameStore(_files!.WithoutDefects()) : Replaced();
        }
    }

    /// <summary>A frame with the noise that it had, divided by its mean.</summary>
    public void AsRecorded(int index, Span<float> target)
    {
        this[index].CopyTo(target);
        Whitening?.Undo(target);
    }

    /// <summary>Reads the frames into memory, if they are not there.</summary>
    public AlignedBuffer Keep(int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_kept is null)
            {
                AlignedBuffer buffer = Take();
                int done = 0;
                FrameLoop.Run(_count, threads, cancellationToken, n =>
                {
                    _files!.Read(n, Pixels(buffer, n), _means, _hashes, _defects);
                    progress?.Report(new RunProgress("Reading frames", Interlocked.Increment(ref done), _count));
                });
                _kept = buffer;
            }

            return _kept;
        }
    }

    /// <summary>A hash of pixels, of all their bits.</summary>
    internal static UInt128 Hash(ReadOnlySpan<float> pixels) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(pixels));

    /// <summary>The spectra of the frames; the first caller computes them.</summary>
    public FrameSpectra Spectra(Func<FrameSpectra> compute)
    {
        lock (_gate)
        {
            if (_spectra is null)
            {
                _spectra = compute();
                _files?.Hashes.WereRead();
            }

            return _spectra;
        }
    }

    private FrameStore Replaced()
    {
        ImageParameters image = _image ?? _files!.Image;
        var store = new FrameStore(_count, _pixels, null, image, Whitening, Clipped) { _kept = Take() };
        for (int n = 0; n < _count; n++)
        {
            Span<float> frame = store[n];
            AsRecorded(n, frame);
            store._means[n] = _means[n] * FramePreparation.PrepareAgain(frame, image, "", withoutDefects: true);
            Whitening?.Apply(frame);
        }

        return store;
    }

    private AlignedBuffer Take() => new((long)_count * _pixels);

    private unsafe Span<float> Pixels(AlignedBuffer buffer, int index) => new(buffer.Pointer + ((long)index * _pixels), _pixels);
}
