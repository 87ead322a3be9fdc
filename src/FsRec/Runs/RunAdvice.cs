using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Runs;

/// <summary>What a user should know about results that are valid and yet doubtful; hosts and runs warn by the same rules.</summary>
public static class RunAdvice
{
    /// <summary>Share of the room about the reference area from which on a displacement is near the frame's edge.</summary>
    private const double NearEdge = 0.9;

    /// <summary>Warns of defective pixels that are left in the frames, and tells of those that were replaced.</summary>
    /// <param name="series">The series, whose frames were read.</param>
    /// <param name="context">Told of them.</param>
    public static void OfFrames(FocalSeries series, RunContext context)
    {
        (int Count, int Image)[] frames = [.. series.DefectivePixels.Zip(series.ImageNumbers).Where(static f => f.First > 0).OrderByDescending(static f => f.First)];
        if (frames.Length == 0)
        {
            return;
        }

        string text = FormattableString.Invariant($"{Counted.Of(frames.Sum(static f => (long)f.Count), "pixel")} in {Counted.Of(frames.Length, "image")}, most of them in image {frames[0].Image} ({frames[0].Count}),");
        if (series.Parameters.Image.FixHotPixels)
        {
            context.Tell($"{text} were defective and were replaced by the median around them.");
        }
        else
        {
            // What stays on the camera shows in most images.
            string cause = 2 * frames.Length > series.Count
                ? "as no specimen does: hot or dead pixels, or hits of cosmic rays. Fixhotpix=Yes replaces them."
                : "in some images only: hits of cosmic rays, or atom columns that few images show so sharp. Fixhotpix=Yes replaces them, and would spoil the columns: look at the images first.";
            context.Warn(WarningIds.DefectivePixels, $"{text} stand out from their neighbours {cause}");
        }
    }

    /// <summary>Warns of files that were written again while a run was at work: its record names what lies there, and the results are of what was read.</summary>
    /// <param name="series">The series, whose frames were read.</param>
    /// <param name="context">Told of them.</param>
    public static void OfInputs(FocalSeries series, RunContext context)
    {
        if (series.ChangedFiles is { Count: > 0 and var count } changed)
        {
            context.Warn(WarningIds.InputChanged, $"'{changed[0]}'{(count == 1 ? " was" : $" and {Counted.Of(count - 1, "other file")} were")} written again after the run had begun to read the series: the results are of what was there before, or of parts of both, and not of what the record names. Run again once the series is whole.");
        }
    }

    /// <summary>Warns of foci that are ten times too large, as those in Å are.</summary>
    /// <param name="series">The series.</param>
    /// <param name="context">Told of them.</param>
    public static void OfFoci(FocalSeries series, RunContext context)
    {
        if (FocusUnit.IsTenfold(series, context.Threads, context.Progress, context.CancellationToken))
        {
            (double first, double last) = (series.Foci[0], series.Foci[^1]);
            context.Warn(WarningIds.FocusUnit, FormattableString.Invariant(
                $"the spectra of the frames change along the series as at foci of {FocusUnit.Tenth * first:0.#} to {FocusUnit.Tenth * last:0.#} nm, and not as at {first:0.#} to {last:0.#} nm. Foci are in nm: were they given in Å?"));
        }
    }

    /// <summary>Warns of frames that are displaced so far that the reference area nearly lies over their edge.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="context">Told of them.</param>
    public static void OfDrift(AlignedSeries aligned, RunContext context)
    {
        ReferenceArea area = aligned.Series.ReferenceArea;
        Calibration frame = aligned.Series.Calibration;
        FrameDisplacement[] far = [.. aligned.Displacements.Where(d =>
            Used(d.Dx, area.Left, frame.Columns - area.Right) > NearEdge || Used(d.Dy, area.Top, frame.Rows - area.Bottom) > NearEdge)];
        if (far.Length > 0)
        {
            FrameDisplacement farthest = far.MaxBy(static d => Math.Max(Math.Abs(d.Dx), Math.Abs(d.Dy)));
            context.Warn(WarningIds.NearFrameEdge, FormattableString.Invariant(
                $"{(far.Length == 1 ? $"image {farthest.ImageNumber}" : $"{far.Length} images, such as {farthest.ImageNumber}")}, displaced by ({farthest.Dx:0.0}, {farthest.Dy:0.0}) px, {(far.Length == 1 ? "brings" : "bring")} the reference area near the frame's edge: there is room from {-area.Left} to {frame.Columns - area.Right} px in x and from {-area.Top} to {frame.Rows - area.Bottom} px in y. A smaller AREA or another Offset gives more."));
        }
    }

    /// <summary>
    /// Warns when the iterations that the parameters ask for were made and the last of them still moved a frame by more than
    /// Alignmentprecision. The part of the moves that is linear in defocus does not count, as it creeps for ever. Fewer iterations than
    /// LinearIterations are a part of a longer reconstruction: of that it is only told.
    /// </summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <param name="context">Told of it.</param>
    public static void OfConvergence(Reconstruction reconstruction, RunContext context)
    {
        IReadOnlyList<IterationRecord> history = reconstruction.History;
        double precision = reconstruction.Series.Parameters.Alignment.Precision;
        if (history.Count == 0 || history[^1].LargestMoveWithoutTilt <= precision)
        {
            return;
        }

        string text = FormattableString.Invariant(
            $"{(history.Count == 1 ? "the only iteration" : $"the last of {history.Count} iterations")} still moved a frame by {history[^1].LargestMoveWithoutTilt:0.000} px without tilt, more than Alignmentprecision, {precision} px.");
        int asked = reconstruction.Series.Parameters.Linear.Iterations;
        if (history.Count >= asked)
        {
            context.Warn(WarningIds.NotConverged, $"{text} Continue with more iterations.");
        }
        else
        {
            context.Tell($"T{text[1..]} They are fewer than LinearIterations, {asked}: a part of a reconstruction, of which there is no warning.");
        }
    }

    /// <summary>Warns when a refinement has used up its iterations before what is left of its misfit is little beside what noise leaves.</summary>
    /// <param name="refined">The refinement.</param>
    /// <param name="context">Told of it.</param>
    public static void OfConvergence(NonlinearResult refined, RunContext context)
    {
        if (!refined.HasConverged)
        {
            context.Warn(WarningIds.NotConverged, FormattableString.Invariant(
                $"after {Counted.Of(refined.Iterations.Count, "iteration")} the nonlinear refinement still leaves {Stated.Part(refined.MisfitLeft)} the misfit that noise leaves, more than {NonlinearPolicy.Default.TolerableLeft}: the wave is off by want of iterations too, and its stated errors do not know of it. Give more of them (NonlinearIterations)."));
        }
    }

    private static double Used(double displacement, int before, int after)
    {
        double room = displacement < 0 ? before : after;
        return displacement == 0 ? 0 : Math.Abs(displacement) / room;
    }
}
