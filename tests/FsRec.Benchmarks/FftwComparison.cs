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

        int[] chosen = [.. sizes.Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        Console.WriteLine("complex, in place:");
        Header("ours, ms | rows | columns");
        foreach (int n in chosen.Length > 0 ? chosen : [256, 384, 480, 512, 640, 768, 1000, 1024, 1536, 2048])
        {
            Compare(n, paired);
        }

        Console.WriteLine();
        Console.WriteLine("a real plane, forward:");
        Header("ours, ms");
        foreach (int n in chosen.Length > 0 ? chosen : [512, 1024, 2048])
        {
            CompareReal(n, paired);
        }
    }

    private static void Header(string ours)
    {
        Console.WriteLine($"| n² | {ours} | FFTW, ms | ratio of medians | of minima |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", ours.Count(c => c == '|') + 5))}");
    }

    private static void Compare(int n, bool paired)
    {
        var transform = new FourierTransform(n, n);
        using FourierScratch scratch = transform.CreateScratch();
        using var start = new ComplexPlane(n, n);
        using var plane = new ComplexPlane(n, n);
        FillRandomly(start);
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
        Report(n, times, 3, paired);
        if (paired)
        {
            Fftw.Destroy(plan);
            Fftw.Free(data);
        }
    }

    private static void CompareReal(int n, bool paired)
    {
        var transform = new RealTransform(n, n);
        using RealTransformScratch scratch = transform.CreateScratch();
        using ComplexPlane spectrum = transform.CreateHalfPlane();
        using var noise = new ComplexPlane(n, n);
        FillRandomly(noise);
        var image = new float[n * n];
        new ReadOnlySpan<float>(noise.Data, image.Length).CopyTo(image);
        nint plan = paired ? PlanReal(noise, n) : 0;
        Action nothing = () => { };
        var times = new PairedTimes(n < 1024 ? 4 : 8, (nothing, () => transform.Forward(image, spectrum, scratch)), (nothing, () => Execute(plan)));
        Report(n, times, 1, paired);
    }

    /// <summary>Plans one real plane's transform on memory of its own, which is kept to the end of the process.</summary>
    private static nint PlanReal(ComplexPlane content, int n)
    {
        int bytes = n * n * sizeof(float);
        float* real = Fftw.Malloc((nuint)bytes);
        float* spectrum = Fftw.Malloc((nuint)(2 * ((n / 2) + 1) * n * sizeof(float)));
        nint plan = Fftw.PlanReal(n, n, real, spectrum, Fftw.Measure);
        Buffer.MemoryCopy(content.Data, real, bytes, bytes);
        return plan;
    }

    private static void FillRandomly(ComplexPlane plane)
    {
        var random = new Random(plane.Rows);
        for (int i = 0; i < plane.Rows * plane.Columns; i++)
        {
            plane[i / plane.Columns, i % plane.Columns] = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
        }
    }

    private static void Report(int n, PairedTimes times, int jobs, bool paired)
    {
        IFormatProvider culture = CultureInfo.InvariantCulture;
        IEnumerable<string> ours = Enumerable.Range(0, jobs).Select(j => times.Median(j).ToString("f3", culture));
        string theirs = paired
            ? string.Create(
                culture,
                $"{times.Median(jobs):f3} | {times.Median(0) / times.Median(jobs):f2} | {times.Minimum(0) / times.Minimum(jobs):f2}")
            : "– | – | –";
        Console.WriteLine($"| {n} | {string.Join(" | ", ours)} | {theirs} |");
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
