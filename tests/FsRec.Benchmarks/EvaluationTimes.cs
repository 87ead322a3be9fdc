using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Simulation;

namespace FsRec.Benchmarks;

/// <summary>
/// What one evaluation of the nonlinear model's misfit and all gradients costs beside the transforms it is made of: the same calls on
/// the same planes, and whole complex transforms of their number. One thread, CPU time; as many frames of each in turns, and the medians of the
/// ratios of neighbours: shortest times would favour what takes less time, which more often falls between two disturbances.
/// </summary>
internal static class EvaluationTimes
{
    private const int Rounds = 25;
    private const int Frames = 4;

    /// <summary>Prints the times.</summary>
    public static void Print()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Calibration = new Calibration(512, 512, 0.045, 0.045),
            Specimen = SpecimenKind.Crystal,
            FrameCount = Frames,
            FirstFocus = -190,
        });
        var grid = new ModelGrid(simulated.Series.Calibration, 60, 8);
        double[] noise = [.. Enumerable.Repeat(5e-3, Frames)];
        foreach (int crossTerms in (int[])[0, 1, 2])
        {
            using var model = new NonlinearModel(simulated.Series, grid, noise, 1, crossTerms);
            using ComplexPlane wave = WaveSpectrum.FromWave(grid.Extend(simulated.TrueWave), grid.Band);
            var states = new FrameState[Frames];
            using var gradient = new ModelGradient(grid.Band, Frames);
            using var transforms = new ModelTransforms(grid, model.PlaneCount);
            var evaluation = new double[Rounds];
            var parts = new double[Rounds];
            var whole = new double[Rounds];
            var stages = new Dictionary<string, double[]>();
            for (int round = -2; round < Rounds; round++)
            {
                TimeSpan start = Environment.CpuUsage.TotalTime;
                model.Evaluate(wave, states, gradient, default);
                double time = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds / Frames;
                IReadOnlyList<StageTime> pruned = transforms.Frame(Frames);
                IReadOnlyList<StageTime> full = transforms.Whole(Frames);
                if (round < 0)
                {
                    continue;
                }

                (evaluation[round], parts[round], whole[round]) = (time, pruned.Sum(static s => s.Milliseconds), full.Sum(static s => s.Milliseconds));
                var transform = new StageTime(ModelTransforms.WholeTransform, whole[round], 2 * (model.PlaneCount + 1));
                foreach (StageTime stage in pruned.Concat(full).Append(transform))
                {
                    if (!stages.TryGetValue(stage.Name, out double[]? times))
                    {
                        stages[stage.Name] = times = new double[Rounds];
                    }

                    times[round] = stage.Milliseconds / stage.Planes;
                }
            }

            Console.WriteLine(FormattableString.Invariant(
                $"{grid.Plane.Rows}², {model.PlaneCount} planes: {Median(evaluation):0.00} ms a frame; its transforms {Median(parts):0.00} ms, ratio {Ratio(evaluation, parts)}; {(2 * model.PlaneCount) + 2} whole transforms {Median(whole):0.00} ms, ratio {Ratio(evaluation, whole)}; its transforms of whole ones {Ratio(parts, whole)}"));
            foreach ((string part, string of) in ModelTransforms.Pairs)
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"  {part}: {Median(stages[part]):0.000} ms a plane, {of} {Median(stages[of]):0.000}, ratio {Ratio(stages[part], stages[of])}"));
            }
        }
    }

    private static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    private static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }

    private static string Ratio(double[] a, double[] b)
    {
        double[] ratios = [.. a.Zip(b, static (x, y) => x / y)];
        return FormattableString.Invariant($"{Median(ratios):0.00} ({Quantile(ratios, 0.25):0.00} to {Quantile(ratios, 0.75):0.00})");
    }
}
