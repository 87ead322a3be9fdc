using System.Diagnostics;
using System.Globalization;
using FsRec.Alignment;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Refinement;

namespace FsRec.Benchmarks;

/// <summary>
/// Reconstructions of simulated series held against the truth: the linear loop and the nonlinear estimate from what the parameter file
/// says, and the same estimator given true displacements and foci. One row of a table a case and seed.
/// </summary>
internal static class TruthTable
{
    /// <summary>Runs cases and prints the rows.</summary>
    /// <param name="args">
    /// Names of cases; numbers are seeds, 1 without any; "envelope" makes the series with the envelope of the convergence instead of tilts.
    /// </param>
    public static void Run(string[] args)
    {
        int[] seeds = [.. args.Where(static a => int.TryParse(a, out _)).Select(static a => int.Parse(a, CultureInfo.InvariantCulture)).DefaultIfEmpty(1)];
        bool envelope = args.Contains("envelope");
        string[] names = [.. args.Where(static a => !int.TryParse(a, out _) && a != "envelope")];
        Console.WriteLine("| case | seed | error | linear | oracle | of linear | of oracle | displacements, px | foci, nm | slope, % | lost | chi² | CPU, s |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (TruthCase given in TruthCase.All.Where(c => names.Length == 0 || names.Contains(c.Name)))
        {
            TruthCase c = envelope ? given with { Series = given.Series with { SpatialCoherence = SpatialCoherence.Envelope } } : given;
            foreach (int seed in seeds)
            {
                if (c.Name == "noise")
                {
                    Noise(c, seed);
                }
                else
                {
                    Row(c, seed);
                }
            }
        }
    }

    private static void Row(TruthCase c, int seed)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(c.Series with { Seed = seed });
        double linear = Linear(simulated);
        var oracleStart = new AlignedSeries(
            Retold(simulated).WithFoci([.. simulated.TrueFoci.Select(static f => f.Defocus)]), simulated.TrueDisplacements);
        NonlinearResult oracle = NonlinearReconstruction.Refine(
            Start(oracleStart), new NonlinearOptions { RefineDisplacements = false, RefineFoci = false });
        double oracleError = simulated.WaveError(oracle.Reconstruction);

        TimeSpan before = Cpu;
        AlignedSeries aligned = ModelAlignment.Run(simulated.Series).Aligned;
        NonlinearResult result = NonlinearReconstruction.Refine(Start(aligned), new NonlinearOptions());
        double cpu = (Cpu - before).TotalSeconds;

        double error = simulated.WaveError(result.Reconstruction);
        IReadOnlyList<FrameDisplacement> errors = DisplacementAlgebra.WithoutTilt(
            DisplacementAlgebra.Subtract(result.Reconstruction.Displacements, simulated.TrueDisplacements), simulated.Series.Foci);
        int lost = errors.Count(static d => Math.Sqrt((d.Dx * d.Dx) + (d.Dy * d.Dy)) > 0.5);
        (double rms, double slope) = simulated.FocusError(result.Reconstruction.Series.Foci);
        double chi = result.FrameChiSquares.Average();
        string kept = result.KeptLinear ? " (linear kept)" : "";
        Console.WriteLine(FormattableString.Invariant(
            $"| {c.Name} | {seed} | {error:0.0000}{kept} | {linear:0.000} | {oracleError:0.0000} | {error / linear:0.00} | {error / oracleError:0.000} | {DisplacementAlgebra.Rms(errors):0.0000} | {rms:0.000} | {100 * slope:0.00} | {lost} | {chi:0.0000} | {cpu:0} |"));
    }

    /// <summary>The published program's way: sequential pre-alignment, then the loop.</summary>
    private static double Linear(SimulatedSeries simulated)
    {
        try
        {
            return simulated.WaveError(LinearReconstruction.Run(Prealignment.Run(simulated.Series).Aligned));
        }
        catch (AlignmentException)
        {
            return double.NaN;
        }
    }

    /// <summary>The series with the true microscope in its parameters.</summary>
    private static FocalSeries Retold(SimulatedSeries simulated) => new(
        simulated.Series.Parameters with { Microscope = simulated.Parameters.Microscope },
        [.. Enumerable.Range(0, simulated.Series.Count).Select(simulated.GetCounts)]);

    private static Reconstruction Start(AlignedSeries aligned) =>
        LinearReconstruction.FromWave(aligned, new ExitWave(aligned.Series.Calibration, new float[2 * aligned.Series.Calibration.PixelCount]));

    /// <summary>Variance of the wave inside of the reference area over that outside, away from the frame's edges.</summary>
    private static void Noise(TruthCase c, int seed)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(c.Series with { Seed = seed });
        NonlinearResult result = NonlinearReconstruction.Refine(Start(ModelAlignment.Run(simulated.Series).Aligned), new NonlinearOptions());
        Reconstruction linear = LinearReconstruction.Run(Prealignment.Run(simulated.Series).Aligned);
        Console.WriteLine(FormattableString.Invariant(
            $"| {c.Name} | {seed} | variance inside over outside {Ratio(result.Reconstruction.Wave, simulated.Series.ReferenceArea):0.000}, RMS {Rms(result.Reconstruction.Wave):0.00000}; linear loop {Ratio(linear.Wave, simulated.Series.ReferenceArea):0.000}, RMS {Rms(linear.Wave):0.00000} |"));
    }

    private static double Rms(ExitWave wave)
    {
        (double re, double im) = wave.Mean();
        double sum = 0;
        for (int i = 0; i < wave.Interleaved.Length; i += 2)
        {
            sum += Math.Pow(wave.Interleaved[i] - re, 2) + Math.Pow(wave.Interleaved[i + 1] - im, 2);
        }

        return Math.Sqrt(2 * sum / wave.Interleaved.Length);
    }

    private static double Ratio(ExitWave wave, ReferenceArea area)
    {
        const int Edge = 16;
        (double re, double im) = wave.Mean();
        Calibration frame = wave.Calibration;
        var sums = new double[2];
        var counts = new double[2];
        for (int r = Edge; r < frame.Rows - Edge; r++)
        {
            for (int k = Edge; k < frame.Columns - Edge; k++)
            {
                int inside = r >= area.Top && r < area.Top + area.Rows && k >= area.Left && k < area.Left + area.Columns ? 1 : 0;
                int i = 2 * ((r * frame.Columns) + k);
                sums[inside] += Math.Pow(wave.Interleaved[i] - re, 2) + Math.Pow(wave.Interleaved[i + 1] - im, 2);
                counts[inside]++;
            }
        }

        return sums[1] / counts[1] / (sums[0] / counts[0]);
    }

    private static TimeSpan Cpu => Process.GetCurrentProcess().TotalProcessorTime;
}
