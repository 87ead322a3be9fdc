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

        // A frame's pixels and its half spectrum; the part of the filters and transfer functions that the band needs.
        double each = (2 * pixels * sizeof(float)) + (1.5 * points * 2 * sizeof(float));
        double work = 4 * pixels * sizeof(float);
        bool model = parameters.Alignment.Prealignment && parameters.Alignment.Method != PrealignmentMethods.Sequential;
        if (model)
        {
            // What the alignment to the model keeps of each frame at the frequencies of half the band's disc; measured on 60 frames of 4096².
            each += 12 * (Math.PI / 8 * points) * 2 * sizeof(float);
        }

        if (parameters.Restoration.Method == RestorationMethod.Nonlinear)
        {
            // With a margin: weights, gradients and transfer functions; image waves of each node of the focus spread; the optimiser's steps.
            each += (1.5 * pixels * sizeof(float)) + (2 * points * 2 * sizeof(float));
            work += 1.5 * 12 * pixels * 2 * sizeof(float);
            return (frames * each) + (workers * work) + (24 * 1.5 * points * 2 * sizeof(float));
        }

        return (frames * each) + (workers * work) + (4 * pixels * 2 * sizeof(float));
    }

    /// <summary>Makes sure that a reconstruction fits the memory of this machine, or what of it this process may have.</summary>
    /// <param name="parameters">Frame shape, number of frames, Limit, method.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="force">What the host calls the option that runs it all the same.</param>
    /// <exception cref="FsRecException">It does not.</exception>
    public static void Require(ReconstructionParameters parameters, int threads, string force = "--force")
    {
        double needed = Bytes(parameters, threads);
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > Share * available)
        {
            Calibration frame = parameters.Image.Calibration;
            bool sequential = parameters.Alignment.Method == PrealignmentMethods.Sequential;
            throw new FsRecException(FormattableString.Invariant(
                $"{parameters.SelectedImages.Count} frames of {frame.Rows}×{frame.Columns} px take about {needed / 1e9:0.0} GB for the {parameters.Restoration.Method} restoration; there are {available / 1e9:0.0} GB. Select fewer images (Range), bin the frames, {(sequential ? "" : "align them one against the other (Methprealign=sequential), ")}use fewer threads, or run it all the same with {force}."));
        }
    }
}
