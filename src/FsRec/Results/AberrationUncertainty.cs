namespace FsRec.Results;

/// <summary>What a refinement found of one aberration, in nm.</summary>
public sealed record AberrationUncertainty
{
    /// <summary>Name of the aberration, as the key that gives it: C3, A1, A2, B2; C1 is the mean focus.</summary>
    public required string Name { get; init; }

    /// <summary>What the parameters said: the size in nm.</summary>
    public required double Given { get; init; }

    /// <summary>What the wave was made with: the size in nm.</summary>
    public required double Value { get; init; }

    /// <summary>Azimuth of <see cref="Value"/> in degrees; 0 for round aberrations.</summary>
    public double Azimuth { get; init; }

    /// <summary>Size in nm of the change that fits the frames best, with all that was free; 0 where the wave did not get near enough to look.</summary>
    public required double Change { get; init; }

    /// <summary>
    /// Standard error of the change in nm, of each component, from the curvature of the misfit: wave, foci, displacements and the other
    /// free aberrations taken into account, and a mean focus that is known to 3 nm where it is not fitted.
    /// </summary>
    public required double Error { get; init; }

    /// <summary>How far in nm the aberration is expected to be from what is given.</summary>
    public double Expected { get; init; }

    /// <summary>
    /// By what share of a beam, RMS over the wave's power, an aberration that is off by <see cref="Expected"/> changes the images between the first and the last focus: all that a series tells of it,
    /// as whatever an aberration does to all frames alike is the wave's. NaN where it was not asked.
    /// </summary>
    public double Visible { get; init; } = double.NaN;

    /// <summary>Whether the change is large enough against its error to be believed; otherwise the given value was kept.</summary>
    public required bool IsTaken { get; init; }

    /// <summary>Whether a change of this aberration, or of one that was fitted with it, is so much larger than a lens is off by that none was believed.</summary>
    public bool IsImplausible { get; init; }

    /// <inheritdoc />
    public override string ToString() => IsTaken
        ? FormattableString.Invariant($"{Name} {Value:0.###} ± {Error:0.###} nm{(Azimuth == 0 ? "" : FormattableString.Invariant($" at {Azimuth:0.#}°"))} (given {Given:0.###} nm)")
        : Change == 0
            ? FormattableString.Invariant($"{Name} kept at {Given:0.###} nm (the wave does not explain the frames well enough to look at it)")
            : IsImplausible
                ? FormattableString.Invariant($"{Name} kept at {Given:0.###} nm (the best change, {Change:0.###} ± {Error:0.###} nm, or that of another that was fitted with it, is more than three times as much as a lens is expected to be off by: frames and model differ by something else{Told})")
                : FormattableString.Invariant($"{Name} kept at {Given:0.###} nm (the best change, {Change:0.###} nm, is no more than chance makes of its error of {Error:0.###} nm{Told})");

    private string Told => double.IsNaN(Visible) ? "" : FormattableString.Invariant(
        $"; {Expected:0.###} nm of it change a beam by {100 * Visible:0.00} % between the ends of this series, and a series tells no more of it");
}
