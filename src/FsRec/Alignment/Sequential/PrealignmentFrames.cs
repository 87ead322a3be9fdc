using FsRec.Fourier;
using FsRec.Parameters;

namespace FsRec.Alignment;

/// <summary>
/// The images that a pre-aligner moves, frames or averages of frames, and the means to cut and correlate their reference areas on several
/// threads.
/// </summary>
internal sealed class PrealignmentFrames : IDisposable
{
    private readonly IReadOnlyList<ComplexPlane> _spectra;
    private readonly IReadOnlyList<int> _signs;
    private readonly AlignmentAreas _areas;
    private readonly AreaCorrelator _correlator;
    private readonly double _precision;
    private readonly int _threads;
    private readonly CancellationToken _cancellationToken;
    private readonly PerWorker<AreaWorkspace> _areaWorkspaces;
    private readonly PerWorker<WholeFrame> _whole;
    private readonly AreaStack _all;
    private readonly PerWorker<CorrelationWorkspace> _correlationWorkspaces;

    /// <summary>Prepares images.</summary>
    /// <param name="spectra">Spectra of the images.</param>
    /// <param name="signs">+1, or −1 for an image that enters with inverted contrast.</param>
    /// <param name="imageNumbers">Their numbers.</param>
    /// <param name="areas">Cuts the reference area.</param>
    /// <param name="parameters">Radius, precision, and whether contrast is signed.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    public PrealignmentFrames(
        IReadOnlyList<ComplexPlane> spectra,
        IReadOnlyList<int> signs,
        IReadOnlyList<int> imageNumbers,
        AlignmentAreas areas,
        AlignmentParameters parameters,
        int threads,
        CancellationToken cancellationToken)
    {
        _spectra = spectra;
        _signs = signs;
        ImageNumbers = imageNumbers;
        _areas = areas;
        // Once inverted contrast is put right, two frames that belong together correlate positively, and a negative peak is a wrong one.
        _correlator = new AreaCorrelator(areas.Area.Rows, areas.Area.Columns, signed: parameters.InvertContrast);
        _precision = parameters.Precision;
        _threads = threads;
        _cancellationToken = cancellationToken;
        int workers = FrameLoop.Workers(threads);
        _whole = new(workers, () => new WholeFrame(areas));
        _all = new AreaStack(spectra.Count, areas.Area.PixelCount);
        _areaWorkspaces = new(workers, areas.CreateWorkspace);
        _correlationWorkspaces = new(workers, () => _correlator.CreateWorkspace(parameters.CenterOfMassRadius));
    }

    /// <summary>Number of images.</summary>
    public int Count => _spectra.Count;

    /// <summary>Numbers of the images.</summary>
    public IReadOnlyList<int> ImageNumbers { get; }

    /// <summary>Every image unmoved.</summary>
    public IReadOnlyList<FrameDisplacement> Unmoved => [.. ImageNumbers.Select(static number => new FrameDisplacement(number, 0, 0))];

    /// <summary>Cuts the normalised reference areas of all images at their displacements.</summary>
    /// <returns>The areas, in memory that the next call uses again.</returns>
    public AreaStack CutAll(IReadOnlyList<FrameDisplacement> displacements)
    {
        ForEach(Count, (worker, n) => Cut(n, displacements[n].Dx, displacements[n].Dy, _all[n], worker));
        return _all;
    }

    /// <summary>Cuts the normalised reference area of one image.</summary>
    public void Cut(int image, double dx, double dy, Span<float> target, int worker)
    {
        _areas.Measured(_spectra[image], dx, dy, target, _areaWorkspaces[worker]);
        AreaStatistics.Normalise(target, _signs[image]);
    }

    /// <summary>Of some displacements by whole pixels, the one at which an image's area is most like a reference.</summary>
    /// <param name="image">The image.</param>
    /// <param name="places">The displacements, at least one.</param>
    /// <param name="reference">The normalised reference.</param>
    /// <param name="worker">The worker.</param>
    public (int Dx, int Dy) MostAlike(int image, IReadOnlyList<(int Dx, int Dy)> places, ReadOnlySpan<float> reference, int worker)
    {
        WholeFrame whole = _whole[worker];
        ReferenceArea part = _areas.Covering(places);
        _areas.Filtered(_spectra[image], part, whole.Filtered, _areaWorkspaces[worker]);
        double best = double.NegativeInfinity;
        (int Dx, int Dy) alike = places[0];
        foreach ((int dx, int dy) in places)
        {
            _areas.CutFiltered(whole.Filtered, part, dx, dy, whole.Area);
            AreaStatistics.Normalise(whole.Area, _signs[image]);
            double likeness = Likeness(whole.Area, reference);
            if (likeness > best)
            {
                best = likeness;
                alike = (dx, dy);
            }
        }

        return alike;
    }

    /// <summary>Sub-pixel displacement of one area against another, near zero.</summary>
    public (double Dx, double Dy) Peak(ReadOnlySpan<float> area, ReadOnlySpan<float> reference, int worker)
    {
        _correlator.Correlate(area, reference, _correlationWorkspaces[worker]);
        return _correlator.PeakNearCentre(_precision, _correlationWorkspaces[worker]);
    }

    /// <summary>The highest whole-pixel peaks of the correlation of two areas.</summary>
    public IReadOnlyList<(int Dx, int Dy)> Peaks(ReadOnlySpan<float> area, ReadOnlySpan<float> reference, int count, int worker)
    {
        _correlator.Correlate(area, reference, _correlationWorkspaces[worker]);
        return _correlator.Peaks(count, _correlationWorkspaces[worker]);
    }

    /// <summary>How alike two normalised areas are: the correlation coefficient, of either sign unless contrast is signed.</summary>
    private double Likeness(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double coefficient = AreaStatistics.MeanProduct(a, b);
        return _correlator.Signed ? coefficient : Math.Abs(coefficient);
    }

    /// <summary>Runs a body for indices from 0 on several threads.</summary>
    public void ForEach(int count, Action<int, int> body) => FrameLoop.Run(count, _threads, _cancellationToken, body);

    /// <summary>Makes sure that no image is displaced over the frame's edge.</summary>
    /// <exception cref="AlignmentException">One is.</exception>
    public IReadOnlyList<FrameDisplacement> EnsureRoom(IReadOnlyList<FrameDisplacement> displacements)
    {
        _areas.EnsureRoom(displacements);
        return displacements;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _areaWorkspaces.Dispose();
        _correlationWorkspaces.Dispose();
        _whole.Dispose();
        _all.Dispose();
    }

    /// <summary>One thread's band-passed frame, and an area of it.</summary>
    private sealed class WholeFrame(AlignmentAreas areas) : IDisposable
    {
        private readonly AlignedBuffer _filtered = new(areas.Calibration.PixelCount);
        private readonly AlignedBuffer _area = new(areas.Area.PixelCount);

        public Span<float> Filtered => _filtered.Span;

        public Span<float> Area => _area.Span;

        public void Dispose()
        {
            _filtered.Dispose();
            _area.Dispose();
        }
    }
}
