using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Formats.Microscopes;

/// <summary>Usual values of a microscope, for a series whose files do not have them. Nominal: one's own, measured values are better.</summary>
public sealed record MicroscopePreset
{
    /// <summary>The name that it is chosen by.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>What it is.</summary>
    public string Description { get; init => field = value ?? ""; } = "";

    /// <summary>
    /// Where the values come from. Nominal ones are of the order that is usual: a semiconvergence of 0.2 mrad for a beam spread over some hundred nm (0.05 for the
    /// parallel beams of cryo-microscopy), a focus spread of C_c about 1.3 mm with 0.7 to 0.9 eV of a field emitter and the supplies' instability, growing as the voltage
    /// falls, an image spread of 20 pm.
    /// </summary>
    public string Origin { get; init => field = value ?? ""; } = "";

    /// <summary>Acceleration voltage in kV.</summary>
    public double Voltage { get; init; }

    /// <summary>Spherical aberration of third order in nm.</summary>
    public double C3 { get; init; }

    /// <summary>Spherical aberration of fifth order in nm.</summary>
    public double C5 { get; init; }

    /// <summary>Semi-convergence angle in mrad.</summary>
    public double Semiconvergence { get; init; }

    /// <summary>Focus spread in nm.</summary>
    public double FocusSpread { get; init; }

    /// <summary>Image spread in pm.</summary>
    public double ImageSpread { get; init; }

    /// <summary>Whether it stands for any microscope of its voltage, and is assumed where nothing is said.</summary>
    public bool IsGeneric { get; init; }

    /// <summary>The file that it comes from; empty when it came with the program.</summary>
    public string Source { get; init => field = value ?? ""; } = "";

    /// <summary>The microscope.</summary>
    public Microscope ToMicroscope() => new()
    {
        Voltage = Voltage,
        C3 = C3,
        C5 = C5,
        Semiconvergence = Semiconvergence,
        FocusSpread = FocusSpread,
        ImageSpread = ImageSpread,
    };

    /// <summary>Where values that are its own come from, in words.</summary>
    public string ToOrigin() => $"preset {Name}";

    /// <summary>Its values by key, as a parameter file writes them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToValues() =>
    [
        new("Voltage", NumberText.Print(Voltage)), new("C3", NumberText.Print(C3)), new("C5", NumberText.Print(C5)),
        new("Semiconvergence", NumberText.Print(Semiconvergence)), new("Focusspread", NumberText.Print(FocusSpread)), new("Imagespread", NumberText.Print(ImageSpread)),
    ];

    /// <inheritdoc />
    public override string ToString() => Name;
}
