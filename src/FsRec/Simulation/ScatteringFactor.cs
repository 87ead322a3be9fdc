namespace FsRec.Simulation;

/// <summary>
/// Elastic scattering factors of neutral atoms for electrons, f(s) = Σ a exp(−b s²) with s = g/2, valid for s up to 2 1/Å: L.-M. Peng,
/// G. Ren, S. L. Dudarev and M. J. Whelan, Acta Cryst. A52 (1996) 257, as tabulated in International Tables for Crystallography C,
/// table 4.3.2.2. Damped by exp(−B s²) with a typical B of the element at room misfit scale.
/// </summary>
internal static class ScatteringFactor
{
    private static readonly Dictionary<ChemicalElement, Coefficients> Table = new()
    {
        [ChemicalElement.C] = new(0.5, [0.0893, 0.2563, 0.7570, 1.0487, 0.3575], [0.2465, 1.7100, 6.4094, 18.6113, 50.2523]),
        [ChemicalElement.N] = new(0.5, [0.1022, 0.3219, 0.7982, 0.8197, 0.1715], [0.2451, 1.7481, 6.1925, 17.3894, 48.1431]),
        [ChemicalElement.O] = new(0.7, [0.0974, 0.2921, 0.6910, 0.6990, 0.2039], [0.2067, 1.3815, 4.6943, 12.7105, 32.4726]),
        [ChemicalElement.Si] = new(0.5, [0.2519, 0.6372, 1.3795, 2.5082, 1.0500], [0.3075, 2.0174, 9.6746, 29.3744, 80.4732]),
        [ChemicalElement.Ti] = new(0.4, [0.3825, 1.2598, 2.0008, 3.0617, 2.0694], [0.3040, 2.4863, 9.2783, 39.0751, 109.4583]),
        [ChemicalElement.Sr] = new(0.6, [0.6703, 1.4926, 3.3368, 4.4600, 3.1501], [0.3190, 2.2287, 10.3504, 52.3291, 151.2216]),
        [ChemicalElement.Au] = new(0.6, [0.9674, 1.8916, 3.3993, 3.0524, 1.2607], [0.2358, 1.4712, 5.6758, 18.7119, 61.5286]),
    };

    /// <summary>The damped scattering factor in nm, for electrons at rest; the relativistic factor is the caller's.</summary>
    /// <param name="element">The atom.</param>
    /// <param name="g2">g² in 1/nm².</param>
    public static double At(ChemicalElement element, double g2)
    {
        Coefficients c = Table[element];
        double s2 = g2 / 400; // s = g/2 in 1/Å
        double sum = 0;
        for (int i = 0; i < c.A.Length; i++)
        {
            sum += c.A[i] * Math.Exp(-(c.B[i] + c.DebyeWaller) * s2);
        }

        return 0.1 * sum;
    }

    private sealed record Coefficients(double DebyeWaller, double[] A, double[] B);
}
