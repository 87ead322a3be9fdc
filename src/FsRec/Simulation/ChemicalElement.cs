namespace FsRec.Simulation;

/// <summary>The elements that simulated specimens are built of.</summary>
public enum ChemicalElement
{
    /// <summary>Carbon.</summary>
    C,

    /// <summary>Nitrogen.</summary>
    N,

    /// <summary>Oxygen.</summary>
    O,

    /// <summary>Silicon.</summary>
    Si,

    /// <summary>Titanium.</summary>
    Ti,

    /// <summary>Strontium.</summary>
    Sr,

    /// <summary>Gold.</summary>
    Au,
}
