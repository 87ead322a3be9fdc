using System.Diagnostics;
using System.Globalization;
using FsRec.Parameters;
using FsRec.Reports;
using FsRec.Resolution;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Sweeps;

namespace FsRec.Benchmarks;

/// <summary>
/// How soon runs of every kind stop: each is run once to its end and then stopped at random moments; the processor time of the process from the stop
/// to the end of the run, which another program's load does not change, and what the run was at. <c>stops FILE [number]</c>, FILE a parameter file.
/// </summary>
internal static class StopTimes
{
    private const int Seed = 15;

    /// <summary>Prints the table.</summary>
    public static void Run(string[] args)
    {
        ReconstructionParameters parameters = ParameterFile.Load(args[0]).GetParameters();
        int number = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30;
        string[] only = args.Length > 2 ? args[2..] : [];
        string folder = Directory.CreateTempSubdirectory("fsrec-stops").FullName;
        parameters = parameters with { Files = parameters.Files with { OutputPath = folder, OutputFileName = "run" } };
        try
        {
            Console.WriteLine("run            whole s   stops   CPU s after the stop: median, worst; at");
            foreach ((string name, Action<ReconstructionParameters, RunContext> run) in Kinds().Where(k => only.Length == 0 || only.Contains(k.Name)))
            {
                Measure(name, context => run(parameters, context), number);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (string Name, Action<ReconstructionParameters, RunContext> Run)[] Kinds() =>
    [
        ("linear", static (p, c) => ReconstructionRun.Run(p, new RunOptions(), c)),
        ("autofocus", static (p, c) => ReconstructionRun.Run(p, new RunOptions { Autofocus = true }, c)),
        ("stepanalysis", static (p, c) => ReconstructionRun.Run(p, new RunOptions { StepAnalysis = true }, c)),
        ("boxcar", static (p, c) => ReconstructionRun.Run(p, new RunOptions { Boxcar = 3 }, c)),
        ("prealignonly", static (p, c) => ReconstructionRun.Run(p, new RunOptions { PrealignOnly = true }, c)),
        ("model", static (p, c) => ReconstructionRun.Run(p.With("Methprealign", "model"), new RunOptions(), c)),
        ("Wiener", static (p, c) => ReconstructionRun.Run(p, new RunOptions { Method = RestorationMethod.Wiener }, c)),
        ("nonlinear", static (p, c) => ReconstructionRun.Run(p, new RunOptions { Method = RestorationMethod.Nonlinear }, c)),
        ("crossvalidate", static (p, c) => ReconstructionRun.Run(p, new RunOptions { CrossValidate = 5 }, c)),
        ("sweep", static (p, c) => Rows(p, null, c)),
        ("sweepWiener", static (p, c) => Rows(p, RestorationMethod.Wiener, c)),
        ("sweepNonlinear", static (p, c) => Rows(p, RestorationMethod.Nonlinear, c)),
        ("report", static (p, c) =>
        {
            RunResult result = ReconstructionRun.Run(p, new RunOptions { Iterations = 2 }, c);
            ResolutionMeasurement resolution = ResolutionMeter.Measure(result.Reconstruction!, new ResolutionOptions { Threads = c.Threads }, c.Progress, c.CancellationToken);
            RunReport.Write(OutputFiles.Of(p).Report, result, resolution, new ReportOptions { Threads = c.Threads }, c.CancellationToken);
        }),
        ("debug", static (p, c) => ReconstructionRun.Run(p with { Linear = p.Linear with { SaveAligned = true } }, new RunOptions { Iterations = 1, ShowAlignment = true, Debug = true }, c)),
        ("read", static (p, c) => SeriesReader.Read(p, c.Progress, c.CancellationToken)),
    ];

    // Rows that are complete are read back, and there is nothing to stop.
    private static void Rows(ReconstructionParameters parameters, RestorationMethod? method, RunContext context) => Sweep.Run(
        parameters,
        SweepPoint.Grid([new SweepAxis("Focusspread", ["3", "4"])]),
        new SweepOptions { Run = new RunOptions { Method = method }, Redo = true },
        static _ => { },
        context);

    private static void Measure(string name, Action<RunContext> run, int number)
    {
        var random = new Random(Seed);
        var watch = Stopwatch.StartNew();
        run(new RunContext { Threads = 1 });
        double whole = watch.Elapsed.TotalSeconds;
        var times = new List<(double Cpu, double Wall, string At)>();
        for (int i = 0; i < number; i++)
        {
            double moment = whole * random.NextDouble();
            var progress = new Last();
            using var stop = new CancellationTokenSource();
            (TimeSpan Cpu, long Wall, string At) stopped = (default, 0, "");
            using var timer = new Timer(
                _ =>
                {
                    stopped = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), progress.Stage);
                    stop.Cancel();
                },
                null,
                TimeSpan.FromSeconds(moment),
                Timeout.InfiniteTimeSpan);
            try
            {
                run(new RunContext { Threads = 1, Progress = progress, CancellationToken = stop.Token });
            }
            catch (OperationCanceledException)
            {
                times.Add(((Environment.CpuUsage.TotalTime - stopped.Cpu).TotalSeconds, Stopwatch.GetElapsedTime(stopped.Wall).TotalSeconds, stopped.At ?? ""));
            }
        }

        (double Cpu, double Wall, string At)[] sorted = [.. times.OrderByDescending(static t => t.Cpu)];
        string worst = string.Join("; ", sorted.Take(4).Select(static t => FormattableString.Invariant($"{t.Cpu:0.000} ({t.Wall:0.00} by the clock) {t.At}")));
        Console.WriteLine(FormattableString.Invariant($"{name,-14} {whole,7:0.00} {times.Count,7}   {(sorted.Length > 0 ? sorted[sorted.Length / 2].Cpu : 0):0.000}, {worst}"));
    }

    private sealed class Last : IProgress<RunProgress>
    {
        public string Stage { get; private set; } = "before the first word";

        public void Report(RunProgress value) => Stage = $"{value.Stage} {value.Done}/{value.Total}";
    }
}
