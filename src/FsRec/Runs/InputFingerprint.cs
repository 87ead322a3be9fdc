using System.Security.Cryptography;
using System.Text;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// What a state is checked against: everything that the bits of a result depend on. The frames count by their pixels and by their means before these were
/// divided by them, the parameters by their text.
/// </summary>
/// <param name="Build">Build of the library.</param>
/// <param name="Processor">Kind of processor.</param>
/// <param name="Options">What of the options a result depends on.</param>
/// <param name="Parameters">SHA-256 of the parameters and foci.</param>
/// <param name="Frames">Hash of the frames' means and pixels.</param>
internal sealed record InputFingerprint(string Build, string Processor, string Options, string Parameters, string Frames)
{
    /// <summary>The fingerprint of a series' reconstruction.</summary>
    public static InputFingerprint Of(FocalSeries series, bool usesPrevious)
    {
        // A stop has no time to look at every pixel: they were looked at when they were read.
        string frames = string.Join(',', series.Marks.Select(static m => FormattableString.Invariant($"{m.Mean:R} {m.Pixels:x32}")));
        return new InputFingerprint(
            Machine.Build,
            Machine.Processor,
            $"Restoration={series.Parameters.Restoration.Method}{(usesPrevious ? " from an earlier run's files" : "")}",
            Hash(Text(series)),
            Hash(frames));
    }

    /// <summary>In what a run differs from that of this fingerprint, as <c>for other frames</c>; <see langword="null"/> where in nothing.</summary>
    public string? Difference(InputFingerprint run) =>
        Build != run.Build ? "by another build of FsRec"
        : Processor != run.Processor ? $"on another processor ({Processor})"
        : Frames != run.Frames ? "for other frames"
        : Options != run.Options ? $"for other options ({Options}, not {run.Options})"
        : Parameters != run.Parameters ? "for other parameters"
        : null;

    /// <summary>The parameters as text, less what a run may be taken up with changed: how far it goes, and what it writes besides.</summary>
    private static string Text(FocalSeries series)
    {
        ReconstructionParameters p = series.Parameters;
        ReconstructionParameters essential = p with
        {
            Files = new FileParameters { ImageCount = p.Files.ImageCount },
            Linear = p.Linear with { Iterations = 1, SaveAligned = false, SaveIntermediate = false, OutputFilter = null },
            Restoration = p.Restoration with { NonlinearIterations = 1, NonlinearTolerance = 0 },
            StepRefinement = new StepRefinementParameters(),
            Autofocus = new AutofocusParameters(),
            // Its curves count, wherever they lie.
            Detector = new DetectorParameters(),
        };
        return ParameterFormatter.Format(essential) + string.Join(',', series.Foci.Select(NumberText.Print)) + series.Detector?.Points;
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
