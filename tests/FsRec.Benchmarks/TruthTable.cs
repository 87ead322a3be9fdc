using System.Diagnostics;
using System.Globalization;
using FsRec.Alignment;
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
/// Reconstructions of simulated series held against the truth: the linear loop and the nonlinear estimate from what the parameter file
/// says, and the same estimator given true displacements and foci. One row of a table a case and seed.
/// </summary>
internal static class TruthTable
{
    /// <summary>Runs cases and prints the rows.</summary>
    /// <param name="args">
    /// Names of cases; numbers are seeds, 1 without any; "envelope" makes the series with the envelope of the convergence instead of tilts;
    /// "curve" gives a row for each of several numbers of iterations, and no oracle, "curve=12" one for that number; both on one thread.
    /// </param>
    public static void Run(string[] args)
    {
        int[] seeds = TruthCase.Seeds(args);
        bool envelope = args.Contains("envelope");
        string? curve = args.FirstOrDefault(static a => a.StartsWith("curve", StringComparison.Ordinal));
        string[] names = [.. args.Where(a => !int.TryParse(a, out _) && a != "envelope" && a != curve)];
        Console.WriteLine("| case | seed | error | linear | oracle | of linear | of oracle | displacements, px | foci, nm | slope, % | lost | chi² | CPU, s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (TruthCase given in TruthCase.All.Where(c => names.Length == 0 || names.Contains(c.Name)))
        {
            TruthCase c = envelope ? given with { Series = given.Series with { SpatialCoherence = SpatialCoherence.Envelope } } : given;
            foreach (int seed in seeds)
            {
                if (curve is not null)
                {
                    Curve(c, seed, curve.Length > 6 ? [int.Parse(curve.AsSpan(6), CultureInfo.InvariantCulture)] : [0, 4, 8, 10, 12, 16, 20, 30, 40]);
                }
                else
                {
                    Row(c, seed);
                }
            }
        }
    }

    /// <summary>What the first iterations reach, and the CPU seconds of alignment and refinement until then, all set-up included.</summary>
    private static void Curve(TruthCase c, int seed, int[] numbers)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(c.Series with { Seed = seed });
        string linear = numbers.Length > 1 ? Linear(simulated) : "not measured";
        TimeSpan before = Cpu;
        AlignedSeries aligned = ModelAlignment.Run(simulated.Series, 1).Aligned;
        double alignment = (Cpu - before).TotalSeconds;
        foreach (int iterations in numbers)
        {
            before = Cpu;
            NonlinearResult result = NonlinearReconstruction.Refine(Start(aligned), new NonlinearOptions { Iterations = iterations, Threads = 1 });
            double cpu = alignment + (Cpu - before).TotalSeconds;
            (double rms, double slope) = simulated.FocusError(result.Reconstruction.Series.Foci);
            Console.WriteLine(FormattableString.Invariant(
                $"| {c.Name} | {seed} | {iterations} iterations | {simulated.WaveError(result.Reconstruction):0.0000} | {linear} | {simulated.DisplacementError(result.Reconstruction.Displacements):0.0000} px | {rms:0.000} nm | {100 * slope:0.00} % | {result.FrameChiSquares.Average():0.0000} | {cpu:0.0} s, {alignment:0.0} s of it alignment |"));
        }
    }

    private static void Row(TruthCase c, int seed)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(c.Series with { Seed = seed });
        (double linear, string way) = LinearWay(simulated);
        var oracleStart = new AlignedSeries(
            Retold(simulated).WithFoci([.. simulated.TrueFoci.Select(static f => f.Defocus)]), simulated.TrueDisplacements);
        NonlinearResult oracle = NonlinearReconstruction.Refine(
            Start(oracleStart), new NonlinearOptions { RefineDisplacements = false, RefineFoci = false, RefineBackground = c.Series.Background > 0 });
        double oracleError = simulated.WaveError(oracle.Reconstruction);

        TimeSpan before = Cpu;
        AlignedSeries aligned = ModelAlignment.Run(simulated.Series).Aligned;
        NonlinearResult result = NonlinearReconstruction.Refine(Start(aligned), new NonlinearOptions { RefineBackground = c.Series.Background > 0 });
        double cpu = (Cpu - before).TotalSeconds;

        double error = simulated.WaveError(result.Reconstruction);
        IReadOnlyList<FrameDisplacement> errors = DisplacementAlgebra.WithoutTilt(
            DisplacementAlgebra.Subtract(result.Reconstruction.Displacements, simulated.TrueDisplacements), simulated.Series.Foci);
        int lost = errors.Count(static d => Math.Sqrt((d.Dx * d.Dx) + (d.Dy * d.Dy)) > 0.5);
        (double rms, double slope) = simulated.FocusError(result.Reconstruction.Series.Foci);
        double chi = result.FrameChiSquares.Average();
        string kept = result.KeptLinear ? " (linear kept)" : "";
        Console.WriteLine(FormattableString.Invariant(
            $"| {c.Name} | {seed} | {error:0.0000}{kept} | {linear:0.000}{way} | {oracleError:0.0000} | {error / linear:0.00} | {error / oracleError:0.000} | {DisplacementAlgebra.Rms(errors):0.0000} | {rms:0.000} | {100 * slope:0.00} | {lost} | {chi:0.0000} | {cpu:0} |"));
    }

    /// <summary>
    /// The published program's way, sequential pre-alignment and then the loop; where it loses a frame over the edge, the loop with the
    /// alignment to the model.
    /// </summary>
    private static (double Error, string Way) LinearWay(SimulatedSeries simulated)
    {
        try
        {
            return (simulated.WaveError(LinearReconstruction.Run(Prealignment.Run(simulated.Series).Aligned)), "");
        }
        catch (AlignmentException)
        {
            ReconstructionParameters parameters = simulated.Series.Parameters;
            var series = new FocalSeries(
                parameters with { Alignment = parameters.Alignment with { Method = PrealignmentMethods.Model } },
                [.. Enumerable.Range(0, simulated.Series.Count).Select(simulated.GetCounts)]);
            return (simulated.WaveError(LinearReconstruction.Run(Prealignment.Run(series).Aligned)), " (model)");
        }
    }

    private static string Linear(SimulatedSeries simulated)
    {
        (double error, string way) = LinearWay(simulated);
        return FormattableString.Invariant($"{error:0.000}{way}");
    }

    /// <summary>The series with the true microscope in its parameters.</summary>
    private static FocalSeries Retold(SimulatedSeries simulated) => new(
        simulated.Series.Parameters with { Microscope = simulated.Parameters.Microscope },
        [.. Enumerable.Range(0, simulated.Series.Count).Select(simulated.GetCounts)]);

    internal static Reconstruction Start(AlignedSeries aligned) =>
        LinearReconstruction.FromWave(aligned, new ExitWave(aligned.Series.Calibration, new float[2 * aligned.Series.Calibration.PixelCount]));

    private static TimeSpan Cpu => Process.GetCurrentProcess().TotalProcessorTime;
}
