using System.Collections;
using System.Management.Automation;
using System.Text.RegularExpressions;
using FsRec.Alignment;
using FsRec.Focus;
using FsRec.Formats.Microscopes;
using FsRec.Parameters;
using FsRec.Resolution;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Sweeps;

namespace FsRec.PowerShell;

/// <summary>What objects are in the words of a user, who knows no classes, and which cmdlets make them.</summary>
internal static partial class ObjectWords
{
    private static readonly (Type Type, string Words, string? Makers)[] Known =
    [
        (typeof(Reconstruction), "a reconstruction", "Invoke-FsrReconstruction"),
        (typeof(ExitWave), "a wave", "Import-FsrWave"),
        (typeof(PrealignmentResult), "a pre-alignment", "Invoke-FsrPrealignment"),
        (typeof(AlignedSeries), "an aligned series", "Invoke-FsrPrealignment"),
        (typeof(SimulatedSeries), "a simulated series", "New-FsrSimulatedSeries"),
        (typeof(FocalSeries), "a focal series", "Import-FocalSeries"),
        (typeof(FocusStepAnalysis), "an analysis of foci", "Measure-FsrFocusStep"),
        (typeof(AutofocusResult), "an autofocus", "Invoke-FsrAutofocus"),
        (typeof(ResolutionMeasurement), "a resolution", "Measure-FsrResolution"),
        (typeof(FrameDisplacement), "displacements", "Import-FsrDisplacement"),
        (typeof(FrameFocus), "foci", "Import-FsrFocus"),
        (typeof(RunRecord), "a run", "Invoke-FsrRun"),
        (typeof(RunResult), "a run", "Invoke-FsrRun"),
        (typeof(SweepRow), "a row of a sweep", "Invoke-FsrSweep"),
        (typeof(ReconstructionParameters), "parameters", "Import-FsrParameter"),
        (typeof(IterationRecord), "an iteration", null),
        (typeof(MicroscopePreset), "a microscope", null),
    ];

    /// <summary>What a cmdlet takes, and of which cmdlets it comes.</summary>
    /// <param name="types">The types, the usual one first; those without words are left out.</param>
    /// <returns>A part of a sentence; empty where none has words.</returns>
    public static string Wanted(IEnumerable<Type> types) => string.Join(
        ", or ",
        types.SelectMany(static type => Known.Where(k => k.Type == type && k.Makers is not null)).Select(static k => $"{k.Words}, of {k.Makers}").Distinct());

    /// <summary>An object with its article.</summary>
    /// <param name="given">The object.</param>
    public static string Of(object? given) => given switch
    {
        null => "nothing",
        string text => $"the text '{text}'",
        FileInfo file => $"the file '{file.Name}'",
        DirectoryInfo folder => $"the folder '{folder.Name}'",
        bool truth => $"the truth value {truth}",
        IDictionary => "a hash table",
        PSCustomObject => "an object with properties of its own",
        IConvertible number and not (DateTime or char or Enum) => FormattableString.Invariant($"the number {number}"),
        IEnumerable => "a list",
        _ when Known.FirstOrDefault(k => k.Type.IsInstanceOfType(given)).Words is { } words => words,
        _ when IsOurs(given) => OfClass(given.GetType().Name),
        _ => $"an object of the type {given.GetType().Name}",
    };

    /// <summary>An object of a class of the module with its article, by the words that the name of the class is made of: FocusAdvice is a focus advice.</summary>
    /// <param name="name">Name of the class.</param>
    public static string OfClass(string name)
    {
        if (Known.FirstOrDefault(k => k.Type.Name == name).Words is { } words)
        {
            return words;
        }

#pragma warning disable CA1308 // A text for people.
        string plain = Capital().Replace(name, " $0").Trim().ToLowerInvariant();
#pragma warning restore CA1308
        return (plain[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + plain;
    }

    /// <summary>Whether an object is one of the module's.</summary>
    /// <param name="value">The object.</param>
    public static bool IsOurs(object? value) => value?.GetType().Namespace is { } space && (space == "FsRec" || space.StartsWith("FsRec.", StringComparison.Ordinal));

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
