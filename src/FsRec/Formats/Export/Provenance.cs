using System.Reflection;
using FsRec.Parameters;

namespace FsRec.Formats.Export;

/// <summary>What made a file: the program and its version, the parameters, the foci.</summary>
/// <param name="Parameters">The parameters; <see langword="null"/> when they are not known.</param>
/// <param name="Foci">Defocus of each frame in nm.</param>
/// <param name="Content">What the file holds, in words.</param>
public sealed record Provenance(ReconstructionParameters? Parameters, IReadOnlyList<double> Foci, string Content)
{
    /// <summary>Name and version of the program.</summary>
    public static string Program { get; } =
        "FsRec " + (typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "");

    /// <summary>The foci as a parameter file writes them.</summary>
    public string FociText => string.Join(',', Foci.Select(NumberText.Print));

    /// <summary>Everything as a text: a parameter file with a line or two before it.</summary>
    public override string ToString() =>
        $"# {Program}: {Content}\n" + (Foci.Count > 0 ? $"# Foci used, in nm: {FociText}\n" : "") + (Parameters is null ? "" : ParameterFile.Format(Parameters));
}
