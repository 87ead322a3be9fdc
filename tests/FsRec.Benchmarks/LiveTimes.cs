using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using FsRec.Parameters;
using FsRec.Reports;
using FsRec.Runs;
using FsRec.Simulation;
using FsRec.Watching;

namespace FsRec.Benchmarks;

/// <summary>
/// A series that is followed while it is recorded: from the moment that a frame is on the disk to its wave, by the clock and in CPU seconds of the process, for
/// early frames, late ones and the last. <c>live [frames] [side] [threads] [report] [specimen]</c>; without arguments 30 frames of 512² on all processors.
/// </summary>
internal static class LiveTimes
{
    private const double Sampling = 0.042;

    /// <summary>Prints the table.</summary>
    public static void Run(string[] args)
    {
        int[] numbers = [.. args.Where(static a => int.TryParse(a, out _)).Select(static a => int.Parse(a, CultureInfo.InvariantCulture))];
        (int frames, int side, int threads) = (numbers.ElementAtOrDefault(0) is > 1 and var n ? n : 30, numbers.ElementAtOrDefault(1) is > 0 and var s ? s : 512, numbers.ElementAtOrDefault(2));
        SpecimenKind specimen = args.Where(static a => Enum.IsDefined(typeof(SpecimenKind), a)).Select(Enum.Parse<SpecimenKind>).DefaultIfEmpty(SpecimenKind.Crystal).First();
        bool reports = args.Contains("report");
        string folder = Directory.CreateTempSubdirectory("fsrec-live").FullName;
        try
        {
            var simulation = new SimulationParameters { Calibration = new(side, side, Sampling, Sampling), FrameCount = frames, Specimen = specimen };
            string file = SeriesSimulator.Simulate(simulation, threads).Write(folder, "live", force: true, new RunContext { Threads = threads });
            // Twice: the first of a process compiles what it needs.
            foreach (string pass in (string[])["first of the process", "second"])
            {
                Console.WriteLine(FormattableString.Invariant($"{pass}: {frames} frames of {side}², {specimen}, {(threads == 0 ? Environment.ProcessorCount : threads)} threads{(reports ? ", with the page" : "")}"));
                Measure(folder, ParameterFile.Read(file).With("Restoration", "Wiener"), threads, reports);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(string folder, ReconstructionParameters parameters, int threads, bool reports)
    {
        string[] frames = [.. Directory.GetFiles(folder, "live0*.raw").Order(StringComparer.Ordinal)];
        foreach (string frame in frames)
        {
            File.Move(frame, frame + ".later");
        }

        using var news = new BlockingCollection<SeriesUpdate>();
        var context = new RunContext { Threads = threads };
        using SeriesReport? page = reports ? new SeriesReport(Path.Combine(folder, "live.html"), context) : null;
        Task watch = Task.Factory.StartNew(
            () => SeriesWatch.Run(
                parameters,
                new SeriesWatchOptions(),
                update =>
                {
                    news.Add(update);
                    page?.Add(update);
                },
                context),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        var times = new List<(double Wall, double Cpu, double Found)>();
        foreach (string frame in frames)
        {
            // The page of the frame before is not this frame's work.
            page?.Complete();
            (long began, TimeSpan cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            File.Move(frame + ".later", frame);
            SeriesUpdate update = news.Take();
            times.Add((Stopwatch.GetElapsedTime(began).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds, update.Elapsed.TotalSeconds));
        }

        (long last, TimeSpan before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        SeriesUpdate whole = news.Take();
        (double Wall, double Cpu) run = (Stopwatch.GetElapsedTime(last).TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        watch.Wait();
        Console.WriteLine("frames        from the disk to the wave, s    of it from being found, s    CPU s");
        Print("2 to 5", times.Skip(1).Take(4));
        Print("last but 4 to 1", times.SkipLast(1).TakeLast(4));
        Print("the last", times.TakeLast(1));
        Console.WriteLine(FormattableString.Invariant($"the run of all  {run.Wall,10:0.00} {"",42} {run.Cpu,10:0.00}   the live wave is {100 * whole.LiveError:0.0} % off it"));
    }

    private static void Print(string name, IEnumerable<(double Wall, double Cpu, double Found)> times)
    {
        (double Wall, double Cpu, double Found)[] all = [.. times];
        Console.WriteLine(FormattableString.Invariant($"{name,-16} {Median(all.Select(static t => t.Wall)),9:0.000} {Median(all.Select(static t => t.Found)),28:0.000} {Median(all.Select(static t => t.Cpu)),24:0.000}"));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }
}
