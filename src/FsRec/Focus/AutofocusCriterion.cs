namespace FsRec.Focus;

/// <summary>Whose contrast the autofocus makes least.</summary>
public enum AutofocusCriterion
{
    /// <summary>The real part of the wave, as the documentation has it: a weak phase object in focus has none.</summary>
    RealPart,

    /// <summary>
    /// The intensity of the image that the wave makes, as the published program has it: it applies the microscope's C3 (and C5) again at every
    /// focus, and the wave it leaves carries them. For comparison with that program's results; the focus it finds is not the exit plane's.
    /// </summary>
    Intensity,
}
