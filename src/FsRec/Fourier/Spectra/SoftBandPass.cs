namespace FsRec.Fourier;

/// <summary>
/// The soft band-pass of alignment, refinement and autofocus: exp(−g²/2h²) · (1 − exp(−g²/2l²)), 1 at g = 0. The published
/// program's filter; a difference of two Gaussians, so it reaches only a few widths in the image.
/// </summary>
/// <param name="Band">The two edges l and h in 1/nm.</param>
internal readonly record struct SoftBandPass(FrequencyBand Band)
{
    /// <summary>The filter at a squared frequency in 1/nm².</summary>
    public double At(double squaredFrequency) => squaredFrequency == 0
        ? 1
        : Math.Exp(-squaredFrequency / (2 * Band.High * Band.High))
            * (Band.Low > 0 ? 1 - Math.Exp(-squaredFrequency / (2 * Band.Low * Band.Low)) : 1);

    /// <summary>The filter on the half-plane of a frequency grid.</summary>
    public RealTable HalfPlane(FrequencyGrid grid)
    {
        SoftBandPass filter = this;
        return new RealTable((grid.Rows / 2) + 1, (grid.Columns / 2) + 1, (ky, kx) => filter.At(grid.SquaredFrequency(ky, kx)));
    }

    /// <summary>
    /// How far, in nm, the filter's blur reaches before it has fallen below 10⁻⁷: the wider Gaussian's standard deviation in the image
    /// is 1 / (2πl).
    /// </summary>
    public double ReachInImage => Reach(1 / (2 * Math.PI * (Band.Low > 0 ? Math.Min(Band.Low, Band.High) : Band.High)));

    /// <summary>How far a Gaussian reaches before it has fallen below 10⁻⁷ of its height.</summary>
    /// <param name="deviation">Its standard deviation.</param>
    public static double Reach(double deviation) => 5.7 * deviation;
}
