using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>
/// Images of one specimen at stepped defocus, each divided by its own mean so that the vacuum level is 1, with the
/// parameters under which they are reconstructed. Immutable; steps along a pipeline share the frames.
/// </summary>
public sealed class FocalSeries
{
    private readonly FrameStore _frames;

    /// <summary>Takes frames as they come, and normalises each to mean 1.</summary>
    /// <param name="parameters">The parameters; their range and foci must fit the frames.</param>
    /// <param name="frames">One array a frame, row-major, in the order of the selected images.</param>
    /// <exception cref="FsRecException">Number, size or content of the frames does not fit.</exception>
    public FocalSeries(ReconstructionParameters parameters, IReadOnlyList<float[]> frames)
        : this(parameters, frames, SeriesDetector.Of(parameters))
    {
    }

    private FocalSeries(ReconstructionParameters parameters, IReadOnlyList<float[]> frames, Detector? detector)
        : this(parameters, parameters.SelectedImages, parameters.SelectedFoci, Collect(parameters, frames, detector), null, detector)
    {
    }

    internal FocalSeries(
        ReconstructionParameters parameters, IReadOnlyList<int> imageNumbers, IReadOnlyList<double> foci, FrameStore frames, SeriesSource? source = null, Detector? detector = null)
    {
        Source = source;
        Parameters = parameters.Microscope.Detector is null ? parameters : parameters with { Microscope = parameters.Microscope with { Detector = null } };
        Microscope = detector is null ? Parameters.Microscope : Parameters.Microscope with { Detector = detector };
        // Arrays, because PowerShell cannot index the read-only lists that collection expressions make.
        ImageNumbers = imageNumbers.ToArray();
        Foci = foci.ToArray();
        _frames = frames;
    }

    /// <summary>The parameters that travel with the series.</summary>
    public ReconstructionParameters Parameters { get; }

    /// <summary>The files that the frames came from and what they say themselves; <see langword="null"/> where they came from numbered files without header, or from memory.</summary>
    public SeriesSource? Source { get; }

    /// <summary>Numbers of the images, as in their file names, one a frame.</summary>
    public IReadOnlyList<int> ImageNumbers { get; }

    /// <summary>Defocus of each frame in nm.</summary>
    public IReadOnlyList<double> Foci { get; }

    /// <summary>What has been found out about the series, its foci and its microscope.</summary>
    internal Findings Findings { get; } = new();

    /// <summary>What has been found out about the frames, whatever their foci: shared by all series that share them.</summary>
    internal Findings FrameFindings => _frames.Findings;

    /// <summary>Number of frames.</summary>
    public int Count => ImageNumbers.Count;

    /// <summary>Shape and scale of the frames.</summary>
    public Calibration Calibration => Parameters.Image.Calibration;

    /// <summary>The microscope that recorded the series, with its detector.</summary>
    public Microscope Microscope { get; }

    /// <summary>The detector; <see langword="null"/> for one that changes nothing. Found where the series is made, from keys MTF and NPS.</summary>
    internal Detector? Detector => Microscope.Detector;

    /// <summary>Of frames whose noise was made white, which were clipped as they were recorded; <see langword="null"/> where their pixels tell.</summary>
    internal bool[]? ClippedFrames => _frames.Clipped;

    /// <summary>Which frames were clipped in their files, as far as they were read; <see langword="null"/> of frames from memory.</summary>
    internal bool[]? ClippedFiles => _frames.ReadClipped;

    /// <summary>The rectangle by which the frames are aligned.</summary>
    public ReferenceArea ReferenceArea => Parameters.Image.GetReferenceArea();

    /// <summary>A copy of one frame as it was recorded, row-major, mean 1.</summary>
    /// <param name="index">Position in the series, from 0.</param>
    public float[] GetFrame(int index)
    {
        float[] copy = Frame(index).ToArray();
        _frames.Whitening?.Undo(copy);
        // The span does not hold the memory of the frames; the series does.
        GC.KeepAlive(this);
        return copy;
    }

    /// <summary>The same frames under other parameters of reconstruction.</summary>
    /// <param name="parameters">The new parameters; shape and selection of frames must be the old ones'.</param>
    /// <exception cref="FsRecException">The new parameters select other frames or another frame shape, or name another spectrum of the noise.</exception>
    /// <exception cref="DataException">A file of the detector is missing or holds no curve.</exception>
    public FocalSeries WithParameters(ReconstructionParameters parameters)
    {
        ReconstructionParameters filled = parameters.FilledFrom(Parameters);
        return filled.Image.Calibration.Rows == Calibration.Rows
            && filled.Image.Calibration.Columns == Calibration.Columns
            && filled.SelectedImages.SequenceEqual(ImageNumbers)
                ? new FocalSeries(filled, ImageNumbers, filled.SelectedFoci, _frames, Source, SeriesDetector.After(Detector, Parameters, filled))
                : throw new FsRecException("The new parameters select other images or another frame size. Import the series again with them.");
    }

