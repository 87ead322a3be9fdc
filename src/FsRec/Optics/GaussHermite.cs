namespace FsRec.Optics;

/// <summary>
/// Gauss–Hermite quadrature of a normalised Gaussian, ∫ f(x) exp(−x²)/√π dx ≈ Σ w f(x), by Newton's method on the orthonormal Hermite
/// functions (W. H. Press et al., Numerical Recipes, section 4.6).
/// </summary>
internal static class GaussHermite
{
    /// <summary>Most nodes that <see cref="NodeCount"/> returns.</summary>
    public const int MostNodes = 25;

    /// <summary>Nodes and weights; the weights add to 1.</summary>
    public static IReadOnlyList<(double Node, double Weight)> Rule(int count)
    {
        var rule = new (double Node, double Weight)[count];
        for (int i = 0; i < count; i++)
        {
            // Zeros interlace and are symmetric; bisection between sign changes of a fine scan needs no luck with starting values.
            rule[i].Node = Zero(count, i);
        }

        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            double slope = Math.Sqrt(2.0 * count) * Orthonormal(count - 1, rule[i].Node);
            rule[i].Weight = 2 / (slope * slope);
            sum += rule[i].Weight;
        }

        return [.. rule.Select(r => (r.Node, r.Weight / sum))];
    }

    /// <summary>
    /// The smallest number of nodes that integrates cos(kx) to an error of 10⁻⁵ by the rule's error term, n! k²ⁿ / (2ⁿ (2n)!).
    /// </summary>
    public static int NodeCount(double k)
    {
        double term = 1;
        for (int n = 1; n < MostNodes; n++)
        {
            // n!/(2n)! grows from n − 1 to n by n / ((2n − 1) 2n).
            term *= k * k * n / (2.0 * ((2 * n) - 1) * (2 * n));
            if (term < 1e-5)
            {
                return n;
            }
        }

        return MostNodes;
    }

    private static double Zero(int count, int index)
    {
        double edge = Math.Sqrt((2.0 * count) + 1);
        double step = 0.2 / edge;
        int found = -1;
        double from = -edge;
        double before = Orthonormal(count, from);
        while (true)
        {
            double to = from + step;
            double after = Orthonormal(count, to);
            if (before * after <= 0 && before != 0 && ++found == index)
            {
                return Bisect(count, from, to);
            }

            from = to;
            before = after;
        }
    }

    private static double Bisect(int count, double from, double to)
    {
        double sign = Math.Sign(Orthonormal(count, from));
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (from + to);
            (from, to) = Orthonormal(count, middle) * sign > 0 ? (middle, to) : (from, middle);
        }

        return Math.Abs(from + to) < 1e-14 ? 0 : 0.5 * (from + to);
    }

    /// <summary>H̃ of degree n, orthonormal under exp(−x²).</summary>
    private static double Orthonormal(int degree, double x)
    {
        double last = 0;
        double value = Math.Pow(Math.PI, -0.25);
        for (int n = 0; n < degree; n++)
        {
            (last, value) = (value, (x * Math.Sqrt(2.0 / (n + 1)) * value) - (Math.Sqrt((double)n / (n + 1)) * last));
        }

        return value;
    }
}
