using FsRec.Fourier;
using FsRec.Parameters;
using FsRec.Series;

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
    private readonly float[]?[] _filtered;
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
        _filtered = new float[]?[workers];
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
    public float[][] CutAll(IReadOnlyList<FrameDisplacement> displacements)
    {
        var areas = new float[Count][];
        ForEach(Count, (worker, n) =>
        {
            areas[n] = new float[_areas.Area.PixelCount];
            Cut(n, displacements[n].Dx, displacements[n].Dy, areas[n], worker);
        });
        return areas;
    }

    /// <summary>Cuts the normalised reference area of one image.</summary>
    public void Cut(int image, double dx, double dy, Span<float> target, int worker)
    {
        _areas.Measured(_spectra[image], dx, dy, target, _areaWorkspaces[worker]);
        AreaStatistics.Normalise(target, _signs[image]);
    }

    /// <summary>Cuts the normalised reference areas of one image at displacements by whole pixels.</summary>
    /// <param name="image">The image.</param>
    /// <param name="places">The displacements.</param>
    /// <param name="worker">The worker.</param>
    /// <returns>The areas, one after the other in the same memory: each is to be used before the next is asked for.</returns>
    public IEnumerable<float[]> CutWhole(int image, IEnumerable<(int Dx, int Dy)> places, int worker)
    {
        var area = new float[_areas.Area.PixelCount];
        float[] filtered = _filtered[worker] ??= new float[_areas.Calibration.PixelCount];
        _areas.Filtered(_spectra[image], filtered, _areaWorkspaces[worker]);
        foreach ((int dx, int dy) in places)
        {
            _areas.CutFiltered(filtered, dx, dy, area);
            AreaStatistics.Normalise(area, _signs[image]);
            yield return area;
        }
    }

    /// <summary>Sub-pixel displacement of one area against another, near zero.</summary>
    public (double Dx, double Dy) Peak(float[] area, float[] reference, int worker)
    {
        _correlator.Correlate(area, reference, _correlationWorkspaces[worker]);
        return _correlator.PeakNearCentre(_precision, _correlationWorkspaces[worker]);
    }

    /// <summary>The highest whole-pixel peaks of the correlation of two areas.</summary>
    public IReadOnlyList<(int Dx, int Dy)> Peaks(float[] area, float[] reference, int count, int worker)
    {
        _correlator.Correlate(area, reference, _correlationWorkspaces[worker]);
        return _correlator.Peaks(count, _correlationWorkspaces[worker]);
    }

    /// <summary>How alike two normalised areas are: the correlation coefficient, of either sign unless contrast is signed.</summary>
    public double Likeness(float[] a, float[] b)
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
        foreach (FrameDisplacement displacement in displacements)
        {
            _areas.EnsureRoom(displacement);
        }

        return displacements;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _areaWorkspaces.Dispose();
        _correlationWorkspaces.Dispose();
    }
}
