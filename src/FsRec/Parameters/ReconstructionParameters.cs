using FsRec.Optics;

namespace FsRec.Parameters;

/// <summary>
/// Everything a parameter file (PRM) says, validated and immutable. The groups follow the file's sections; defaults are
/// the documentation's. Two sets are equal when all values are, lists item by item, and relative folders mean the same.
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

    /// <summary>The detector.</summary>
    public DetectorParameters Detector { get; init; } = new();

    /// <summary>
    /// Defocus values in nm as the file gives them (key Foci): two are a linear ramp's ends, otherwise one a frame.
    /// <see cref="SelectedFoci"/> has them frame by frame.
    /// </summary>
    public IReadOnlyList<double> Foci { get; init => field = value.ToArray(); } = [];

    /// <summary>The linear reconstruction.</summary>
    public LinearParameters Linear { get; init; } = new();

    /// <summary>Which restoration, and the bounds of the nonlinear one.</summary>
    public RestorationParameters Restoration { get; init; } = new();

    /// <summary>The focus-step analysis.</summary>
    public StepRefinementParameters StepRefinement { get; init; } = new();

    /// <summary>The autofocus.</summary>
    public AutofocusParameters Autofocus { get; init; } = new();

    /// <summary>
    /// Folder of the parameter file, to which relative folders in it refer; <see langword="null"/> when the parameters
    /// came from no file.
    /// </summary>
    public string? BaseDirectory { get; init; }

    /// <summary>Where the values came from and what was said of them: no part of what they are.</summary>
    internal ParameterProvenance Provenance { get; init; } = ParameterProvenance.Unknown;

    /// <summary>Where values come from that stand in no parameter file and no call, as those of a microscope that is known by name. They are no part of what parameters are.</summary>
    public IReadOnlyList<ValueOrigin> Origins { get; init => field = value.ToArray(); } = [];

    /// <summary>Folder of the frames; a relative one is taken from <see cref="BaseDirectory"/>.</summary>
    public string ResolvedInputPath => RelativeFolder.Resolve(Files.InputPath, BaseDirectory);

    /// <summary>Folder of the results; a relative one is taken from <see cref="BaseDirectory"/>.</summary>
    public string ResolvedOutputPath => RelativeFolder.Resolve(Files.OutputPath, BaseDirectory);

    /// <summary>The detector with its files named in full; a relative one is taken from <see cref="BaseDirectory"/>.</summary>
    public DetectorParameters ResolvedDetector => Detector.Resolved(BaseDirectory);

    /// <summary>Numbers of the images that are reconstructed, in order: those of key Range, or all.</summary>
    public IReadOnlyList<int> SelectedImages =>
        Image.Range is { } range ? range : Enumerable.Range(0, Math.Max(0, Files.ImageCount)).ToArray();

    /// <summary>
    /// Defocus in nm of each of the <see cref="SelectedImages"/>. A ramp runs from the first to the last of them, in
    /// equal steps; a list as long as the selection is taken in order, one as long as the series by image number.
    /// </summary>
    /// <exception cref="FsRecException">The list fits neither the selection nor the series.</exception>
    public IReadOnlyList<double> SelectedFoci =>
        FocusAssignment.Assign(Foci, SelectedImages, Files.ImageCount)
        ?? throw new FsRecException(
            $"Found {Foci.Count} foci; expected two (a ramp), {SelectedImages.Count} (one a selected image) "
            + $"or {Files.ImageCount} (one an image).");

    /// <summary>
    /// Lower reconstruction limit in 1/nm, 0.5 / √(π λ |Z_last − Z_first|): below it the series transfers little. When
    /// first and last focus are the same the whole spread of the foci counts; without any spread it is 0, as nothing
    /// sets it.
    /// </summary>
    /// <exception cref="FsRecException">The list of foci fits neither the selection nor the series.</exception>
    public double LowerLimit => FrequencyLimits.Lower(SelectedFoci, Microscope.Wavelength);

    /// <summary>
    /// Information limit of the microscope in 1/nm: the frequency at which the envelope of the focus spread,
    /// exp(−(πλΔg²/2)²), has fallen to e⁻², g = √(2√2 / (π λ Δ)); infinite without focus spread.
    /// </summary>
    public double InformationLimit => FrequencyLimits.Information(Microscope);

    /// <summary>Band of the alignment: the given one, or from <see cref="LowerLimit"/> to Limit.</summary>
    public FrequencyBand EffectiveAlignmentFilter => Alignment.Filter ?? FromLowerLimit(Linear.Limit);

    /// <summary>
    /// Band of the filtered wave: the given one, or from <see cref="LowerLimit"/> to <see cref="InformationLimit"/>, at
    /// most Limit.
    /// </summary>
    public FrequencyBand EffectiveOutputFilter =>
        Linear.OutputFilter ?? FromLowerLimit(Math.Min(Linear.Limit, InformationLimit));

    /// <summary>Band of the step refinement: the given one, or from <see cref="LowerLimit"/> to Limit.</summary>
    public FrequencyBand EffectiveRefinementFilter => StepRefinement.Filter ?? FromLowerLimit(Linear.Limit);

    /// <inheritdoc />
    public bool Equals(ReconstructionParameters? other) =>
        other is not null
        && Files == other.Files
        && Image == other.Image
        && Alignment == other.Alignment
        && Microscope == other.Microscope
        && Foci.SequenceEqual(other.Foci)
        && Linear == other.Linear
        && Restoration == other.Restoration
        && StepRefinement == other.StepRefinement
        && Autofocus == other.Autofocus
        && ResolvedDetector == other.ResolvedDetector
        && ResolvedInputPath == other.ResolvedInputPath
        && ResolvedOutputPath == other.ResolvedOutputPath;

    /// <inheritdoc />
    public override int GetHashCode() =>
        HashCode.Combine(Files, Image, Alignment, Microscope, Foci.Count, HashCode.Combine(Linear, Restoration), StepRefinement, Autofocus);

    /// <summary>The series in one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{Files.InputFileName}: {SelectedImages.Count} of {Counted.Of(Files.ImageCount, "image")}, {Image.Calibration}, ")
        + FormattableString.Invariant($"limit {Linear.Limit:0.###} 1/nm");

    // A focal range too small for any band below the limit leaves the band open at its lower end.
    private FrequencyBand FromLowerLimit(double high) =>
        LowerLimit is var low && low < high ? new(low, high) : new(0, high);
}
