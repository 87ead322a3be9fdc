using BenchmarkDotNet.Attributes;

namespace FsRec.Benchmarks;

/// <summary>A frame's share of an iteration of the linear loop and, by the memory column, that it allocates nothing.</summary>
[MemoryDiagnoser]
public class FrameIterationBenchmarks : IDisposable
{
    private readonly FrameIteration _frame = new();

    [Benchmark(Baseline = true)]
    public void Iteration() => _frame.Run();

    [Benchmark]
    public void Simulation() => _frame.Simulate();

    [GlobalCleanup]
    public void Dispose()
    {
        _frame.Dispose();
        GC.SuppressFinalize(this);
    }
}
