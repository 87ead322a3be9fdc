using System.Globalization;
using System.Security.Cryptography;
using FsRec.Focus;
using FsRec.Formats;
using FsRec.Results;

namespace FsRec.Runs;

/// <summary><c>--stepanalysis</c> and <c>--autofocus</c>: analysis and correction of a reconstruction on disk.</summary>
public static class FocusRuns
{
    /// <summary>Writes the refined foci of an analysis.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <returns>The file written.</returns>
    public static string WriteFoci(FocusStepAnalysis analysis)
    {
        string path = OutputFiles.Of(analysis.Reconstruction.Series.Parameters).Foci;
        FocusFile.Write(path, analysis.RefinedFoci);
        return path;
    }

    /// <summary>Warns of each frame whose focus deserves a look: outliers and those at the end of the search range.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="context">Told of them.</param>
    public static void WarnOfFrames(FocusStepAnalysis analysis, RunContext context)
    {
        foreach (FocusEstimate frame in analysis.Frames)
        {
            if (frame.AtEdge)
            {
                context.Warn(FormattableString.Invariant(
                    $"Image {frame.ImageNumber}: the least difference lies at the end of the search range, {frame.Refined:0.0} nm. Give a larger Rangemultiplier."));
            }
            else if (frame.IsOutlier)
            {
                context.Warn(FormattableString.Invariant(
                    $"Image {frame.ImageNumber}: its focus, {frame.Refined:0.0} nm, lies {frame.Refined - frame.Fitted:0.0} nm off the line."));
            }
        }
    }

    /// <summary>Warns when the wave on disk is the one that an autofocus wrote: the documentation has it used once.</summary>
    /// <param name="files">The results.</param>
    /// <param name="context">Told of it.</param>
    public static void WarnOfSecondAutofocus(OutputFiles files, RunContext context)
    {
        if (File.Exists(files.Autofocus)
            && File.Exists(files.Wave)
            && File.ReadLines(files.Autofocus).FirstOrDefault() is { } header
            && header.Contains(Fingerprint(files.Wave), StringComparison.OrdinalIgnoreCase))
        {
            context.Warn($"'{files.Wave}' was corrected by an autofocus before. Put the corrected foci into the parameter file and reconstruct again before another.");
        }
    }

    /// <summary>Writes the corrected waves and the curve; the curve's first line remembers the wave it belongs to.</summary>
    /// <param name="result">The autofocus.</param>
    /// <returns>The files written.</returns>
    public static IReadOnlyList<string> WriteCorrected(AutofocusResult result)
    {
        Reconstruction corrected = result.Reconstruction;
        var files = OutputFiles.Of(corrected.Series.Parameters);
        WaveFile.Write(files.Wave, corrected.Wave);
        WaveFile.Write(files.FilteredWave, corrected.FilteredWave);
        string comment = string.Create(
            CultureInfo.InvariantCulture,
            $"Focus in nm, contrast ({result.Criterion}); least at {result.Focus:0.000} nm; corrected wave {Fingerprint(files.Wave)}");
        FrameTableFile.Write(files.Autofocus, comment, result.Curve.Select(static p => new[] { p.Focus, p.Contrast }));
        return [files.Wave, files.FilteredWave, files.Autofocus];
    }

    private static string Fingerprint(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return "SHA256:" + Convert.ToHexString(SHA256.HashData(stream));
    }
}
