namespace FsRec.Parameters;

/// <summary>The stages of a run that look at a key.</summary>
[Flags]
public enum KeyStages
{
    /// <summary>No stage.</summary>
    None = 0,

    /// <summary>The reading of a series; a change comes too late once the frames are in memory.</summary>
    Import = 1,

    /// <summary>The writing of results.</summary>
    Output = 1 << 1,

    /// <summary>The alignment before there is a wave.</summary>
    Prealignment = 1 << 2,

    /// <summary>The reconstruction by any method.</summary>
    Reconstruction = 1 << 3,

    /// <summary>The focus-step analysis.</summary>
    FocusSteps = 1 << 4,

    /// <summary>The autofocus.</summary>
    Autofocus = 1 << 5,

    /// <summary>Everything that is made of frames in memory.</summary>
    Methods = Prealignment | Reconstruction | FocusSteps | Autofocus,

    /// <summary>All stages.</summary>
    All = Import | Output | Methods,
}
