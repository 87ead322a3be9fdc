using System.Globalization;
using FsRec.Fourier;

namespace FsRec.Benchmarks;

/// <summary>Prints our transforms' times beside FFTW's, one thread, in place, both in this process.</summary>
internal static unsafe class FftwComparison
{
    /// <summary>Compares square transforms of the sizes given, or of the usual ones.</summary>
    public static void Run(IReadOnlyList<string> sizes)
    {
        bool paired = Fftw.IsAvailable;
        if (!paired)
        {
            Console.WriteLine($"{Fftw.Library} is not installed (Debian: libfftw3-dev); only our own times follow.");
        }

        Console.WriteLine("| n² | ours, ms | rows | columns | FFTW, ms | ratio of medians | of minima |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (int n in sizes.Count == 0
            ? [256, 384, 480, 512, 640, 768, 1000, 1024, 1536, 2048]
            : sizes.Select(s => int.Parse(s, CultureInfo.InvariantCulture)))
        {
            Compare(n, paired);
        }
    }

    private static void Compare(int n, bool paired)
    {
        var transform = new FourierTransform(n, n);
        using FourierScratch scratch = transform.CreateScratch();
        using var start = new ComplexPlane(n, n);
        using var plane = new ComplexPlane(n, n);
        var random = new Random(n);
        for (int i = 0; i < n * n; i++)
        {
            start[i / n, i % n] = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
        }

        int bytes = 2 * n * n * sizeof(float);
        float* data = null;
        nint plan = 0;
        if (paired)
        {
            data = Fftw.Malloc((nuint)bytes);
            plan = Fftw.PlanComplex(n, n, data, data, Fftw.Forward, Fftw.Measure);
        }

        var times = new PairedTimes(
            n < 1024 ? 2 : 4,
            (() => plane.CopyFrom(start), () => transform.Forward(plane, scratch)),
            (() => plane.CopyFrom(start), () => transform.ForwardRows(plane, 0, n, scratch)),
            (() => plane.CopyFrom(start), () => transform.ForwardColumns(plane, 0, plane.Blocks, scratch)),
            (() => Fill(data, bytes, start), () => Execute(plan)));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {n} | {times.Median(0):f3} | {times.Median(1):f3} | {times.Median(2):f3} | ")
            + (paired
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{times.Median(3):f3} | {times.Median(0) / times.Median(3):f2} | {times.Minimum(0) / times.Minimum(3):f2} |")
                : "– | – | – |"));
        if (paired)
        {
            Fftw.Destroy(plan);
            Fftw.Free(data);
        }
    }

    private static void Fill(float* data, int bytes, ComplexPlane start)
    {
        if (data is not null)
        {
            // The order of the numbers does not matter to the time.
            Buffer.MemoryCopy(start.Data, data, bytes, bytes);
        }
    }

    private static void Execute(nint plan)
    {
        if (plan != 0)
        {
            Fftw.Execute(plan);
        }
    }
}
