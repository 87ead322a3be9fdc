namespace FsRec.Rendering;

/// <summary>How a terminal shows pictures.</summary>
public enum TerminalProtocol
{
    /// <summary>Characters of two colours, upper half and lower half: every terminal with 24-bit colours.</summary>
    HalfBlock,

    /// <summary>Sixel, of DEC's VT340 and of xterm, Windows Terminal, foot and others.</summary>
    Sixel,

    /// <summary>The graphics protocol of Kitty, WezTerm, Ghostty and others.</summary>
    Kitty,
}
