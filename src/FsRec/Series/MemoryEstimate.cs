using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>
/// How much memory a reconstruction takes at its peak, from its parameters alone: what is kept for each frame and what each thread works
/// in. It errs to the high side by some tens of percent.
/// </summary>
public static class MemoryEstimate
{
    // Of the memory that there is; the rest is the system's and other programs'.
    private const double Share = 0.9;

    /// <summary>Bytes that a reconstruction takes.</summary>
    /// <param name="parameters">Frame shape, number of frames, Limit, method.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    public static double Bytes(ReconstructionParameters parameters, int threads)
    {
        Calibration frame = parameters.Image.Calibration;
        double frames = parameters.SelectedImages.Count;
        double pixels = (double)frame.Rows * frame.Columns;
        var band = new WaveBand(FrequencyGrid.Of(frame), parameters.Linear.Limit);
        double points = (double)band.Rows * band.Columns;
        int workers = FrameLoop.Workers(threads, parameters.SelectedImages.Count);

        bool sequential = !parameters.Alignment.Prealignment || parameters.Alignment.Method == PrealignmentMethods.Sequential;
        ReferenceArea? region = sequential ? null : AlignmentRegion.Of(parameters);
        // A series whose noise turns out to have another spectrum is restored once more, with frames of its own, while those of the first time are kept.
        double again = parameters.Restoration.Method == RestorationMethod.Linear ? 0 : frames * pixels * sizeof(float);
        double aligner = sequential ? 0 : Aligner(region is null ? frame : frame with { Rows = region.Rows, Columns = region.Columns }, parameters.Linear.Limit, region is not null);
        if (parameters.Restoration.Method == RestorationMethod.Nonlinear)
        {
            // A frame's pixels and spectrum, filters and transfer functions. With a margin: weights, gradients and transfer functions; image waves of each
            // node of the focus spread; the optimiser's steps; two planes of its preconditioner.
            double each = (3.5 * pixels * sizeof(float)) + (3.5 * points * 2 * sizeof(float)) + aligner;
            double work = (4 + (1.5 * 24)) * pixels * sizeof(float);
            return again + (frames * each) + (workers * work) + (24 * 1.5 * points * 2 * sizeof(float)) + (2 * 1.5 * pixels * 2 * sizeof(float));
        }

        // Frames that are looked at once stay in their files; of large spectra the band alone is kept after the frames are aligned.
        bool streams = parameters.Restoration.Method == RestorationMethod.Linear && (sequential || region is not null);
        double spectra = FrameSpectra.BytesOf(frame, parameters.SelectedImages.Count);
        double kept = spectra >= FrameSpectra.Large ? frames * 0.5 * points * 2 * sizeof(float) : spectra;
        double area = frames * Area(parameters.Image) * sizeof(float);
        double tables = new AzimuthalAberrations(parameters.Microscope).None ? 0.75 : 1.25;
        double aligning = spectra + area + (frames * aligner);
        double iterating = kept + area + (frames * tables * points * 2 * sizeof(float)) + (frames * aligner);
        return again + (streams ? 0 : frames * pixels * sizeof(float)) + Math.Max(aligning, iterating) + (workers * 4 * pixels * sizeof(float)) + (4 * pixels * 2 * sizeof(float));
    }

    /// <summary>What the alignment to the model keeps of a frame at the frequencies of half the band's disc, measured on 60 frames of 4096²; of a part of the frame its pixels and spectrum as well.</summary>
    private static double Aligner(Calibration frame, double limit, bool isPart)
    {
        var band = new WaveBand(FrequencyGrid.Of(frame), limit);
        double points = Math.PI / 8 * band.Rows * band.Columns;
        return (12 * points * 2 * sizeof(float)) + (isPart ? 2.0 * frame.Rows * frame.Columns * sizeof(float) : 0);
    }

    private static double Area(ImageParameters image) =>
        (double)(image.AreaRows ?? image.Calibration.Rows / 2) * (image.AreaColumns ?? image.Calibration.Columns / 2);

    /// <summary>Makes sure that a reconstruction fits the memory of this machine, or what of it this process may have.</summary>
    /// <param name="parameters">Frame shape, number of frames, Limit, method.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="force">What the host calls the option that runs it all the same.</param>
    /// <exception cref="MemoryException">It does not.</exception>
    public static void Require(ReconstructionParameters parameters, int threads, string force = "--force")
    {
        double needed = Bytes(parameters, threads);
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > Share * available)
        {
            Calibration frame = parameters.Image.Calibration;
            bool sequential = parameters.Alignment.Method == PrealignmentMethods.Sequential;
            throw new MemoryException(FormattableString.Invariant(
                $"{parameters.SelectedImages.Count} frames of {frame.Rows}×{frame.Columns} px take about {needed / 1e9:0.0} GB for the {parameters.Restoration.Method} restoration; there are {available / 1e9:0.0} GB. Select fewer images (Range), bin the frames, {(sequential ? "" : "align them one against the other (Methprealign=sequential), ")}use fewer threads, or run it all the same with {force}."));
        }
    }
}
