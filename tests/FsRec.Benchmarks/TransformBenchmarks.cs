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
    private ComplexPlane _spectrum = null!;
    private float[] _image = [];
    private FourierTransform _transform = null!;
    private RealTransform _real = null!;
    private FourierScratch _scratch = null!;
    private RealTransformScratch _realScratch = null!;

    [Params(512, 1000, 2048)]
    public int Size { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _transform = new FourierTransform(Size, Size);
        _real = new RealTransform(Size, Size);
        _scratch = _transform.CreateScratch();
        _realScratch = _real.CreateScratch();
        _plane = new ComplexPlane(Size, Size);
        _spectrum = _real.CreateHalfPlane();
        _image = new float[Size * Size];
        var random = new Random(1);
        for (int i = 0; i < Size * Size; i++)
        {
            _plane[i / Size, i % Size] = (random.NextSingle(), random.NextSingle());
            _image[i] = random.NextSingle();
        }
    }

    [Benchmark(Baseline = true)]
    public void ForwardAndInverse()
    {
        _transform.Forward(_plane, _scratch);
        _transform.Inverse(_plane, _scratch);
    }

    [Benchmark]
    public void RealPlane() => _real.Forward(_image, _spectrum, _realScratch);

    [GlobalCleanup]
    public void Dispose()
    {
        _plane?.Dispose();
        _spectrum?.Dispose();
        _scratch?.Dispose();
        _realScratch?.Dispose();
        GC.SuppressFinalize(this);
    }
}
