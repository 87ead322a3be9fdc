using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using FsRec.Fourier;

namespace FsRec.Benchmarks;

/// <summary>Times what a program pays before its first transform: the plan, and the compiler's work on the kernels.</summary>
internal static class FirstCall
{
    /// <summary>Prints the first calls' times of one size.</summary>
    public static void Run(int n)
    {
        long start = Stopwatch.GetTimestamp();
        Report("start", start);
        start = Stopwatch.GetTimestamp();
        var transform = new FourierTransform(n, n);
        using FourierScratch scratch = transform.CreateScratch();
        Report("plan", start);
        using var plane = new ComplexPlane(n, n);
        for (int call = 1; call <= 3; call++)
        {
            start = Stopwatch.GetTimestamp();
            transform.ForwardRows(plane, 0, n, scratch);
            Report($"rows, call {call}", start);
            start = Stopwatch.GetTimestamp();
            transform.ForwardColumns(plane, 0, plane.Blocks, scratch);
            Report($"columns, call {call}", start);
            start = Stopwatch.GetTimestamp();
            transform.Inverse(plane, scratch);
            Report($"inverse, call {call}", start);
        }
    }

    private static void Report(string what, long start) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:f1} ms; compiled so far {JitInfo.GetCompiledMethodCount()} methods in {JitInfo.GetCompilationTime().TotalMilliseconds:f1} ms"));
}
