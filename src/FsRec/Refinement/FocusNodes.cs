using FsRec.Optics;
using FsRec.Simulation;

namespace FsRec.Refinement;

/// <summary>
/// The nodes of the integral over the focus spread: foci Z + δ with weights, δ = Δ·x and x distributed as exp(−x²). As many as make the
/// rule's error term n! k²ⁿ / (2ⁿ (2n)!), k = πλΔ·Limit², fall below a bound; that is the error where the wave ends, and it falls as the
/// 4n-th power of the frequency below.
/// </summary>
internal static class FocusNodes
{
    private const int Most = 9;

    /// <summary>The rule for a microscope and a limit in 1/nm.</summary>
    public static IReadOnlyList<(double Defocus, float Weight)> Rule(Microscope microscope, double limit, double error = 2e-3)
    {
        if (microscope.FocusSpread <= 0)
        {
            return [(0, 1)];
        }

        int count = Count(Math.PI * microscope.Wavelength * microscope.FocusSpread * limit * limit, error);
        return [.. GaussHermite.Rule(count).Select(r => (microscope.FocusSpread * r.Node, (float)r.Weight))];
    }

    private static int Count(double k, double error)
    {
        double term = 1;
        for (int n = 1; n < Most; n++)
        {
            term *= k * k * n / (2.0 * ((2 * n) - 1) * (2 * n));
            if (term < error)
            {
                return n;
            }
        }

        return Most;
    }
}
