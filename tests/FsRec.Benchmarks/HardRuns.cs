using System.Diagnostics;
using System.Globalization;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Benchmarks;

/// <summary>
/// What becomes of runs that cannot be right. <c>hard</c>: each case of <see cref="HardCase"/> with each restoration. <c>extremes NUMBER [seed] [first]</c>:
/// runs with valid values at the ends of what keys allow. A run may end with an error of the library or with finite results; anything else, more than 20 s
/// or a process beyond 2 GB is a failure.
/// </summary>
internal static class HardRuns
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);
    private const double MostMegabytes = 2000;

    private static readonly string[] Numbers =
    [
        "0", "1e-12", "-1e-12", "1e-6", "1e-3", "-1e-3", "0.01", "0.1", "0.5", "1", "-1", "2", "3", "7", "10", "40", "-40", "100", "300", "1000", "-1000", "1e4", "-2e4", "1e5", "1e6", "-1e6", "1e9",
        "-1e9", "1e12", "1e30", "-1e30", "1e300", "2147483647", "255", "17", "5", "4", "6", "8",
    ];

    /// <summary>The hard cases.</summary>
    public static void Cases(string[] args)
    {
        string folder = Directory.CreateTempSubdirectory("fsrec-hard-").FullName;
        int failures = 0;
        foreach (HardCase hard in HardCase.All.Where(c => args.Length == 0 || args.Contains(c.Name)))
        {
            foreach (RestorationMethod method in Enum.GetValues<RestorationMethod>())
            {
                Outcome outcome = Try(() => hard.Series(), method, folder);
                failures += outcome.Failed ? 1 : 0;
                Console.WriteLine($"{(outcome.Failed ? "FAILED " : "")}{hard.Name}, {method}: {outcome.Text}");
            }
        }

        Console.WriteLine(FormattableString.Invariant($"{HardCase.All.Count * 3} runs, {failures} failed; at most {PeakMegabytes():0} MB"));
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Runs with random extreme values.</summary>
    public static void Extremes(string[] args)
    {
        int number = int.Parse(args[0], CultureInfo.InvariantCulture);
        int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 15;
        int first = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0;
        string folder = Directory.CreateTempSubdirectory("fsrec-extremes-").FullName;
        SimulatedSeries simulated = SeriesSimulator.Simulate(SimulationParameters.Demo with
        {
            Calibration = new Calibration(64, 64, 0.05, 0.05),
            FrameCount = 4,
            Drift = new DriftModel { LargestStep = 1 },
            Limit = 6,
        });
        float[][] frames = [.. Enumerable.Range(0, 4).Select(simulated.GetCounts)];
        ParameterKey[] keys = [.. ParameterKeys.All.Where(static k => k.Kind is not (ParameterKind.Name or ParameterKind.Folder) && k.Name is not ("Dimensions" or "NImages" or "LinearIterations" or "NonlinearIterations"))];
        (int results, int errors, int failures) = (0, 0, 0);
        double slowest = 0;
        for (int i = first; i < first + number; i++)
        {
            var random = new Random((seed * 1_000_003) + i);
            (ReconstructionParameters parameters, string changed) = Draw(simulated.Series.Parameters, keys, random);
            var method = (RestorationMethod)random.Next(3);
            // Said before it begins, should the process end with it.
            Console.Write($"\r{i}");
            Outcome outcome = Try(() => new FocalSeries(parameters, [.. parameters.SelectedImages.Select(n => frames[n])]), method, folder);
            slowest = Math.Max(slowest, outcome.Seconds);
            (results, errors, failures) = (results + (outcome.IsResult ? 1 : 0), errors + (outcome.IsResult || outcome.Failed ? 0 : 1), failures + (outcome.Failed ? 1 : 0));
            if (outcome.Failed || outcome.Seconds > 5)
            {
                Console.WriteLine($"\r{(outcome.Failed ? "FAILED" : "slow")} {i}: {changed}, {method}: {outcome.Text}");
            }
        }

        Console.WriteLine(FormattableString.Invariant(
            $"\r{number} runs of seed {seed}: {results} with results, {errors} with errors, {failures} failed; the slowest {slowest:0.0} s, at most {PeakMegabytes():0} MB"));
        Directory.Delete(folder, recursive: true);
    }

    private static (ReconstructionParameters Parameters, string Changed) Draw(ReconstructionParameters parameters, ParameterKey[] keys, Random random)
    {
        var changed = new List<string>();
        for (int left = random.Next(1, 5), tries = 0; left > 0 && tries < 200; tries++)
        {
            ParameterKey key = keys[random.Next(keys.Length)];
            string value = Value(key, random);
            if (parameters.Override([new(key.Name, value)]).Parameters is { } next)
            {
                parameters = next;
                changed.Add($"{key.Name}={value}");
                left--;
            }
        }

        return (parameters, string.Join(" ", changed));
    }

    private static string Value(ParameterKey key, Random random)
    {
        string Number() => Numbers[random.Next(Numbers.Length)];
        string List(int count) => "[" + string.Join(",", Enumerable.Range(0, count).Select(_ => Number())) + "]";
        return key.Kind switch
        {
            ParameterKind.Choice or ParameterKind.ChoiceList when key.Choices.Count > 0 => key.Choices[random.Next(key.Choices.Count)],
            ParameterKind.Boolean => random.Next(2) == 0 ? "Yes" : "No",
            ParameterKind.WholeNumberPair or ParameterKind.NumberPair or ParameterKind.Band => List(2),
            ParameterKind.NumberList => List(random.Next(2) == 0 ? 2 : 4),
            ParameterKind.ImageRange => random.Next(3) switch { 0 => "[1]", 1 => "[[0,1]]", _ => "[3,0,2]" },
            _ => Number(),
        };
    }

    private static Outcome Try(Func<FocalSeries> make, RestorationMethod method, string folder)
    {
        var watch = Stopwatch.StartNew();
        using var stop = new CancellationTokenSource();
        var warnings = new SortedSet<string>(StringComparer.Ordinal);
        var context = new RunContext
        {
            Threads = 1,
            CancellationToken = stop.Token,
            Message = message =>
            {
                if (message.IsWarning)
                {
                    warnings.Add(message.Id);
                }
            },
        };
        Task<string?> work = Task.Factory.StartNew(
            () =>
            {
                FocalSeries series = make();
                ReconstructionParameters p = series.Parameters;
                p = p with
                {
                    Files = p.Files with { OutputPath = folder, OutputFileName = "run" },
                    Linear = p.Linear with { Iterations = 3 },
                    Restoration = p.Restoration with { NonlinearIterations = 4 },
                };
                RunResult result = ReconstructionRun.Run(series.WithParameters(p), new RunOptions { Method = method }, context);
                return NotFinite(result.Reconstruction!);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        try
        {
            if (!work.Wait(Longest))
            {
                stop.Cancel();
                bool stops = Task.WaitAny([work], TimeSpan.FromSeconds(10)) == 0;
                return new Outcome(true, false, watch.Elapsed.TotalSeconds, $"more than {Longest.TotalSeconds} s, and {(stops ? "stopped" : "could not be stopped")}");
            }

            double seconds = watch.Elapsed.TotalSeconds;
            string told = warnings.Count > 0 ? "warned of " + string.Join(", ", warnings) : "no warning";
            return work.Result is { } wrong ? new Outcome(true, true, seconds, wrong)
                : PeakMegabytes() > MostMegabytes ? new Outcome(true, true, seconds, FormattableString.Invariant($"{PeakMegabytes():0} MB"))
                : new Outcome(false, true, seconds, told);
        }
        catch (AggregateException e) when (e.InnerException is FsRecException known)
        {
            return new Outcome(PeakMegabytes() > MostMegabytes, false, watch.Elapsed.TotalSeconds, "error: " + known.Message);
        }
        catch (AggregateException e)
        {
            return new Outcome(true, false, watch.Elapsed.TotalSeconds, e.InnerException!.ToString());
        }
    }

    private static string? NotFinite(Reconstruction r)
    {
        foreach (float v in r.Wave.Interleaved)
        {
            if (!float.IsFinite(v))
            {
                return "a wave that is not finite";
            }
        }

        return !r.Displacements.All(static d => double.IsFinite(d.Dx) && double.IsFinite(d.Dy)) ? "displacements that are not finite"
            : !r.Series.Foci.All(double.IsFinite) ? "foci that are not finite"
            : !double.IsFinite(r.ResidualRms) || !double.IsFinite(r.ScatteredFraction) ? "a residual or scattered fraction that is not finite"
            : r.ScatteredFraction is < 0 or > 1 ? FormattableString.Invariant($"a scattered fraction of {r.ScatteredFraction:g4}, residual {r.ResidualRms:g4}, Σ {string.Join(" ", r.History.Select(static h => h.ScatteredFraction.ToString("g3", CultureInfo.InvariantCulture)))}")
            : null;
    }

    /// <summary>Most memory that the process has had.</summary>
    private static double PeakMegabytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1e6;
    }

    private sealed record Outcome(bool Failed, bool IsResult, double Seconds, string Text);
}
