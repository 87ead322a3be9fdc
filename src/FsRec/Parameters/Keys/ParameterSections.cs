namespace FsRec.Parameters;

/// <summary>The sections of a parameter file, in the documentation's spelling and order.</summary>
public static class ParameterSections
{
    /// <summary>Where frames come from and where results go.</summary>
    public const string InputOutput = "INPUT/OUTPUT";

    /// <summary>The frames and the reference area.</summary>
    public const string ImageData = "IMAGEDATA";

    /// <summary>Pre-alignment.</summary>
    public const string Alignment = "ALIGNMENT";

    /// <summary>The microscope and the foci.</summary>
    public const string Optics = "OPTICS";

    /// <summary>The linear reconstruction.</summary>
    public const string Reconstruction = "RECONSTRUCTION";

    /// <summary>The focus-step analysis.</summary>
    public const string StepRefinement = "STEPREFINEMENT";

    /// <summary>The autofocus.</summary>
    public const string AutoCorrection = "AUTOCORRECTION";

    /// <summary>All sections in the order of the documentation's example.</summary>
    public static IReadOnlyList<string> All { get; } =
        [InputOutput, ImageData, Alignment, Optics, Reconstruction, StepRefinement, AutoCorrection];

    /// <summary>Finds a section by name, in any case.</summary>
    /// <param name="name">The name, without brackets.</param>
    /// <returns>The name as the documentation spells it; <see langword="null"/> when there is none.</returns>
    public static string? Find(string name) =>
        All.FirstOrDefault(section => section.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
}
