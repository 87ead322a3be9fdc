using FsRec.Fourier;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>Finds the displacements of a series before there is a wave to compare with.</summary>
public static class Prealignment
{
    /// <summary>
    /// Aligns the frames of a series by the method that Methprealign names. Where it names none, or only PyFSRec's <c>sequential-com</c>, the
    /// data decide: frame against frame where neighbours are alike and the frames then agree with what the others predict for them, otherwise
    /// each frame against those predictions. Commonframe and Invertprealign, which only the first way knows, ask for it.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The displacements, mean-free, with the history of the rounds.</returns>
    /// <exception cref="AlignmentException">A frame drifts so far that the reference area lies over its edge.</exception>
    public static PrealignmentResult Run(FocalSeries series, int threads = 0, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        TransferCheck.Require(series);
        PrealignmentResult result = Asked(series.Parameters) switch
        {
            // One frame lies where it lies.
            _ when series.Count < 2 => FrameAgainstFrame(series, threads, progress, cancellationToken),
            PrealignmentMethods.Sequential => FrameAgainstFrame(series, threads, progress, cancellationToken),
            PrealignmentMethods.Model => ModelAlignment.Run(series, threads, progress, cancellationToken),
            _ => DecidedAlignment.Run(series, FrameAgainstFrame, threads, progress, cancellationToken),
        };
        return result with { Reversal = ContrastReversal.Find(series) };
    }

    /// <summary>The method that was asked for; <see langword="null"/> where the data decide.</summary>
    internal static string? Asked(ReconstructionParameters parameters) => parameters.Alignment.Method switch
    {
        PrealignmentMethods.Sequential => PrealignmentMethods.Sequential,
        PrealignmentMethods.Model => PrealignmentMethods.Model,
        _ => parameters.Alignment.CommonFrame || parameters.Alignment.InvertContrast ? PrealignmentMethods.Sequential : null,
    };

    /// <summary>The method by which the frames of an aligned series are aligned further.</summary>
    internal static string MethodOf(AlignedSeries aligned, int threads, CancellationToken cancellationToken) =>
        Asked(aligned.Series.Parameters)
        ?? (aligned.Series.Parameters.Restoration.Method != RestorationMethod.Linear ? PrealignmentMethods.Model : aligned.Method)
        ?? DecidedAlignment.MethodOf(aligned, threads, cancellationToken);

    /// <summary>
    /// One frame after the other, or with Commonframe to a common frame; with Invertprealign frames of inverted contrast are put right
    /// first.
    /// </summary>
    private static PrealignmentResult FrameAgainstFrame(FocalSeries series, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        FrameSpectra spectra = series.ForPlaces(threads, progress, cancellationToken).Spectra(threads, progress, cancellationToken);
        var areas = new AlignmentAreas(spectra.Transform, series.Calibration, series.ReferenceArea, series.Parameters.EffectiveAlignmentFilter);
        SpectrumLease[] leases = [.. Enumerable.Range(0, series.Count).Select(spectra.Take)];
        try
        {
            return FrameAgainstFrame(series, [.. leases.Select(static lease => lease.Plane)], areas, threads, progress, cancellationToken);
        }
        finally
        {
            foreach (SpectrumLease lease in leases)
            {
                lease.Dispose();
            }
        }
    }

    private static PrealignmentResult FrameAgainstFrame(
        FocalSeries series, ComplexPlane[] planes, AlignmentAreas areas, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        AlignmentParameters parameters = series.Parameters.Alignment;
        int[] signs = parameters.InvertContrast ? ContrastSigns.Of(series) : [.. Enumerable.Repeat(1, series.Count)];
        var rounds = new List<PrealignmentRound>();
        using PrealignmentFrames frames = Frames(planes, signs, series.ImageNumbers);
        IReadOnlyList<FrameDisplacement> displacements = parameters.CommonFrame
            ? CommonFrame(planes)
            : SequentialPreAligner.Align(frames, parameters.MaxPrealignmentRounds, rounds, progress);
        return new PrealignmentResult(new AlignedSeries(series, displacements) { Method = PrealignmentMethods.Sequential }, rounds)
        {
            Choice = new AlignmentChoice(PrealignmentMethods.Sequential, "asked for", double.NaN),
        };

        PrealignmentFrames Frames(IReadOnlyList<ComplexPlane> images, IReadOnlyList<int> imageSigns, IReadOnlyList<int> numbers) =>
            new(images, imageSigns, numbers, areas, parameters, threads, cancellationToken);

        IReadOnlyList<FrameDisplacement> CommonFrame(ComplexPlane[] images)
        {
            FrameBlocks blocks = FrameBlocks.Of(images.Length, parameters.RunningAverage);
            ComplexPlane[] means = blocks.Average(images, signs);
            try
            {
                int[] blockSigns = [.. Enumerable.Repeat(1, means.Length)];
                int[] firstNumbers = [.. Enumerable.Range(0, means.Length).Select(b => series.ImageNumbers[blocks.First(b)])];
                using PrealignmentFrames averages = Frames(means, blockSigns, firstNumbers);
                return CommonFramePreAligner.Align(
                    averages, frames, blocks.BlockOfFrame, parameters.MaxPrealignmentRounds, parameters.Precision, rounds, progress);
            }
            finally
            {
                foreach (ComplexPlane mean in means)
                {
                    mean.Dispose();
                }
            }
        }
    }
}
