using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Tests.Reference;

/// <summary>
/// The experimental series published with PyFSRec and the results of that program with its known mistakes corrected. The data is not part of
/// the repository: it is looked for in a folder <c>shared/data/pyfsrec-example</c> beside it, or where FSREC_EXAMPLE_DATA says.
/// </summary>
internal static class ExampleData
{
    public static string? Folder { get; } = Find();

    /// <summary>The folder; skips the test when there is none.</summary>
    public static string Require()
    {
        Assert.SkipUnless(Folder is not null, "The example series is not here (shared/data/pyfsrec-example beside the repository, or FSREC_EXAMPLE_DATA).");
        return Folder!;
    }

    public static ReconstructionParameters Parameters()
    {
        ReconstructionParameters parameters = ParameterFile.Read(Path.Combine(Require(), "config-example.fsr"));
        return parameters with { Files = parameters.Files with { InputPath = Path.Combine(Folder!, "frames") } };
    }

    public static FocalSeries Series() => SeriesReader.Read(Parameters());

    public static string Expected(string run, string file) => Path.Combine(Require(), "expected", run, "Rec-bin2-av10" + file);

    /// <summary>RMS difference of two waves relative to the scattered part of the expected one.</summary>
    public static double WaveDifference(ExitWave wave, ExitWave expected)
    {
        double sum = 0;
        for (int i = 0; i < wave.Interleaved.Length; i++)
        {
            double d = wave.Interleaved[i] - expected.Interleaved[i];
            sum += d * d;
        }

        return Math.Sqrt(sum / wave.Calibration.PixelCount) / expected.ScatteredRms;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("FSREC_EXAMPLE_DATA") is { Length: > 0 } named)
        {
            return named;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "data", "pyfsrec-example");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
