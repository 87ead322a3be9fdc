namespace FsRec.Results;

/// <summary>How far one frame and what was found of it are to be trusted.</summary>
public sealed record FrameUncertainty
{
    /// <summary>Number of the image.</summary>
    public required int ImageNumber { get; init; }

    /// <summary>Mean over the pixels of (model − data)² / variance: 1 where the wave explains all of the frame but its noise.</summary>
    public required double ReducedChiSquare { get; init; }

    /// <summary>
    /// Weight of the frame in the restoration: 1, or 0 where it does not belong to the others; the probability of its place where another is nearly
    /// as likely.
    /// </summary>
    public required double Weight { get; init; }

    /// <summary>Displacement along columns in px.</summary>
    public required double Dx { get; init; }

    /// <summary>Displacement along rows in px.</summary>
    public required double Dy { get; init; }

    /// <summary>
    /// Standard error of <see cref="Dx"/> in px, without the mean and the part linear in defocus, which no series tells; the least that an
    /// alignment can have. NaN for a frame of weight 0.
    /// </summary>
    public required double DxError { get; init; }

    /// <summary>Likewise of <see cref="Dy"/>.</summary>
    public required double DyError { get; init; }

    /// <summary>Defocus in nm.</summary>
    public required double Focus { get; init; }

    /// <summary>
    /// Focus in nm at which a frame shows what the others predict for it, where it does not at <see cref="Focus"/> and has no weight; NaN otherwise.
    /// </summary>
    public double FittingFocus { get; init; } = double.NaN;

    /// <summary>
    /// Standard error of <see cref="Focus"/> in nm where the foci are fitted, the mean of all and the slope along the series apart.
    /// NaN for a frame of weight 0.
    /// </summary>
    public required double FocusError { get; init; }

    /// <summary>Background as a share of the frame's mean intensity, where one was fitted; 0 otherwise.</summary>
    public double Background { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"image {ImageNumber}: reduced chi-square {ReducedChiSquare:0.000}, weight {Weight:0.##}, displacement ± {Stated.Pixels(DxError, DyError, "0.0000")}, focus {Focus:0.00} nm {Stated.Error(FocusError, "0.00", "nm")}");
}
