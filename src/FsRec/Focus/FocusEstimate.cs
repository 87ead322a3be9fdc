namespace FsRec.Focus;

/// <summary>The focus at which the image of the wave resembles a frame most.</summary>
/// <param name="ImageNumber">Number of the image.</param>
/// <param name="Initial">Focus the reconstruction used, in nm.</param>
/// <param name="Refined">Focus of least difference, in nm, refined between the search's steps.</param>
/// <param name="Difference">Mean absolute difference there, in units of the mean intensity.</param>
/// <param name="Deviation">Standard deviation of the filtered frame inside the reference area, the scale to judge the difference by.</param>
/// <param name="Fitted">Focus on the line fitted through all frames, in nm.</param>
/// <param name="IsOutlier">Whether the frame lies so far off the line that its focus deserves a look.</param>
/// <param name="AtEdge">Whether the least difference lies at the end of the search range, so that the true focus may lie beyond.</param>
public sealed record FocusEstimate(
    int ImageNumber, double Initial, double Refined, double Difference, double Deviation, double Fitted, bool IsOutlier, bool AtEdge)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{ImageNumber}: {Initial:0.00} -> {Refined:0.00} nm{(IsOutlier ? ", outlier" : "")}");
}
