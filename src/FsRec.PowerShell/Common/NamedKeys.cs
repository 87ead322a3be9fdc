namespace FsRec.PowerShell;

/// <summary>The keys that are parameters of the cmdlets which use them; <c>-Set</c> takes the others too.</summary>
internal static class NamedKeys
{
    private static readonly string[] Input = ["INPUTPATH", "Range", "Fixhotpix"];
    private static readonly string[] Output = ["OUTPUTPATH", "OUTPUTFILENAME"];
    private static readonly string[] Area = ["AREA", "Offset"];
    private static readonly string[] Optics = ["Voltage", "C3", "C5", "Semiconvergence", "Focusspread", "Imagespread"];
    private static readonly string[] Steps = ["Rangemultiplier", "Stepmultiplier", "Refinementfilter"];
    private static readonly string[] Correction = ["Autofocusrange", "Autofocusfilter"];

    /// <summary>Of what aligns a series before there is a wave.</summary>
    public static IReadOnlyList<string> Prealignment { get; } =
        [.. Area, "Comkernel", "Maxprealign", "Commonframe", "Raverage", "Methprealign", "Invertprealign", "Alignmentfilter", "Alignmentprecision", "Foci", "Limit"];

    /// <summary>Of a reconstruction from frames in memory.</summary>
    public static IReadOnlyList<string> Reconstruction { get; } =
        [.. Output, "Prealignment", .. Prealignment, .. Optics, "Envelopes", "Filtercutoff", "LinearIterations", "Stopwhenaligned", "Savealigned", "Saveintermediaterec", "Outputfilter", "Refineaberrations"];

    /// <summary>Of what reads a series.</summary>
    public static IReadOnlyList<string> Series { get; } = [.. Input, .. Reconstruction];

    /// <summary>Of a focus-step analysis.</summary>
    public static IReadOnlyList<string> FocusSteps { get; } = [.. Area, .. Optics, "Foci", "Limit", .. Steps];

    /// <summary>Of an autofocus.</summary>
    public static IReadOnlyList<string> Autofocus { get; } = [.. Area, "Voltage", "Foci", .. Correction];

    /// <summary>Of parameters as such and of whole runs.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Series, .. Steps, .. Correction];
}