    /// <summary>The same frames with other foci.</summary>
    /// <param name="foci">Defocus of each frame in nm.</param>
    /// <exception cref="FsRecException">The number of foci is not that of the frames.</exception>
    public FocalSeries WithFoci(IReadOnlyList<double> foci) =>
        foci.Count == Count
            ? new FocalSeries(Parameters, ImageNumbers, [.. foci], _frames, Source, Detector)
            : throw new FsRecException($"{foci.Count} foci were given for {Count} frames.");

    /// <summary>The same frames and foci under the method of restoration that was asked for in place of the parameters'.</summary>
    /// <param name="method">The method; <see langword="null"/> for that of the parameters.</param>
    public FocalSeries WithRestoration(RestorationMethod? method) => method is null || method == Parameters.Restoration.Method
        ? this
        : new(Parameters with { Restoration = Parameters.Restoration with { Method = method.Value } }, ImageNumbers, Foci, _frames, Source, Detector);

    /// <summary>The same frames and foci with another microscope; the detector stays.</summary>
    /// <param name="microscope">The microscope.</param>
    public FocalSeries WithMicroscope(Optics.Microscope microscope) => new(Parameters with { Microscope = microscope }, ImageNumbers, Foci, _frames, Source, Detector);

    /// <summary>The same frames and foci, the noise of the frames made white by another detector's spectrum.</summary>
    /// <param name="detector">The curves of the detector.</param>
    /// <param name="note">Adds to the parameters where the curves come from; <see langword="null"/> for nothing.</param>
    internal FocalSeries WithDetector(DetectorParameters detector, Func<ReconstructionParameters, ReconstructionParameters>? note = null)
    {
        ReconstructionParameters parameters = Parameters with { Detector = detector };
        Detector? curves = SeriesDetector.Of(parameters);
        return new(note?.Invoke(parameters) ?? parameters, ImageNumbers, Foci, _frames.Whitened(NoiseWhitening.Of(curves, Calibration)), Source, curves);
    }

    /// <inheritdoc />
    public override string ToString() =>
        FormattableString.Invariant($"{Counted.Of(Count, "frame")}, {Calibration}, {Foci[0]:0.#} to {Foci[^1]:0.#} nm defocus");

    /// <summary>The pixels of a frame, its noise made white, valid while the series is.</summary>
    internal ReadOnlySpan<float> Frame(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _frames[index];
    }

    /// <summary>Whether the pixels are in memory; otherwise they are in their files until they are asked for.</summary>
    internal bool InMemory => _frames.Keeps;

    /// <summary>By what the frames are known again: of each its mean as it was recorded, and a hash of its pixels.</summary>
    internal IReadOnlyList<(double Mean, UInt128 Pixels)> Marks => _frames.Marks;

    /// <summary>
    /// Defective pixels of each frame as far as frames were read: replaced where Fixhotpix is on, otherwise left, and found only where they
    /// stand out by more than a specimen can.
    /// </summary>
    public IReadOnlyList<int> DefectivePixels => (int[])[.. _frames.Defects.Select(static d => d.Count)];

    /// <summary>What defective pixels that are left add to the frames on average, in units of their squared mean.</summary>
    internal double DefectPower => _frames.Defects.Average(static d => d.Power);

    /// <summary>The files that the series comes from: those of the frames, none of a series that was made in memory, and those of the detector.</summary>
    internal IReadOnlyList<string> SourceFiles => [.. _frames.SourceFiles, .. Parameters.ResolvedDetector.Files.Select(Path.GetFullPath)];

    /// <summary>Full paths of the files that the frames come from; none of a series that was made in memory.</summary>
    internal IReadOnlyList<string> FrameFiles => _frames.SourceFiles;

    /// <summary>Whether the frames come from files that do not say of what type their numbers are.</summary>
    internal bool IsWithoutHeader => _frames.IsWithoutHeader;

    /// <summary>Hashes of the frames' files; <see langword="null"/> of a series that was made in memory.</summary>
    internal SourceHashes? SourceHashes => _frames.SourceHashes;

    /// <summary>Files of frames that were written again after they were read.</summary>
    internal IReadOnlyList<string> ChangedFiles => _frames.ChangedFiles;

    /// <summary>The pixels of a frame as it was recorded, before the division by its mean: from its file again where it came from one.</summary>
    internal void ReadRecorded(int index, Span<float> target) => _frames.Recorded(index, target[..Calibration.PixelCount]);

    /// <summary>Reads the frames into memory, if they are not there.</summary>
    internal void Load(int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken) => _frames.Keep(threads, progress, cancellationToken);

