using FsRec.Fourier;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>Finds the displacements of a series before there is a wave to compare with.</summary>
public static class Prealignment
{
    /// <summary>Aligns the frames of a series by the method that its parameters name.</summary>
    /// <param name="series">The series.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The displacements, mean-free, with the history of the rounds.</returns>
    /// <exception cref="AlignmentException">A frame drifts so far that the reference area lies over its edge.</exception>
    public static PrealignmentResult Run(FocalSeries series, int threads = 0, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ReconstructionParameters parameters = series.Parameters;
        FrameSpectra spectra = series.Spectra(threads, progress, cancellationToken);
        var areas = new AlignmentAreas(spectra.Transform, series.Calibration, series.ReferenceArea, parameters.EffectiveAlignmentFilter);
        using var aligner = new SequentialPreAligner(areas, parameters.Alignment, threads);
        var rounds = new List<PrealignmentRound>();
        var frames = new ComplexPlane[series.Count];
        var signs = new int[series.Count];
        for (int n = 0; n < frames.Length; n++)
        {
            frames[n] = spectra[n];
            signs[n] = 1;
        }

        IReadOnlyList<FrameDisplacement> displacements = aligner.Align(frames, signs, series.ImageNumbers, rounds, progress, cancellationToken);
        return new PrealignmentResult(new AlignedSeries(series, displacements), rounds);
    }
}
