using FsRec.Formats;
using FsRec.Formats.Images;
using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>The one place where the detector that parameters name is found.</summary>
public static class SeriesDetector
{
    // Frames are divided by the root of their noise's spectrum: where there is no noise, what is left would be all that they hold.
    private const double LeastNoise = 1e-6;

    /// <summary>What is wrong with the files of the detector that parameters name; those of its values that stand in the parameters are found with these.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <returns>One finding a file; the file and line are those of the curve.</returns>
    public static IEnumerable<ParameterFinding> Check(ReconstructionParameters parameters)
    {
        DetectorParameters detector = parameters.ResolvedDetector;
        foreach ((string key, CurveSource? source, DetectorCurveKind kind) in ((string, CurveSource?, DetectorCurveKind)[])
            [("MTF", detector.Mtf, DetectorCurveKind.Transfer), ("NPS", detector.Nps, DetectorCurveKind.Noise)])
        {
            DataException? problem = null;
            try
            {
                Curve(source, kind, parameters.Image.Calibration);
            }
            catch (DataException e)
            {
                problem = e;
            }

            if (problem is not null)
            {
                var table = problem as DetectorCurveException;
                yield return new ParameterFinding
                {
                    Severity = ParameterSeverity.Error,
                    File = table?.Path,
                    Line = table?.Line,
                    Key = key,
                    Found = table?.Found ?? problem.Message.TrimEnd('.'),
                    Expected = table?.Expected ?? "a file of blank frames, or of a curve",
                    Hint = table?.Hint,
                };
            }
        }
    }

    /// <summary>The detector of some parameters; <see langword="null"/> where they say nothing of it.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <exception cref="DataException">A file is missing or holds no curve.</exception>
    internal static Detector? Of(ReconstructionParameters parameters)
    {
        DetectorParameters detector = parameters.ResolvedDetector;
        return detector is { Mtf: null, Nps: null }
            ? null
            : new Detector(
                Curve(detector.Mtf, DetectorCurveKind.Transfer, parameters.Image.Calibration), Curve(detector.Nps, DetectorCurveKind.Noise, parameters.Image.Calibration), parameters.Image.Calibration.Nyquist);
    }

    /// <summary>The detector after a change of parameters; frames that were freed of the colour of their noise can only be taken with the same one.</summary>
    /// <param name="detector">The detector before.</param>
    /// <param name="before">The parameters before.</param>
    /// <param name="after">The parameters after.</param>
    /// <exception cref="FsRecException">The noise spectrum changes.</exception>
    /// <exception cref="DataException">A file is missing or holds no curve.</exception>
    internal static Detector? After(Detector? detector, ReconstructionParameters before, ReconstructionParameters after)
    {
        if (before.ResolvedDetector.Nps != after.ResolvedDetector.Nps)
        {
            throw new FsRecException("NPS, the spectrum of the frames' noise, is used when a series is read. Import the series again with it.");
        }

        if (detector?.Noise is not null && !SamePixels(before.Image.Calibration, after.Image.Calibration))
        {
            throw new FsRecException("NPS, the spectrum of the frames' noise, was used on pixels of another shape. Import the series again with the new Sampling.");
        }

        return before.ResolvedDetector.Mtf == after.ResolvedDetector.Mtf
            ? detector?.At(after.Image.Calibration.Nyquist)
            : after.ResolvedDetector is { Mtf: null, Nps: null }
                ? null
                : new Detector(Curve(after.ResolvedDetector.Mtf, DetectorCurveKind.Transfer, after.Image.Calibration), detector?.Noise, after.Image.Calibration.Nyquist);
    }

    private static bool SamePixels(Calibration a, Calibration b) =>
        Math.Abs((a.RowSampling * b.ColumnSampling) - (a.ColumnSampling * b.RowSampling)) <= 1e-6 * a.RowSampling * b.ColumnSampling;

    private static DetectorCurve? Curve(CurveSource? source, DetectorCurveKind kind, Calibration scale)
    {
        DetectorCurve? curve = Read(source, kind, scale);
        if (kind == DetectorCurveKind.Noise && curve is not null && curve.Values.Min() < LeastNoise * curve.Values.Max())
        {
            string least = FormattableString.Invariant($"{curve.Values.Min() / curve.Values.Max():g2} of the largest");
            throw new DataException(FormattableString.Invariant(
                $"NPS {source}: the least value is {least}; expected at least {LeastNoise:g1} of it. No detector is so quiet at any frequency: is it an image that has been filtered?"));
        }

        return curve;
    }

    private static DetectorCurve? Read(CurveSource? source, DetectorCurveKind kind, Calibration scale)
    {
        if (source?.Path is not { } path)
        {
            return source is null ? null : DetectorCurve.Even(source.Values);
        }

        DetectorCurveFile.RequireFile(path, kind);
        bool isImage = ImageFile.IsKnown(path);
        // Of images the noise can be measured, and nothing else.
        return isImage && kind == DetectorCurveKind.Transfer
            ? throw new DetectorCurveException(kind, path, null, "a file of images", DetectorCurveFile.Expected(kind), "Blank frames tell the NPS alone.")
            : isImage ? BlankFrames.Spectrum(path, scale) : DetectorCurveFile.Read(path, kind);
    }
}
