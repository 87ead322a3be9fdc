using FsRec.Results;

namespace FsRec.Focus;

/// <summary>The focus of least contrast of a wave, and the wave there.</summary>
public sealed record AutofocusResult
{
    /// <summary>Whose contrast was made least.</summary>
    public required AutofocusCriterion Criterion { get; init; }

    /// <summary>Focus of least contrast in nm, refined between the search's steps: it is subtracted from all foci, unless <see cref="AtEdge"/>.</summary>
    public required double Focus { get; init; }

    /// <summary>Focus of least contrast among the search's steps in nm.</summary>
    public required double SearchFocus { get; init; }

    /// <summary>Step of the search in nm.</summary>
    public required double SearchStep { get; init; }

    /// <summary>Whether the least contrast lies at the end of the search range, so that the true one may lie beyond: then nothing is corrected.</summary>
    public required bool AtEdge { get; init; }

    /// <summary>The contrast over the search range.</summary>
    public required IReadOnlyList<FocusContrast> Curve { get; init => field = value.ToArray(); }

    /// <summary>The reconstruction with wave, filtered wave and foci corrected; as it was where <see cref="AtEdge"/>.</summary>
    public required Reconstruction Reconstruction { get; init; }

    /// <summary>The foci of <see cref="Reconstruction"/>, one a frame.</summary>
    public IReadOnlyList<FrameFocus> Foci =>
        Reconstruction.Series.ImageNumbers.Zip(Reconstruction.Series.Foci, static (i, z) => new FrameFocus(i, z)).ToArray();

    /// <summary>The foci of <see cref="Reconstruction"/> as a value of the parameter file's key Foci.</summary>
    public string FociText => FocusText.Format(Reconstruction.Series.Foci);

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"least contrast at {Focus:0.00} nm{(AtEdge ? ", the end of the range; not corrected" : "")}");
}
