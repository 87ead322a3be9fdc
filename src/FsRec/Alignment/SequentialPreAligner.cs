using FsRec.Fourier;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Pre-alignment frame by frame (<c>sequential-com</c>): each frame against the one before inside the reference area, whole
/// pixels first, then rounds of sub-pixel centres of mass until no frame moves more than half a pixel.
/// </summary>
internal sealed class SequentialPreAligner : IDisposable
{
    private const double Settled = 0.5;
    private const int Candidates = 4;

    private readonly AlignmentAreas _areas;
    private readonly AreaCorrelator _correlator;
    private readonly AlignmentParameters _parameters;
    private readonly int _threads;
    private readonly PerWorker<AreaWorkspace> _areaWorkspaces;
    private readonly PerWorker<CorrelationWorkspace> _correlationWorkspaces;

    /// <summary>Prepares the pre-alignment of a series.</summary>
    public SequentialPreAligner(AlignmentAreas areas, AlignmentParameters parameters, int threads)
    {
        _areas = areas;
        _correlator = new AreaCorrelator(areas.Area.Rows, areas.Area.Columns);
        _parameters = parameters;
        _threads = threads;
        int workers = FrameLoop.Workers(threads);
        _areaWorkspaces = new(workers, areas.CreateWorkspace);
        _correlationWorkspaces = new(workers, () => _correlator.CreateWorkspace(parameters.CenterOfMassRadius));
    }

    /// <summary>Aligns the frames one after the other.</summary>
    /// <param name="spectra">Spectra of the frames.</param>
    /// <param name="signs">+1, or −1 for a frame that enters with inverted contrast.</param>
    /// <param name="imageNumbers">Numbers of the images.</param>
    /// <param name="rounds">Told of the coarse step and of each round.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>Mean-free displacements.</returns>
    /// <exception cref="AlignmentException">A frame drifts over the frame's edge.</exception>
    public IReadOnlyList<FrameDisplacement> Align(
        IReadOnlyList<ComplexPlane> spectra,
        IReadOnlyList<int> signs,
        IReadOnlyList<int> imageNumbers,
        ICollection<PrealignmentRound> rounds,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<FrameDisplacement> displacements = Coarse(spectra, signs, imageNumbers, progress, cancellationToken);
        rounds.Add(new PrealignmentRound(0, DisplacementAlgebra.Largest(displacements), displacements));
        for (int round = 1; round <= _parameters.MaxPrealignmentRounds; round++)
        {
            IReadOnlyList<FrameDisplacement> refined = Refine(spectra, signs, displacements, cancellationToken);
            double move = DisplacementAlgebra.Largest(DisplacementAlgebra.Subtract(refined, displacements));
            displacements = refined;
            rounds.Add(new PrealignmentRound(round, move, displacements));
            progress?.Report(new RunProgress("Pre-alignment", round, _parameters.MaxPrealignmentRounds, FormattableString.Invariant($"largest move {move:0.000} px")));
            if (move <= Settled)
            {
                break;
            }
        }

        return displacements;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _areaWorkspaces.Dispose();
        _correlationWorkspaces.Dispose();
    }

    /// <summary>
    /// Whole-pixel drift of each frame against the one before. The correlation of two areas cut at the same place favours small
    /// drifts, since the overlap shrinks with the drift, and a crystal offers a rival at every lattice vector. So the best places are
    /// tried again with the second area cut where its content should lie, in full overlap, and the one of highest correlation wins.
    /// </summary>
    private IReadOnlyList<FrameDisplacement> Coarse(
        IReadOnlyList<ComplexPlane> spectra, IReadOnlyList<int> signs, IReadOnlyList<int> imageNumbers, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        int count = spectra.Count;
        float[][] areas = CutAll(spectra, signs, i => (0, 0), cancellationToken);
        var drift = new (int Dx, int Dy)[count];
        int done = 0;
        FrameLoop.Run(count - 1, _threads, cancellationToken, (worker, index) =>
        {
            int n = index + 1;
            CorrelationWorkspace workspace = _correlationWorkspaces[worker];
            _correlator.Correlate(areas[n], areas[n - 1], workspace);
            var trial = new float[_areas.Area.PixelCount];
            double best = double.NegativeInfinity;
            foreach ((int dx, int dy) in _correlator.Peaks(Candidates, workspace))
            {
                _areas.Measured(spectra[n], dx, dy, trial, _areaWorkspaces[worker]);
                AreaStatistics.Normalise(trial);
                double coefficient = Math.Abs(AreaStatistics.MeanProduct(trial, areas[n - 1]));
                if (coefficient > best)
                {
                    best = coefficient;
                    drift[n] = (dx, dy);
                }
            }

            progress?.Report(new RunProgress("Coarse pre-alignment", Interlocked.Increment(ref done), count - 1));
        });

        var displacements = new FrameDisplacement[count];
        double x = 0;
        double y = 0;
        for (int n = 0; n < count; n++)
        {
            x += drift[n].Dx;
            y += drift[n].Dy;
            displacements[n] = new FrameDisplacement(imageNumbers[n], x, y);
        }

        return EnsureRoom(DisplacementAlgebra.WithoutMean(displacements));
    }

    /// <summary>One round: each moved frame against the moved one before, the sub-pixel differences summed along the series.</summary>
    private IReadOnlyList<FrameDisplacement> Refine(
        IReadOnlyList<ComplexPlane> spectra, IReadOnlyList<int> signs, IReadOnlyList<FrameDisplacement> displacements, CancellationToken cancellationToken)
    {
        float[][] areas = CutAll(spectra, signs, n => (displacements[n].Dx, displacements[n].Dy), cancellationToken);
        var drift = new (double Dx, double Dy)[spectra.Count];
        FrameLoop.Run(spectra.Count - 1, _threads, cancellationToken, (worker, index) =>
        {
            CorrelationWorkspace workspace = _correlationWorkspaces[worker];
            _correlator.Correlate(areas[index + 1], areas[index], workspace);
            drift[index + 1] = _correlator.PeakNearCentre(_parameters.Precision, workspace);
        });

        var refined = new FrameDisplacement[spectra.Count];
        double x = 0;
        double y = 0;
        for (int n = 0; n < refined.Length; n++)
        {
            x += drift[n].Dx;
            y += drift[n].Dy;
            refined[n] = displacements[n] with { Dx = displacements[n].Dx + x, Dy = displacements[n].Dy + y };
        }

        return EnsureRoom(DisplacementAlgebra.WithoutMean(refined));
    }

    private float[][] CutAll(IReadOnlyList<ComplexPlane> spectra, IReadOnlyList<int> signs, Func<int, (double Dx, double Dy)> displacement, CancellationToken cancellationToken)
    {
        var areas = new float[spectra.Count][];
        FrameLoop.Run(spectra.Count, _threads, cancellationToken, (worker, n) =>
        {
            areas[n] = new float[_areas.Area.PixelCount];
            (double dx, double dy) = displacement(n);
            _areas.Measured(spectra[n], dx, dy, areas[n], _areaWorkspaces[worker]);
            AreaStatistics.Normalise(areas[n], signs[n]);
        });
        return areas;
    }

    private IReadOnlyList<FrameDisplacement> EnsureRoom(IReadOnlyList<FrameDisplacement> displacements)
    {
        foreach (FrameDisplacement displacement in displacements)
        {
            _areas.EnsureRoom(displacement);
        }

        return displacements;
    }
}
