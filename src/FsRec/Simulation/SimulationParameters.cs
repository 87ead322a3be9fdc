using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Simulation;

/// <summary>Everything that a simulated focal series depends on. Immutable; the same parameters give the same series.</summary>
public sealed record SimulationParameters
{
    /// <summary>
    /// The series of the demonstration: a thin crystal with an edge, 20 frames, drift of up to 3 px a frame, 1000 electrons/Å² a frame.
    /// </summary>
    public static SimulationParameters Demo { get; } = new();

    /// <summary>The specimen; <see cref="CustomSpecimen"/> goes before it.</summary>
    public SpecimenKind Specimen { get; init; } = SpecimenKind.Crystal;

    /// <summary>A specimen of one's own; <see langword="null"/> for one of <see cref="Specimen"/>'s.</summary>
    public SimulatedSpecimen? CustomSpecimen { get; init; }

    /// <summary>Shape and scale of the frames.</summary>
    public Calibration Calibration { get; init; } = new(384, 384, 0.045, 0.045);

    /// <summary>The microscope.</summary>
    public Microscope Microscope { get; init; } = new()
    {
        Voltage = 300,
        C3 = 1.2e6,
        Semiconvergence = 0.1,
        FocusSpread = 4,
        ImageSpread = 20,
    };

    /// <summary>The microscope that the reconstruction is told; <see langword="null"/> for the true one.</summary>
    public Microscope? NominalMicroscope { get; init; }

    /// <summary>
    /// The detector: the image is passed as its MTF says, after the image spread, and the noise has its NPS. By default every pixel counts its electrons
    /// by itself.
    /// </summary>
    public DetectorParameters Detector { get; init; } = new();

    /// <summary>The detector that the reconstruction is told; <see langword="null"/> for the true one.</summary>
    public DetectorParameters? NominalDetector { get; init; }

    /// <summary>Nominal defocus of the first frame in nm.</summary>
    public double FirstFocus { get; init; } = -250;

    /// <summary>Nominal defocus of the last frame in nm.</summary>
    public double LastFocus { get; init; } = -60;

    /// <summary>Number of frames.</summary>
    public int FrameCount { get; init; } = 20;

    /// <summary>Nominal defocus in nm frame by frame; <see langword="null"/> for a ramp from first to last.</summary>
    public IReadOnlyList<double>? Foci { get; init; }

    /// <summary>How far the true foci lie from the nominal ones.</summary>
    public FocusErrors FocusErrors { get; init; } = FocusErrors.None;

    /// <summary>How the specimen moves.</summary>
    public DriftModel Drift { get; init; } = new() { LargestStep = 3 };

    /// <summary>Dose of a frame in electrons/Å²; 0 for images without noise, in units of the incident intensity.</summary>
    public double Dose { get; init; } = 1000;

    /// <summary>Relative standard deviation of the frames' doses, which are normally distributed about <see cref="Dose"/>.</summary>
    public double DoseSpread { get; init; }

    /// <summary>What the detector adds to every pixel, as a share of the incident intensity; it has counting noise as well.</summary>
    public double Background { get; init; }

    /// <summary>Seed of specimen, drift, focus errors, doses and noise.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Reconstruction limit in 1/nm that the reconstruction is told; the simulated wave goes beyond it.</summary>
    public double Limit { get; init; } = 6;

    /// <summary>Which intensity the frames show.</summary>
    public ImagingModel Model { get; init; } = ImagingModel.Nonlinear;

    /// <summary>How the convergence of the illumination enters.</summary>
    public SpatialCoherence SpatialCoherence { get; init; } = SpatialCoherence.Envelope;

    /// <summary>
    /// Nodes of the integration over the focus spread; <see langword="null"/> for as many as make the error 10⁻⁵ where the wave ends.
    /// </summary>
    public int? FocusNodes { get; init; }

    /// <summary>Nodes on each axis of the integration over illumination tilts; <see langword="null"/> for enough.</summary>
    public int? TiltNodes { get; init; }

    /// <summary>
    /// What else the reconstruction is told: reference area, filters, iterations. Frame shape, microscope, foci and Limit are filled
    /// in by the simulation. The alignment filter ends below the lattices of the specimens: a lattice whose contrast changes through
    /// focus leads the alignment astray.
    /// </summary>
    public ReconstructionParameters Reconstruction { get; init; } = new()
    {
        Alignment = new AlignmentParameters { Filter = new FrequencyBand(0.5, 2) },
    };

    /// <summary>Nominal defocus of each frame in nm.</summary>
    public IReadOnlyList<double> NominalFoci => Foci ?? Enumerable.Range(0, Math.Max(0, FrameCount)).Select(n =>
        FrameCount == 1 ? FirstFocus : FirstFocus + ((LastFocus - FirstFocus) * n / (FrameCount - 1))).ToArray();

