using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Results;
using MathNet.Numerics.LinearAlgebra;

namespace FsRec.Refinement;

/// <summary>
/// Which of the fitted aberrations the data support: one whose change is not large against its error is given up, the least of them first,
/// and the others move to where they are best without it. Where one lies much farther from what is given than was expected of it, none is taken:
/// what frames and model differ by is then something else than the lens, and all of them have their part in it.
/// </summary>
/// <param name="Step">The change of the components that is left.</param>
/// <param name="Aberrations">What was found of each.</param>
internal sealed record AberrationChoice(AberrationStep Step, IReadOnlyList<AberrationUncertainty> Aberrations)
{
    // χ² that chance exceeds in one case of a hundred, by the number of components.
    private static readonly double[] Significant = [0, 6.63, 9.21];

    // Of how far an aberration is expected to be from what is given, which the fit itself was held to.
    private const double MostUnexpected = 3;

    /// <summary>Chooses.</summary>
    /// <param name="free">The components that were free.</param>
    /// <param name="best">The change that fits the frames best.</param>
    /// <param name="covariance">Covariance of the free components.</param>
    /// <param name="given">The microscope of the parameters.</param>
    /// <param name="focus">Mean focus of the parameters in nm.</param>
    public static AberrationChoice Of(IReadOnlyList<int> free, AberrationStep best, Matrix<double> covariance, Microscope given, double focus)
    {
        bool implausible = free.Any(i => Math.Abs(best.Values[i]) > MostUnexpected * AberrationStep.Expected(i, given));
        List<int> kept = implausible ? [] : [.. Enumerable.Range(0, free.Count)];
        Vector<double> change = Vector<double>.Build.Dense([.. free.Select(i => best.Values[i])]);
        Matrix<double> left = covariance;
        while (kept.Count > 0)
        {
            (int[] Places, double Ratio)[] tests = [.. kept
                .GroupBy(i => AberrationStep.Owners[free[i]])
                .Select(g => g.Select(i => kept.IndexOf(i)).ToArray())
                .Select(places => (places, ChiSquare(places, change, left) / Significant[places.Length]))];
            (int[] least, double ratio) = tests.MinBy(static t => t.Ratio);
            if (ratio >= 1)
            {
                break;
            }

            int[] rest = [.. Enumerable.Range(0, kept.Count).Except(least)];
            if (rest.Length > 0)
            {
                Matrix<double> shift = Part(left, rest, least) * Part(left, least, least).Inverse();
                change = Vector<double>.Build.Dense([.. rest.Select(i => change[i])]) - (shift * Vector<double>.Build.Dense([.. least.Select(i => change[i])]));
                left = Part(left, rest, rest) - (shift * Part(left, least, rest));
            }

            kept = [.. rest.Select(i => kept[i])];
        }

        var values = new double[AberrationStep.Count];
        for (int i = 0; i < kept.Count; i++)
        {
            values[free[kept[i]]] = change[i];
        }

        var step = new AberrationStep(values);
        Microscope made = step.Applied(given);
        AberrationUncertainty[] found = [.. Enumerable.Range(0, free.Count).GroupBy(i => AberrationStep.Owners[free[i]]).Select(g =>
        {
            bool taken = g.Any(kept.Contains);
            double error = Math.Sqrt(g.Average(i => taken ? left[kept.IndexOf(i), kept.IndexOf(i)] : covariance[i, i]));
            return Describe(g.Key, given, made, focus, step.Focus) with
            {
                Change = Math.Sqrt(g.Sum(i => Math.Pow(best.Values[free[i]], 2))),
                Error = error,
                IsTaken = taken,
                IsImplausible = implausible,
            };
        })];
        return new AberrationChoice(step, found);
    }

    private static AberrationUncertainty Describe(RefinedAberrations which, Microscope given, Microscope made, double focus, double shift)
    {
        (double before, double after, double azimuth) = which switch
        {
            RefinedAberrations.C3 => (given.C3, made.C3, 0.0),
            RefinedAberrations.A1 => (given.A1, made.A1, made.A1Azimuth),
            RefinedAberrations.A2 => (given.A2, made.A2, made.A2Azimuth),
            RefinedAberrations.B2 => (given.B2, made.B2, made.B2Azimuth),
            _ => (focus, focus + shift, 0.0),
        };
        return new AberrationUncertainty { Name = which.ToString(), Given = before, Value = after, Azimuth = azimuth, Change = 0, Error = 0, IsTaken = false };
    }

    private static double ChiSquare(int[] places, Vector<double> change, Matrix<double> covariance)
    {
        Vector<double> part = Vector<double>.Build.Dense([.. places.Select(i => change[i])]);
        return part * (Part(covariance, places, places).Inverse() * part);
    }

    private static Matrix<double> Part(Matrix<double> matrix, int[] rows, int[] columns) =>
        Matrix<double>.Build.Dense(rows.Length, columns.Length, (i, j) => matrix[rows[i], columns[j]]);
}
