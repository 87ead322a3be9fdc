namespace FsRec.Alignment;

/// <summary>An image whose place is not certain: others are nearly as likely.</summary>
/// <param name="ImageNumber">Number of the image.</param>
/// <param name="Dx">Displacement along columns in px that it was given.</param>
/// <param name="Dy">Displacement along rows in px that it was given.</param>
/// <param name="Rivals">Other places, the likeliest first, with their odds over the one that was given.</param>
/// <param name="WithFollowing">Whether it is this image and all that follow that have the rivals together: their places among themselves are certain.</param>
public sealed record UncertainPlace(int ImageNumber, double Dx, double Dy, IReadOnlyList<RivalPlace> Rivals, bool WithFollowing = false)
{
    /// <summary>Probability of the place that was given.</summary>
    public double Probability => 1 / (1 + Rivals.Sum(static r => r.Odds));

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"image {ImageNumber} at ({Dx:0.0}, {Dy:0.0}) px{(WithFollowing ? " with all that follow" : "")} or {string.Join(" or ", Rivals.Take(3).Select(static r => r.ToString()))}");
}
