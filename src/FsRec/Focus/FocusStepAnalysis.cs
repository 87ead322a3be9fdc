using FsRec.Results;

namespace FsRec.Focus;

/// <summary>The foci of a series as its reconstructed wave shows them, and the line through them.</summary>
public sealed record FocusStepAnalysis
{
    /// <summary>The reconstruction that was analysed.</summary>
    public required Reconstruction Reconstruction { get; init; }

    /// <summary>One estimate a frame.</summary>
    public required IReadOnlyList<FocusEstimate> Frames { get; init => field = value.ToArray(); }

    /// <summary>Focus step of the fitted line in nm an image.</summary>
    public required double Step { get; init; }

    /// <summary>Focus of the first frame on the fitted line in nm.</summary>
    public required double FirstFocus { get; init; }

    /// <summary>Standard error of the step in nm.</summary>
    public required double StepError { get; init; }

    /// <summary>Standard deviation of the frames from the line in nm.</summary>
    public required double Deviation { get; init; }

    /// <summary>Coefficient of determination r² of the fit.</summary>
    public required double RSquared { get; init; }

    /// <summary>Step of the search in nm.</summary>
    public required double SearchStep { get; init; }

    /// <summary>The refined foci, one a frame.</summary>
    public IReadOnlyList<FrameFocus> RefinedFoci => Frames.Select(static f => new FrameFocus(f.ImageNumber, f.Refined)).ToArray();

    /// <summary>The fitted foci, one a frame.</summary>
    public IReadOnlyList<FrameFocus> FittedFoci => Frames.Select(static f => new FrameFocus(f.ImageNumber, f.Fitted)).ToArray();

    /// <summary>The refined foci as a value of the parameter file's key Foci.</summary>
    public string RefinedFociText => FocusText.Format(Frames.Select(static f => f.Refined));

    /// <summary>The fitted foci as a value of the parameter file's key Foci.</summary>
    public string FittedFociText => FocusText.Format(Frames.Select(static f => f.Fitted));

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"focus step {Step:0.000} ± {StepError:0.000} nm, first focus {FirstFocus:0.00} nm, deviation {Deviation:0.00} nm, {Counted.Of(Frames.Count(static f => f.IsOutlier), "outlier")}");
}
