using System.Globalization;
using FsRec.Alignment;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Simulation;

namespace FsRec.Benchmarks;

/// <summary>
/// Aberrations refined on simulated series whose parameter file has C3 wrong, held against the truth: one row of a table a case, seed and factor of C3.
/// </summary>
internal static class AberrationTable
{
    /// <summary>Runs cases and prints the rows.</summary>
    /// <param name="args">Names of cases; whole numbers are seeds, 1 without any; C3=1.1 is what C3 is wrong by; others name what is refined.</param>
    public static void Run(string[] args)
    {
        int[] seeds = TruthCase.Seeds(args);
        double[] factors = [.. args.Where(static a => a.StartsWith("C3=", StringComparison.Ordinal)).Select(static a => double.Parse(a[3..], CultureInfo.InvariantCulture)).DefaultIfEmpty(1.1)];
        RefinedAberrations which = args.Aggregate(
            RefinedAberrations.None, static (sum, a) => Enum.TryParse(a, out RefinedAberrations one) && !int.TryParse(a, out _) ? sum | one : sum);
        Console.WriteLine("| case | seed | C3 given, µm | refined | error | chi² | best change, µm | error stated, µm | C3, µm | true |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (TruthCase c in TruthCase.All.Where(c => args.Contains(c.Name)))
        {
            foreach (int seed in seeds)
            {
                SimulationParameters parameters = c.Series with { Seed = seed, NominalMicroscope = null };
                SimulatedSeries simulated = SeriesSimulator.Simulate(parameters);
                foreach (double factor in factors)
                {
                    Row(c.Name, simulated, factor, which);
                }
            }
        }
    }

    private static void Row(string name, SimulatedSeries simulated, double factor, RefinedAberrations which)
    {
        Microscope truth = simulated.Parameters.Microscope;
        Microscope told = truth with { C3 = truth.C3 * factor };
        var series = new FocalSeries(
            simulated.Series.Parameters with { Microscope = told }, [.. Enumerable.Range(0, simulated.Series.Count).Select(simulated.GetCounts)]);
        var vacuum = new ExitWave(series.Calibration, new float[2 * series.Calibration.PixelCount]);
        NonlinearResult result = NonlinearReconstruction.Refine(
            LinearReconstruction.FromWave(ModelAlignment.Run(series).Aligned, vacuum),
            new NonlinearOptions { RefineAberrations = which });
        IReadOnlyList<AberrationUncertainty> found = result.Reconstruction.Uncertainty!.Aberrations;
        AberrationUncertainty? c3 = found.FirstOrDefault(static a => a.Name == "C3");
        Console.WriteLine(FormattableString.Invariant(
            $"| {name} | {simulated.Parameters.Seed} | {told.C3 / 1000:0.#} | {which} | {simulated.WaveError(result.Reconstruction):0.0000} | {result.FrameChiSquares.Average():0.0000} | {c3?.Change / 1000:0.0} | {c3?.Error / 1000:0.0} | {result.Reconstruction.Series.Microscope.C3 / 1000:0.0} | {truth.C3 / 1000:0.#} |"));
        foreach (AberrationUncertainty a in found)
        {
            Console.WriteLine($"<!-- {a} -->");
        }
    }
}
