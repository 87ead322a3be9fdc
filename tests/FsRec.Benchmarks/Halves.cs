using FsRec.Alignment;
using FsRec.Comparison;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Restoration;
using FsRec.Series;

namespace FsRec.Benchmarks;

/// <summary>
/// Even and odd frames of a series reconstructed apart, by the linear loop and by the nonlinear way, and how well each pair of waves
/// agrees. Nothing is shared but the parameter file; the waves are compared after a common shift, phase and defocus are fitted.
/// </summary>
internal static class Halves
{
    /// <summary>Runs a parameter file's series.</summary>
    /// <param name="file">The parameter file.</param>
    /// <param name="input">Folder of the frames.</param>
    /// <param name="pictures">Folder for pictures of the phases.</param>
    public static void Run(string file, string input, string pictures)
    {
        ReconstructionParameters parameters = ParameterFile.Read(file);
        parameters = parameters with { Files = parameters.Files with { InputPath = Path.GetFullPath(input) } };
        FocalSeries whole = SeriesReader.Read(parameters);
        ExitWave[] linear = [.. new[] { 0, 1 }.Select(half => Linear(Half(whole, half)))];
        ExitWave[] model = [.. new[] { 0, 1 }.Select(half => Nonlinear(Half(whole, half)))];
        WaveComparison a = Compare(linear, parameters);
        WaveComparison b = Compare(model, parameters);
        Console.WriteLine($"linear loop: {a}; 0.5 at {a.FrequencyAtHalf} 1/nm, 0.143 at {a.FrequencyAtOneSeventh} 1/nm");
        Console.WriteLine($"nonlinear:   {b}; 0.5 at {b.FrequencyAtHalf} 1/nm, 0.143 at {b.FrequencyAtOneSeventh} 1/nm");
        Console.WriteLine("| g, 1/nm | linear loop | nonlinear |");
        Console.WriteLine("|---|---|---|");
        for (int i = 0; i + 8 <= Math.Min(a.Rings.Count, b.Rings.Count); i += 8)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"| {a.Rings.Skip(i).Take(8).Average(static r => r.Frequency):0.00} | {a.Rings.Skip(i).Take(8).Average(static r => r.Correlation):0.000} | {b.Rings.Skip(i).Take(8).Average(static r => r.Correlation):0.000} |"));
        }

        Rendering.WavePictures.Phase(linear[0]).Save(Path.Combine(pictures, "halves-linear.png"));
        Rendering.WavePictures.Phase(model[0]).Save(Path.Combine(pictures, "halves-nonlinear.png"));
    }

    private static WaveComparison Compare(ExitWave[] waves, ReconstructionParameters parameters) =>
        WaveComparison.Compare(waves[0], waves[1], WaveComparisonOptions.From(parameters) with { FitTilt = true });

    private static FocalSeries Half(FocalSeries whole, int half)
    {
        int[] frames = [.. Enumerable.Range(0, whole.Count).Where(n => n % 2 == half)];
        ReconstructionParameters parameters = whole.Parameters with
        {
            Foci = [.. frames.Select(n => whole.Foci[n])],
            Files = whole.Parameters.Files with { ImageCount = frames.Length },
            Image = whole.Parameters.Image with { Range = null },
        };
        return new FocalSeries(parameters, [.. frames.Select(whole.GetFrame)]);
    }

    private static ExitWave Linear(FocalSeries series) => LinearReconstruction.Run(Prealignment.Run(series).Aligned).Wave;

    private static ExitWave Nonlinear(FocalSeries series)
    {
        AlignedSeries aligned = ModelAlignment.Run(series).Aligned;
        NonlinearResult result = NonlinearReconstruction.Refine(LinearReconstruction.FromWave(aligned, WienerRestoration.Run(aligned)));
        Console.WriteLine(result);
        return result.Reconstruction.Wave;
    }
}
