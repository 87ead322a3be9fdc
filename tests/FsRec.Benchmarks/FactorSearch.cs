using System.Globalization;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;

namespace FsRec.Benchmarks;

/// <summary>Times every order of radices that makes a length: what <see cref="LineTransform"/>'s choice rests on.</summary>
internal static unsafe class FactorSearch
{
    /// <summary>Prints the fastest orders for the columns of a square plane, or for a line within the first cache.</summary>
    public static void Run(int n, bool inCache)
    {
        List<MixedRadixTransform> candidates = [];
        List<string> names = [];
        foreach (List<int> radices in Orders(n))
        {
            for (int split = 0; split <= Math.Min(radices.Count - 1, 3); split++)
            {
                foreach (Prefetch prefetch in inCache ? [Prefetch.None] : Enum.GetValues<Prefetch>())
                {
                    candidates.Add(new MixedRadixTransform(n, radices, split, prefetch, KernelSet.Best));
                    names.Add(
                        $"({string.Join('·', radices.Take(split))})({string.Join('·', radices.Skip(split))}) {prefetch}");
                }
            }
        }

        using var plane = new ComplexPlane(n, inCache ? 16 : n);
        using var work = new AlignedBuffer(candidates.Max(c => c.WorkFloats));
        int repeats = inCache ? 500 : 1;
        int stride = inCache ? ComplexPlane.BlockFloats : plane.RowStride;
        var times = new PairedTimes(
            inCache ? 4 : 0.03 * candidates.Count * n * n / 262144,
            [.. candidates.Select(c => ((Action)(() => { }), (Action)(() => Columns(c, plane, work, repeats, stride))))]);
        foreach (int i in Enumerable.Range(0, candidates.Count).OrderBy(times.Minimum).Take(12))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{names[i]}: {times.Minimum(i):f3} ms, median {times.Median(i):f3}"));
        }
    }

    private static void Columns(MixedRadixTransform line, ComplexPlane plane, AlignedBuffer work, int repeats, int stride)
    {
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            for (int block = 0; block < plane.Blocks; block++)
            {
                var lines = new Lines(
                    plane.Data + (block * ComplexPlane.BlockFloats), ComplexPlane.Lanes, stride);
                line.Run(lines, lines, work.Pointer, scaled: false);
            }
        }
    }

    private static IEnumerable<List<int>> Orders(int n)
    {
        if (n == 1)
        {
            yield return [];
        }

        foreach (int radix in (int[])[2, 3, 4, 5, 8])
        {
            if (n % radix == 0)
            {
                foreach (List<int> rest in Orders(n / radix))
                {
                    if (rest.Count(r => r == 2) + (radix == 2 ? 1 : 0) <= 1)
                    {
                        yield return [radix, .. rest];
                    }
                }
            }
        }
    }
}
