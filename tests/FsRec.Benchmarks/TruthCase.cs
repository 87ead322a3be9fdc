using System.Globalization;
using FsRec.Optics;
using FsRec.Simulation;

namespace FsRec.Benchmarks;

/// <summary>A simulated series that a reconstruction is held against, and what it must reach.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Series">The series.</param>
internal sealed record TruthCase(string Name, SimulationParameters Series)
{
    private static readonly Microscope Uncorrected = new() { Voltage = 200, C3 = 1.2e6, Semiconvergence = 0.1, FocusSpread = 4, ImageSpread = 20 };
    private static readonly Microscope Corrected = new() { Voltage = 300, C3 = -15_000, Semiconvergence = 0.1, FocusSpread = 3, ImageSpread = 20 };

    // Images of a finer model than any reconstruction's: illumination tilts one by one, focus nodes to 10⁻⁵, specimen beyond the frame.
    private static readonly SimulationParameters Fine = new() { SpatialCoherence = SpatialCoherence.Tilts };

    private static readonly SimulationParameters Thick = Fine with
    {
        Specimen = SpecimenKind.GoldParticle,
        Calibration = Square(512),
        Microscope = Uncorrected,
        FirstFocus = -190,
        LastFocus = -60,
        FocusErrors = new FocusErrors { RandomRms = 1.5, StepError = 0.03 },
    };

    private static readonly SimulationParameters Reversing = Fine with
    {
        Specimen = SpecimenKind.Crystal,
        Calibration = Square(256),
        Microscope = Corrected,
        FirstFocus = -10,
        LastFocus = 14,
        FrameCount = 13,
        Limit = 7,
    };

    private static readonly SimulationParameters LowDose = Fine with
    {
        Specimen = SpecimenKind.Graphite,
        Calibration = Square(512),
        Microscope = new Microscope { Voltage = 300, C3 = 2.7e6, Semiconvergence = 0.1, FocusSpread = 4, ImageSpread = 20 },
        FrameCount = 30,
        Dose = 60,
    };

    /// <summary>The seeds on a command line: its whole numbers, 1 without any.</summary>
    public static int[] Seeds(IReadOnlyList<string> args) =>
        [.. args.Where(static a => int.TryParse(a, out _)).Select(static a => int.Parse(a, CultureInfo.InvariantCulture)).DefaultIfEmpty(1)];

    /// <summary>All cases.</summary>
    public static IReadOnlyList<TruthCase> All { get; } =
    [
        new("thick", Thick),
        new("thick-small", Thick with { Calibration = Square(256) }),
        new("thick-c3", Thick with { NominalMicroscope = Uncorrected with { C3 = 1.1 * Uncorrected.C3 } }),
        new("thick-spread", Thick with { NominalMicroscope = Uncorrected with { FocusSpread = 1.2 * Uncorrected.FocusSpread } }),
        new("thick-doses", Thick with { DoseSpread = 0.2 }),
        new("thick-background", Thick with { Calibration = Square(256), Background = 0.05 }),
        new("reversing", Reversing),
        new("reversing-background", Reversing with { Background = 0.05 }),
        new("reversing-jump", Reversing with { Drift = Fine.Drift with { Jump = 40 } }),
        new("reversing-shift", Reversing with { FocusErrors = new FocusErrors { Offset = 5 } }),
        new("reversing-c3", Reversing with { NominalMicroscope = Corrected with { C3 = 1.1 * Corrected.C3 } }),
        new("reversing-spread", Reversing with { NominalMicroscope = Corrected with { FocusSpread = 1.2 * Corrected.FocusSpread } }),
        new("low-dose", LowDose),
        new("low-dose-graphene", LowDose with { Specimen = SpecimenKind.LightAtoms }),
    ];

    private static Calibration Square(int side) => new(side, side, 0.045, 0.045);
}
