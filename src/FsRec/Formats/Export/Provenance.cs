using System.Globalization;
using System.Reflection;
using FsRec.Formats.Images;
using FsRec.Parameters;

namespace FsRec.Formats.Export;

/// <summary>What made a file: the program and its version, the parameters, the foci.</summary>
/// <param name="Parameters">The parameters; <see langword="null"/> when they are not known.</param>
/// <param name="Foci">Defocus of each frame in nm.</param>
/// <param name="Content">What the file holds, in words.</param>
public sealed record Provenance(ReconstructionParameters? Parameters, IReadOnlyList<double> Foci, string Content)
{
    /// <summary>How the line of the text begins that tells the foci.</summary>
    internal const string FociLine = "# Foci used, in nm: ";

    /// <summary>Name and version of the program.</summary>
    public static string Program { get; } =
        "FsRec " + (typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "");

    /// <summary>The foci as a parameter file writes them.</summary>
    public string FociText => string.Join(',', Foci.Select(NumberText.Print));

    /// <summary>What the foci of files of our own are, and how they are written.</summary>
    internal static DefocusSource FocusSource { get; } = new("FsRec foci", "nm", DefocusSign.UnderfocusNegative);

    /// <summary>Whether a program's name is ours.</summary>
    /// <param name="program">The name, as a file has it.</param>
    internal static bool IsOurs(string? program) => program is not null && program.StartsWith("FsRec ", StringComparison.Ordinal);

    /// <summary>The foci that a file of ours tells; <see langword="null"/> where they are not one an image.</summary>
    /// <param name="text">The foci as <see cref="FociText"/> writes them.</param>
    /// <param name="frames">Number of images.</param>
    internal static IReadOnlyList<double>? ReadFoci(string? text, int frames)
    {
        string[] parts = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var foci = new double[parts.Length];
        for (int i = 0; i < foci.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out foci[i]) || !double.IsFinite(foci[i]))
            {
                return null;
            }
        }

        return foci.Length > 0 && foci.Length == frames ? foci : null;
    }

    /// <summary>Everything as a text: a parameter file with a line or two before it.</summary>
    public override string ToString() =>
        $"# {Program}: {Content}\n" + (Foci.Count > 0 ? $"# Foci used, in nm: {FociText}\n" : "") + (Parameters is null ? "" : ParameterFile.Format(Parameters));
}
