using FsRec.Optics;

namespace FsRec.Parameters;

/// <summary>
/// Everything a parameter file (PRM) says, validated and immutable. The groups follow the file's sections; defaults are
/// the documentation's.
/// </summary>
public sealed record ReconstructionParameters
{
    /// <summary>Where frames come from and where results go.</summary>
    public FileParameters Files { get; init; } = new();

    /// <summary>The frames and the reference area.</summary>
    public ImageParameters Image { get; init; } = new();

    /// <summary>Pre-alignment and alignment.</summary>
    public AlignmentParameters Alignment { get; init; } = new();

    /// <summary>The microscope's constants.</summary>
    public Microscope Microscope { get; init; } = new();

    /// <summary>
    /// Defocus values in nm as the file gives them (key Foci): two are a linear ramp's ends, otherwise one a frame.
    /// <see cref="SelectedFoci"/> has them frame by frame.
    /// </summary>
    public IReadOnlyList<double> Foci { get; init; } = [];

    /// <summary>The linear reconstruction.</summary>
    public LinearParameters Linear { get; init; } = new();

    /// <summary>The focus-step analysis.</summary>
    public StepRefinementParameters StepRefinement { get; init; } = new();

    /// <summary>The autofocus.</summary>
    public AutofocusParameters Autofocus { get; init; } = new();
}
