namespace FsRec.Parameters;

/// <summary>Who gave the value of a key.</summary>
public enum ParameterOriginKind
{
    /// <summary>Nobody: the program's own value, or one that follows from others.</summary>
    Default,

    /// <summary>A line of a parameter file.</summary>
    File,

    /// <summary>The call: an option, a parameter of a cmdlet, a value of a sweep.</summary>
    Option,

    /// <summary>Usual values of a microscope.</summary>
    Preset,

    /// <summary>The files of the frames, or an <c>.mdoc</c> beside them.</summary>
    Frames,
}
