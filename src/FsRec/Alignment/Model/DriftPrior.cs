namespace FsRec.Alignment;

/// <summary>
/// Where a frame is expected by its neighbours, and how far from there frames usually lie: a Cauchy distribution in the plane, whose heavy
/// tails leave room for a jump.
/// </summary>
/// <param name="Dx">Expected displacement along columns in px.</param>
/// <param name="Dy">Expected displacement along rows in px.</param>
/// <param name="Usual">How far from there frames usually lie, in px.</param>
internal readonly record struct DriftPrior(double Dx, double Dy, double Usual)
{
    /// <summary>The logarithm of the probability of a displacement, 0 at the expected one.</summary>
    public double LogAt(double dx, double dy)
    {
        (double x, double y) = ((dx - Dx) / Usual, (dy - Dy) / Usual);
        return -1.5 * Math.Log(1 + (x * x) + (y * y));
    }
}
