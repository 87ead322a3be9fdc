namespace FsRec.ImageModel;

/// <summary>One image wave of the cross terms of the convergence: the slope's components that it is multiplied by.</summary>
/// <param name="Weight">Weight of its intensity in the image.</param>
/// <param name="First">Whether the first factor is the slope along rows, not along columns.</param>
/// <param name="Second">The same of the second factor; <see langword="null"/> where there is one.</param>
internal readonly record struct CrossTerm(float Weight, bool First, bool? Second = null)
{
    /// <summary>
    /// exp(w s·s') = Σ (w s·s')ⁿ/n!, w = 2(πα)², term by term: s_x s_x' + s_y s_y' to first order, to second
    /// ½ (s_x² s_x'² + 2 s_x s_y s_x' s_y' + s_y² s_y'²).
    /// </summary>
    /// <param name="semiconvergence">α in mrad.</param>
    /// <param name="order">0, 1 or 2.</param>
    public static IReadOnlyList<CrossTerm> Of(double semiconvergence, int order)
    {
        double angle = Math.PI * semiconvergence * 1e-3;
        float w = (float)(2 * angle * angle);
        CrossTerm[] first = [new(w, false), new(w, true)];
        return w == 0 || order == 0
            ? []
            : order == 1 ? first : [.. first, new(0.5f * w * w, false, false), new(w * w, false, true), new(0.5f * w * w, true, true)];
    }
}
