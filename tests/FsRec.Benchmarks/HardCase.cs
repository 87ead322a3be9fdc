using FsRec.Parameters;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Benchmarks;

/// <summary>A series or parameters that no reconstruction can be right for, or hardly.</summary>
/// <param name="Name">What is hard about it.</param>
/// <param name="Keys">Keys and values, one after the other.</param>
internal sealed record HardCase(string Name, params string[] Keys)
{
    private const int Side = 64;
    private const int Count = 8;

    /// <summary>Rows and columns of the frames.</summary>
    public (int Rows, int Columns) Shape { get; init; } = (Side, Side);

    /// <summary>Longest drift from frame to frame in px.</summary>
    public double Drift { get; init; } = 1;

    /// <summary>Changes the frames.</summary>
    public Func<float[][], float[][]> Frames { get; init; } = static frames => frames;

    /// <summary>The list.</summary>
    public static IReadOnlyList<HardCase> All { get; } =
    [
        new("nothing hard"),
        new("empty frames") { Frames = static f => Each(f, static _ => 0) },
        new("constant frames") { Frames = static f => Each(f, static _ => 200) },
        new("saturated frames") { Frames = static f => Each(f, static v => Math.Min(v, 180)) },
        new("one saturated frame") { Frames = static f => One(f, 3, Array.ConvertAll(f[3], static v => Math.Min(v, 180))) },
        new("one frame") { Frames = static f => f[..1] },
        new("two frames") { Frames = static f => f[..2] },
        new("all foci equal", "Foci", "[-100,-100,-100,-100,-100,-100,-100,-100]"),
        new("foci nearly equal", "Foci", "[-100,-100.001]"),
        new("shuffled foci", "Foci", "[-90,-250,-130,-60,-210,-170,-110,-230]"),
        new("one flat frame") { Frames = static f => One(f, 3, Array.ConvertAll(f[3], static _ => 200f)) },
        new("one frame of noise") { Frames = static f => One(f, 3, Noise(f[3].Length, 200)) },
        new("one empty frame") { Frames = static f => One(f, 3, new float[f[3].Length]) },
        new("one foreign frame") { Frames = static f => One(f, 3, [.. f[3].Select((_, i) => f[3][(((i / Side) + 31) % Side * Side) + ((i + 29) % Side)])]) },
        new("one transposed frame") { Frames = static f => One(f, 3, [.. f[3].Select((_, i) => f[3][(i % Side * Side) + (i / Side)])]) },
        new("one copied frame") { Frames = static f => One(f, 3, f[5]) },
        new("all frames copies") { Frames = static f => [.. f.Select(_ => f[2])] },
        new("frames in another order") { Frames = static f => [f[3], f[0], f[7], f[1], f[5], f[2], f[6], f[4]] },
        new("drift beyond the frame") { Drift = 40 },
        new("61×67 px") { Shape = (61, 67) },
        new("127×31 px") { Shape = (127, 31) },
        new("17×19 px") { Shape = (17, 19) },
        new("a pixel that is no number") { Frames = static f => One(f, 3, [float.NaN, .. f[3][1..]]) },
        new("an infinite pixel") { Frames = static f => One(f, 3, [float.PositiveInfinity, .. f[3][1..]]) },
        new("a pixel of 3·10³⁸") { Frames = static f => One(f, 3, [3e38f, .. f[3][1..]]) },
        new("frames of 10⁻⁴¹") { Frames = static f => Each(f, static v => v * 1e-43f) },
        new("frames of 10³⁰") { Frames = static f => Each(f, static v => v * 1e28f) },
        new("negative frames") { Frames = static f => Each(f, static v => -v) },
        new("int32 as float32") { Frames = static f => Each(f, static v => BitConverter.Int32BitsToSingle((int)v)) },
        new("the other byte order") { Frames = static f => Each(f, static v => BitConverter.Int32BitsToSingle(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(BitConverter.SingleToInt32Bits(v)))) },
        new("foci without transfer", "Foci", "[-20000,-5000]"),
        new("Limit beyond Nyquist", "Limit", "50"),
        new("Limit below the first frequency", "Limit", "0.1"),
        new("area larger than the frame", "AREA", "[200,200]"),
        new("area of 4×4 px", "AREA", "[4,4]"),
        new("area at the edge", "AREA", "[16,16]", "Offset", "[24,24]"),
        new("10 kV", "Voltage", "10"),
        new("voltage in MV", "Voltage", "0.3"),
        new("C3 of 50 mm", "C3", "5e7"),
        new("C3 of 10³⁰⁰", "C3", "1e300"),
        new("C5 of 100 m", "C5", "1e11"),
        new("A1 of 0.1 mm", "A1", "1e5"),
        new("20 mrad", "Semiconvergence", "20"),
        new("100 mrad", "Semiconvergence", "100"),
        new("focus spread of 100 nm", "Focusspread", "100"),
        new("focus spread of 1 mm", "Focusspread", "1e6"),
        new("image spread of 5 nm", "Imagespread", "5000"),
        new("Comkernel of 65536", "Comkernel", "65536"),
        new("Comkernel of 2³¹ − 1", "Comkernel", "2147483647"),
        new("sampling in m", "Sampling", "[4.5e-11,4.5e-11]"),
        new("sampling of 1 µm", "Sampling", "[1000,1000]"),
        new("Range of one", "Range", "[3]"),
        new("Range of one thrice", "Range", "[2,2,2]"),
        new("Filtercutoff of 0", "Filtercutoff", "0"),
        new("a narrow alignment filter", "Alignmentfilter", "[7.99,8]"),
    ];

    /// <summary>The series; throws where the parameters are refused.</summary>
    public FocalSeries Series()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(SimulationParameters.Demo with
        {
            Calibration = new Calibration(Shape.Rows, Shape.Columns, 0.05, 0.05),
            FrameCount = Count,
            Drift = new DriftModel { LargestStep = Drift },
            Limit = 6,
            Seed = 5,
        });
        float[][] frames = Frames([.. Enumerable.Range(0, Count).Select(simulated.GetCounts)]);
        ReconstructionParameters parameters = simulated.Series.Parameters;
        parameters = parameters with
        {
            Files = parameters.Files with { ImageCount = frames.Length },
            Foci = [.. simulated.Series.Foci.Take(frames.Length)],
        };
        parameters = parameters.With(Keys.Chunk(2).Select(static pair => KeyValuePair.Create(pair[0], pair[1])));
        return new FocalSeries(parameters, [.. parameters.SelectedImages.Select(n => frames[n])]);
    }

    private static float[][] Each(float[][] frames, Func<float, float> change) => [.. frames.Select(f => Array.ConvertAll(f, v => change(v)))];

    private static float[][] One(float[][] frames, int n, float[] other) => [.. frames.Select((f, k) => k == n ? other : f)];

    private static float[] Noise(int count, double mean)
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(mean + (Math.Sqrt(mean) * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))))];
    }
}