    /// <summary>The pixels of a frame for one look, read into memory that the caller gives where the frames are not kept.</summary>
    internal ReadOnlySpan<float> FrameOnce(int index, Func<AlignedBuffer> memory) => _frames.Once(index, memory);

    /// <summary>The frames' spectra, computed at the first call and shared by all series that share the frames.</summary>
    internal FrameSpectra Spectra(
        int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken, long large = FrameSpectra.Large) =>
        _frames.Spectra(() => new FrameSpectra(this, threads, progress, cancellationToken, large));

    /// <summary>
    /// The series by which frames are placed: this one, or where Fixhotpix leaves defective pixels, the same frames without them. They stay where they are on the
    /// camera while the specimen drifts, and each would draw its frame to where it lies.
    /// </summary>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    internal FocalSeries ForPlaces(int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        // What is defective is known once the frames were read.
        Spectra(threads, progress, cancellationToken);
        FrameStore store = _frames.WithoutDefects();
        return store == _frames ? this : new FocalSeries(Parameters, ImageNumbers, Foci, store, Source, Detector);
    }

    /// <summary>A part of each frame, as a series of its own, whose reference area is half of the part.</summary>
    /// <param name="part">The part, inside the frames.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    internal FocalSeries Cut(ReferenceArea part, int threads, CancellationToken cancellationToken)
    {
        var image = new ImageParameters
        {
            Calibration = Calibration with { Rows = part.Rows, Columns = part.Columns },
            Range = Parameters.Image.Range,
        };
        var store = new FrameStore(Count, image, null, ClippedFrames);
        int workers = FrameLoop.Workers(threads, Count);
        using var frames = new PerWorker<AlignedBuffer>(workers, () => new AlignedBuffer(Calibration.PixelCount));
        FrameLoop.Run(Count, threads, cancellationToken, (worker, n) =>
        {
            ReadOnlySpan<float> whole = FrameOnce(n, () => frames[worker]);
            var pixels = new float[part.PixelCount];
            for (int row = 0; row < part.Rows; row++)
            {
                whole.Slice(((part.Top + row) * Calibration.Columns) + part.Left, part.Columns).CopyTo(pixels.AsSpan(row * part.Columns));
            }

            store.Put(n, pixels, FormattableString.Invariant($"image {ImageNumbers[n]}, {part}"));
        });
        return new FocalSeries(Parameters with { Image = image }, ImageNumbers, Foci, store, null, Detector);
    }

    /// <summary>Images that were computed in place of the frames, each divided by its mean.</summary>
    /// <param name="images">One a frame, row-major.</param>
    /// <exception cref="FsRecException">The mean of one is not positive.</exception>
    internal FocalSeries WithImages(IReadOnlyList<float[]> images)
    {
        var store = new FrameStore(Count, Parameters.Image, null, ClippedFrames);
        for (int n = 0; n < Count; n++)
        {
            store.PutComputed(n, images[n]);
        }

        return new FocalSeries(Parameters, ImageNumbers, Foci, store, null, Detector);
    }

    /// <summary>Some of the frames, as a series of their own.</summary>
    /// <param name="frames">Positions in this series, from 0.</param>
    internal FocalSeries Select(IReadOnlyList<int> frames)
    {
        int[] numbers = [.. frames.Select(n => ImageNumbers[n])];
        double[] foci = [.. frames.Select(n => Foci[n])];
        ReconstructionParameters parameters = Parameters with { Image = Parameters.Image with { Range = numbers }, Foci = foci };
        if (_frames.Whitening is null)
        {
            return new FocalSeries(parameters, numbers, foci, Collect(parameters, [.. frames.Select(GetFrame)], null), null, Detector);
        }

        var store = new FrameStore(frames.Count, parameters.Image, _frames.Whitening, [.. frames.Select(n => ClippedFrames![n])]);
        for (int n = 0; n < frames.Count; n++)
        {
            store.PutComputed(n, Frame(frames[n]));
        }

        return new FocalSeries(parameters, numbers, foci, store, null, Detector);
    }

    private static FrameStore Collect(ReconstructionParameters parameters, IReadOnlyList<float[]> frames, Detector? detector)
    {
        int pixels = parameters.Image.Calibration.PixelCount;
        int count = parameters.SelectedImages.Count;
        if (frames.Count != count)
        {
            throw new FsRecException($"{frames.Count} frames were given; the parameters select {count}.");
        }

        var store = new FrameStore(count, parameters.Image, NoiseWhitening.Of(detector, parameters.Image.Calibration));
        for (int n = 0; n < count; n++)
        {
            if (frames[n].Length != pixels)
            {
                throw new FsRecException($"Frame {n} has {frames[n].Length} pixels; {parameters.Image.Calibration} takes {pixels}.");
            }

            store.Put(n, frames[n], $"frame {n}");
        }

        return store;
    }
}
