using BenchmarkDotNet.Attributes;
using FsRec.Fourier;

namespace FsRec.Benchmarks;

/// <summary>
/// Transforms of square planes and, by the memory column, that they allocate nothing. Forward and inverse in turn keep the
/// numbers in range without copying them anew.
/// </summary>
[MemoryDiagnoser]
public class TransformBenchmarks : IDisposable
{
    private ComplexPlane _plane = null!;
    private ComplexPlane _a = null!;
    private ComplexPlane _b = null!;
    private FourierTransform _transform = null!;
    private RealPairTransform _pair = null!;
    private FourierScratch _scratch = null!;
    private FourierScratch _pairScratch = null!;

    [Params(512, 1000, 2048)]
    public int Size { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _transform = new FourierTransform(Size, Size);
        _pair = new RealPairTransform(Size, Size);
        _scratch = _transform.CreateScratch();
        _pairScratch = _pair.CreateScratch();
        _plane = new ComplexPlane(Size, Size);
        _a = new ComplexPlane(Size, _pair.SpectrumColumns);
        _b = new ComplexPlane(Size, _pair.SpectrumColumns);
        var random = new Random(1);
        for (int i = 0; i < Size * Size; i++)
        {
            _plane[i / Size, i % Size] = (random.NextSingle(), random.NextSingle());
        }
    }

    [Benchmark(Baseline = true)]
    public void ForwardAndInverse()
    {
        _transform.Forward(_plane, _scratch);
        _transform.Inverse(_plane, _scratch);
    }

    [Benchmark]
    public void TwoRealPlanes() => _pair.Forward(_plane, _a, _b, _pairScratch);

    [GlobalCleanup]
    public void Dispose()
    {
        _plane?.Dispose();
        _a?.Dispose();
        _b?.Dispose();
        _scratch?.Dispose();
        _pairScratch?.Dispose();
        GC.SuppressFinalize(this);
    }
}