    /// <summary>Electrons a pixel gets where there is no specimen; 0 without noise.</summary>
    public double CountsPerPixel => Dose * Calibration.RowSampling * Calibration.ColumnSampling * 100;

    /// <summary>The parameters to reconstruct the series with.</summary>
    /// <param name="baseName">Base name of the frames and of the results.</param>
    public ReconstructionParameters ToReconstructionParameters(string baseName = "simulated") => Reconstruction with
    {
        Files = new FileParameters
        {
            InputPath = ".",
            InputFileName = baseName,
            ImageCount = NominalFoci.Count,
            OutputPath = "results",
            OutputFileName = baseName,
        },
        Image = Reconstruction.Image with { Calibration = Calibration, Range = null },
        Microscope = NominalMicroscope ?? Microscope,
        Detector = NominalDetector ?? Detector,
        Foci = Foci ?? [FirstFocus, LastFocus],
        Linear = Reconstruction.Linear with { Limit = Limit },
    };

    /// <summary>Makes sure that there is a series of these parameters.</summary>
    /// <exception cref="FsRecException">There is not; the message says why.</exception>
    public void Validate()
    {
        Require(Calibration.Rows >= 16 && Calibration.Columns >= 16, $"Found frames of {Calibration}; expected at least 16×16 px.");
        Require(
            Calibration.RowSampling > 0 && Calibration.ColumnSampling > 0,
            $"Found frames of {Calibration}; expected pixels larger than 0.");
        Require(Limit > 0 && Limit <= Calibration.Nyquist, FormattableString.Invariant(
            $"Found a limit of {Limit:0.####} 1/nm; expected more than 0 and at most the Nyquist frequency of the sampling, {Calibration.Nyquist:0.###} 1/nm."));
        Require(Microscope.Voltage > 0, FormattableString.Invariant($"Found a voltage of {Microscope.Voltage} kV; expected more than 0."));
        Require(
            Microscope is { FocusSpread: >= 0, ImageSpread: >= 0, Semiconvergence: >= 0 },
            "Found a negative spread or convergence; expected 0 or more.");
        Require(
            NominalFoci.Count >= 1 && NominalFoci.All(double.IsFinite),
            $"Found {NominalFoci.Count} foci; expected one finite number a frame, and a frame.");
        Require(double.IsFinite(Dose) && Dose >= 0, FormattableString.Invariant($"Found a dose of {Dose} electrons/Å²; expected 0 or more."));
        Require(
            DoseSpread is >= 0 and < 1 && Background is >= 0 and < 100,
            FormattableString.Invariant($"Found a dose spread of {DoseSpread} and a background of {Background}; expected 0 to 1 and 0 to 100."));
        Require(
            Calibration.RowSampling is >= 1e-4 and <= 100 && Calibration.ColumnSampling is >= 1e-4 and <= 100,
            $"Found frames of {Calibration}; expected pixels from 0.0001 to 100 nm.");
        Require(NominalFoci.All(static z => Math.Abs(z) <= 1e6), "Found foci of more than a millimetre; they are in nm.");
        Require(
            double.IsFinite(Drift.LargestStep + Drift.LinearX + Drift.LinearY + Drift.Jump)
                && Math.Abs(Drift.LargestStep) + Math.Abs(Drift.LinearX) + Math.Abs(Drift.LinearY) + Math.Abs(Drift.Jump) <= 4.0 * Math.Max(Calibration.Rows, Calibration.Columns)
                && (Drift.Displacements is null || Drift.Displacements.All(static d => Math.Abs(d.Dx) <= 1e6 && Math.Abs(d.Dy) <= 1e6)),
            $"Found a drift of {Drift}; expected finite numbers of px, of less than the frame a step.");
        Require(
            double.IsFinite(FocusErrors.RandomRms + FocusErrors.StepError + FocusErrors.Offset) && FocusErrors.RandomRms >= 0
                && FocusErrors.RandomRms <= 1e5 && Math.Abs(FocusErrors.StepError) <= 100 && Math.Abs(FocusErrors.Offset) <= 1e6,
            $"Found focus errors of {FocusErrors}; expected finite numbers of nm.");
        Require(
            (long)Calibration.Rows * Calibration.Columns * NominalFoci.Count * sizeof(float) * 4 < GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            $"Found {NominalFoci.Count} frames of {Calibration}; they do not fit the memory.");
        Require(Dose <= 1e9, FormattableString.Invariant($"Found a dose of {Dose} electrons/Å²; expected at most 1e9."));
        Require(
            FocusNodes is null or (>= 1 and <= 101) && TiltNodes is null or (>= 1 and <= 101),
            "Found a number of integration nodes outside of 1 to 101.");
    }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{(CustomSpecimen is { } custom ? custom.ToString() : Specimen.ToString())}, {Counted.Of(NominalFoci.Count, "frame")}, {Calibration}, {Dose} electrons/Å², seed {Seed}");

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new FsRecException(message);
        }
    }
}
