using System.Security.Cryptography;
using System.Text;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// What a state is checked against: everything that the bits of a result depend on. The frames count by their pixels and by their means before these were
/// divided by them, the parameters by their values, so that those that differ can be named.
/// </summary>
/// <param name="Build">Build of the library.</param>
/// <param name="Processor">Kind of processor.</param>
/// <param name="Method">How the wave is restored.</param>
/// <param name="UsesPrevious">Whether the reconstruction goes on from an earlier run's files.</param>
/// <param name="Parameters">The parameters, a line each, key and value.</param>
/// <param name="Optics">SHA-256 of the foci and of the detector's curves, wherever they come from.</param>
/// <param name="Frames">Hash of the frames' means and pixels.</param>
internal sealed record InputFingerprint(string Build, string Processor, string Method, bool UsesPrevious, string Parameters, string Optics, string Frames)
{
    // More are not read: where so many differ it is another run altogether.
    private const int MostKeys = 4;

    /// <summary>The fingerprint of a series' reconstruction.</summary>
    public static InputFingerprint Of(FocalSeries series, bool usesPrevious)
    {
        // A stop has no time to look at every pixel: they were looked at when they were read.
        string frames = string.Join(',', series.Marks.Select(static m => FormattableString.Invariant($"{m.Mean:R} {m.Pixels:x32}")));
        return new InputFingerprint(
            Machine.Build,
            Machine.Processor,
            series.Parameters.Restoration.Method.ToString(),
            usesPrevious,
            Text(series.Parameters),
            Hash(string.Join(',', series.Foci.Select(NumberText.Print)) + series.Detector?.Points),
            Hash(frames));
    }

    /// <summary>
    /// In what a run differs from that of this fingerprint, and what to do about it, as <c>for other frames than this run's.</c>; <see langword="null"/> where
    /// in nothing.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="names">What options are called.</param>
    public string? Difference(InputFingerprint run, OptionNames names)
    {
        string keys = Keys(run);
        string same = $"{names.Resume} takes the same options as the run that was stopped ({names.Set} too)";
        return Build != run.Build ? "by another build of FsRec than this run's."
            : Processor != run.Processor ? $"on another processor ({Processor}) than this run's."
            : Method != run.Method ? $"for other options than this run's: Restoration={Method}, not {run.Method}. To take it up, {names.Restoring(Method)}."
            : UsesPrevious != run.UsesPrevious
                ? $"for other options than this run's: {(UsesPrevious ? "it goes" : "it does not go")} on from an earlier run's files. To take it up, "
                    + $"{(UsesPrevious ? "add" : "leave out")} {names.UsePrevious}."
            : Frames != run.Frames ? $"for other frames{(keys.Length > 0 ? $" and parameters than this run's: {keys}. {same}" : " than this run's")}."
            : keys.Length > 0 ? $"for other parameters than this run's: {keys}. {same}."
            : Optics != run.Optics ? $"for other parameters than this run's: other foci, or another detector. {same}."
            : null;
    }

    // The keys that differ, as Limit=5, not 5.5.
    private string Keys(InputFingerprint run)
    {
        Dictionary<string, string> mine = Values(Parameters);
        Dictionary<string, string> others = Values(run.Parameters);
        string[] found = [.. ParameterKeys.All.Select(key => (key.Name, Mine: mine.GetValueOrDefault(key.Name) ?? "", Other: others.GetValueOrDefault(key.Name) ?? ""))
            .Where(static key => key.Mine != key.Other)
            .Select(static key => $"{key.Name}{(key.Mine.Length > 0 ? "=" + key.Mine : " left out")}, not {(key.Other.Length > 0 ? key.Other : "left out")}")];
        return string.Join("; ", found.Take(MostKeys)) + (found.Length > MostKeys ? $"; and {found.Length - MostKeys} more" : "");
    }

    private static Dictionary<string, string> Values(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split('=', 2))
            .ToDictionary(static pair => pair[0], static pair => pair[^1], StringComparer.Ordinal);

    /// <summary>The parameters as text, less what a run may be taken up with changed: how far it goes, and what it writes besides.</summary>
    private static string Text(ReconstructionParameters p)
    {
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
        return string.Concat(ParameterKeys.All.Select(key => $"{key.Name}={key.Print(essential)?.ReplaceLineEndings(" ")}\n"));
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
