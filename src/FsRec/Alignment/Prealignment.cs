using FsRec.Fourier;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>Finds the displacements of a series before there is a wave to compare with.</summary>
public static class Prealignment
{
    /// <summary>
    /// Aligns the frames of a series by the method that Methprealign names. Where it names none, the model is taken if the contrast transfer
    /// changes sign inside the series, and where Restoration is not the linear one: an area that frames are aligned in, each to a wave that
    /// holds its own noise, makes structure of noise there. Not so where Commonframe or Invertprealign, which only the other method knows,
    /// is asked for.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The displacements, mean-free, with the history of the rounds.</returns>
    /// <exception cref="AlignmentException">A frame drifts so far that the reference area lies over its edge.</exception>
    public static PrealignmentResult Run(FocalSeries series, int threads = 0, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var reversal = ContrastReversal.Find(series);
        PrealignmentResult result = MethodOf(series.Parameters, reversal) == PrealignmentMethods.Model
            ? ModelAlignment.Run(series, threads, progress, cancellationToken)
            : FrameAgainstFrame(series, threads, progress, cancellationToken);
        return result with { Reversal = reversal };
    }

    /// <summary>The method by which a series is aligned, before the iterations and in them.</summary>
    internal static string MethodOf(FocalSeries series) => MethodOf(series.Parameters, ContrastReversal.Find(series));

    private static string MethodOf(ReconstructionParameters parameters, ContrastReversal? reversal)
    {
        AlignmentParameters asked = parameters.Alignment;
        bool needsModel = reversal is not null || parameters.Restoration.Method != RestorationMethod.Linear;
        return asked.Method
            ?? (needsModel && !asked.CommonFrame && !asked.InvertContrast ? PrealignmentMethods.Model : PrealignmentMethods.Sequential);
    }

    /// <summary>
    /// One frame after the other, or with Commonframe to a common frame; with Invertprealign frames of inverted contrast are put right
    /// first.
    /// </summary>
    private static PrealignmentResult FrameAgainstFrame(FocalSeries series, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        AlignmentParameters parameters = series.Parameters.Alignment;
        FrameSpectra spectra = series.Spectra(threads, progress, cancellationToken);
        var areas = new AlignmentAreas(spectra.Transform, series.Calibration, series.ReferenceArea, series.Parameters.EffectiveAlignmentFilter);
        int[] signs = parameters.InvertContrast ? ContrastSigns.Of(series) : [.. Enumerable.Repeat(1, series.Count)];
        var rounds = new List<PrealignmentRound>();
        ComplexPlane[] planes = [.. Enumerable.Range(0, series.Count).Select(n => spectra[n])];
        using PrealignmentFrames frames = Frames(planes, signs, series.ImageNumbers);
        IReadOnlyList<FrameDisplacement> displacements = parameters.CommonFrame
            ? CommonFrame(planes)
            : SequentialPreAligner.Align(frames, parameters.MaxPrealignmentRounds, rounds, progress);
        return new PrealignmentResult(new AlignedSeries(series, displacements), rounds);

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
