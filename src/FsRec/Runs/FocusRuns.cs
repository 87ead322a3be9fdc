using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FsRec.Focus;
using FsRec.Formats;
using FsRec.Results;

namespace FsRec.Runs;

/// <summary><c>--stepanalysis</c> and <c>--autofocus</c>: analysis and correction of a reconstruction on disk.</summary>
public static class FocusRuns
{
    /// <summary>The refined foci of an analysis.</summary>
    /// <param name="analysis">The analysis.</param>
    internal static OutputFile Foci(FocusStepAnalysis analysis) => new(
        OutputFiles.Of(analysis.Reconstruction.Series.Parameters).Foci, "refined foci", path => FocusFile.Write(path, analysis.RefinedFoci));

    /// <summary>Warns of each frame whose focus deserves a look: outliers and those at the end of the search range.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="context">Told of them.</param>
    public static void WarnOfFrames(FocusStepAnalysis analysis, RunContext context)
    {
        foreach (FocusEstimate frame in analysis.Frames)
        {
            if (frame.AtEdge)
            {
                context.Warn(WarningIds.FocusAtEdge, FormattableString.Invariant(
                    $"image {frame.ImageNumber}: the least difference lies at the end of the search range, {frame.Refined:0.0} nm. Give a larger Rangemultiplier."));
            }
            else if (frame.IsOutlier)
            {
                context.Warn(WarningIds.FocusOutlier, FormattableString.Invariant(
                    $"image {frame.ImageNumber}: its focus, {frame.Refined:0.0} nm, lies {frame.Refined - frame.Fitted:0.0} nm off the line."));
            }
        }
    }

    /// <summary>What there is to say of an autofocus whose least contrast lies at the end of its range.</summary>
    /// <param name="result">The autofocus.</param>
    public static string AtEdge(AutofocusResult result) => FormattableString.Invariant(
        $"the least contrast lies at the end of the search range, {result.Focus:0.0} nm, and the true focus may lie beyond: wave and foci are left as they were. Give a larger Autofocusrange.");

    /// <summary>Warns when the wave on disk is the one that an autofocus wrote: the documentation has it used once.</summary>
    /// <param name="files">The results.</param>
    /// <param name="context">Told of it.</param>
    public static void WarnOfSecondAutofocus(OutputFiles files, RunContext context)
    {
        bool second;
        try
        {
            second = File.Exists(files.Autofocus)
                && File.Exists(files.Wave)
                && RegularFile.Length(files.Autofocus) > 0
                && File.ReadLines(files.Autofocus).FirstOrDefault() is { } header
                && header.Contains(Fingerprint(files.Wave), StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            context.Warn(WarningIds.SecondAutofocus, $"whether '{files.Wave}' was corrected by an autofocus before is not known: {e.Message}");
            return;
        }

        if (second)
        {
            context.Warn(WarningIds.SecondAutofocus, $"'{files.Wave}' was corrected by an autofocus before. Put the corrected foci into the parameter file and reconstruct again before another.");
        }
    }

    /// <summary>The corrected waves, where there was something to correct them by, and the curve; the curve's first line remembers the wave it belongs to.</summary>
    internal static IEnumerable<OutputFile> Corrected(AutofocusResult result)
    {
        Reconstruction corrected = result.Reconstruction;
        var files = OutputFiles.Of(corrected.Series.Parameters);
        string outcome = "at the end of the range; wave not corrected";
        if (!result.AtEdge)
        {
            yield return new(files.Wave, "corrected exit wave", path => WaveFile.Write(path, corrected.Wave));
            yield return new(files.FilteredWave, "corrected filtered exit wave", path => WaveFile.Write(path, corrected.FilteredWave));
            outcome = "corrected wave SHA256:" + Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(corrected.Wave.Interleaved)));
        }

        string comment = string.Create(
            CultureInfo.InvariantCulture,
            $"Focus in nm, contrast ({result.Criterion}); least at {result.Focus:0.000} nm; {outcome}");
        yield return new(
            files.Autofocus, "autofocus curve", path => FrameTableFile.Write(path, comment, result.Curve.Select(static p => new[] { p.Focus, p.Contrast })));
    }

    private static string Fingerprint(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return "SHA256:" + Convert.ToHexString(SHA256.HashData(stream));
    }
}
