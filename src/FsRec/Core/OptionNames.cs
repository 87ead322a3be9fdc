namespace FsRec;

/// <summary>What a host calls the options of a run, so that messages speak of what their reader can type.</summary>
public sealed record OptionNames
{
    /// <summary>As <c>fsrec</c> has them.</summary>
    public static OptionNames Console { get; } = new();

    /// <summary>As the cmdlets have them.</summary>
    public static OptionNames PowerShell { get; } = new()
    {
        Iterations = "-Iterations",
        UsePrevious = "-UsePrevious",
        PrealignOnly = "-PrealignOnly",
        StepAnalysis = "-StepAnalysis",
        Autofocus = "-Autofocus",
        Boxcar = "-Boxcar",
        CrossValidate = "-Every",
        Resume = "-Resume",
        Force = "-Force",
        Headerless = "by -Dimensions and -Pixeltype",
        Set = "-Set",
        Method = "-Method",
    };

    /// <summary>How the shape and the numbers of a file without a header are given, to messages of readers, which serve all hosts.</summary>
    internal const string HeaderlessAnywhere = "by Dimensions and Pixeltype (fsrec: --dimensions, --pixel-type)";

    /// <summary>Number of linear iterations.</summary>
    public string Iterations { get; init; } = "--liniter";

    /// <summary>Continue from the output of an earlier run.</summary>
    public string UsePrevious { get; init; } = "--useprevious";

    /// <summary>End after the pre-alignment.</summary>
    public string PrealignOnly { get; init; } = "--prealignonly";

    /// <summary>Analyse the focus steps.</summary>
    public string StepAnalysis { get; init; } = "--stepanalysis";

    /// <summary>Find the focus of least contrast.</summary>
    public string Autofocus { get; init; } = "--autofocus";

    /// <summary>Frames a sum.</summary>
    public string Boxcar { get; init; } = "--boxcar";

    /// <summary>Every how many-th frame is left out and predicted.</summary>
    public string CrossValidate { get; init; } = "--crossvalidate";

    /// <summary>Take up a run that was stopped.</summary>
    public string Resume { get; init; } = "--resume";

    /// <summary>Give a key another value than the parameter file's.</summary>
    public string Set { get; init; } = "--set";

    /// <summary>How the wave is restored; empty where there is an option for the nonlinear refinement only, and the key says the rest.</summary>
    public string Method { get; init; } = "";

    /// <summary>What says where results go.</summary>
    public string Place { get; init; } = "OUTPUTPATH or OUTPUTFILENAME";

    /// <summary>How the shape and the numbers of a file without a header are given.</summary>
    public string Headerless { get; init; } = "by --dimensions and --pixel-type";

    /// <summary>How to ask for a way of restoring the wave.</summary>
    /// <param name="method">Its word.</param>
    internal string Restoring(string method) => Method.Length > 0 ? $"add {Method} {method}"
        : method == "Nonlinear" ? "add --nonlinear"
        : $"add {Set} Restoration={method}, without --nonlinear";

    /// <summary>What to do where results of an earlier run are missing or do not go together, whichever of the options was given that read them.</summary>
    internal string FromFrames => $"Run a reconstruction from the frames first, with none of {UsePrevious}, {StepAnalysis} and {Autofocus}.";

    /// <summary>Replace read-only results, and run where the memory does not seem to suffice.</summary>
    public string Force { get; init; } = "--force";
}
