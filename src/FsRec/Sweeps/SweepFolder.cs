using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Runs;

namespace FsRec.Sweeps;

/// <summary>
/// The folder of one run. A record of what the results follow from is written when all of them are there, and removed before they are
/// made anew: a folder with a record that fits is complete, any other is done again.
/// </summary>
/// <param name="parameters">The run's parameters with its folder as OUTPUTPATH.</param>
/// <param name="origin">What the results follow from; see <see cref="OriginOf"/>.</param>
internal sealed class SweepFolder(ReconstructionParameters parameters, string origin)
{
    private readonly string _folder = OutputFiles.Of(parameters).Folder;
    private readonly string _record = OutputFiles.Of(parameters).WithEnding("_sweep.json");

    /// <summary>A hash of frames, values of all keys, options and version of the library.</summary>
    public static string OriginOf(ReconstructionParameters parameters, RunOptions options, string frames)
    {
        var text = new StringBuilder();
        text.Append(typeof(SweepFolder).Assembly.GetName().Version).Append('\n').Append(frames).Append('\n').Append(options).Append('\n');
        foreach (ParameterKey key in ParameterKeys.All.Where(static key => !IsPlace(key)))
        {
            text.Append(key.Name).Append('=').Append(key.Print(parameters)).Append('\n');
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>The row of a complete run; <see langword="null"/> when there is none of this origin, or none with the chi-square that is needed.</summary>
    public SweepRow? Read(SweepPoint point, bool needsChiSquare)
    {
        SweepRecord? record;
        try
        {
            record = File.Exists(_record) ? JsonSerializer.Deserialize(File.ReadAllBytes(_record), SweepJson.Default.SweepRecord) : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return record?.Files is not null && record.Origin == origin && (record.ModelChiSquare is not null || !needsChiSquare) && record.Files.All(IsThere)
            ? Row(point, record) with { IsReadBack = true }
            : null;
    }

    /// <summary>Makes way for a run that is not complete yet.</summary>
    public void Begin()
    {
        try
        {
            Directory.CreateDirectory(_folder);
            File.Delete(_record);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"'{_folder}' cannot be written to: {e.Message}", e);
        }
    }

    /// <summary>Records that a run is complete.</summary>
    public SweepRow Complete(SweepPoint point, RunResult result, double? chiSquare)
    {
        Reconstruction reconstruction = result.Reconstruction!;
        var record = new SweepRecord
        {
            Origin = origin,
            Values = point.ToString(),
            ModelChiSquare = chiSquare,
            ResidualRms = reconstruction.ResidualRms,
            ScatteredFraction = reconstruction.ScatteredFraction,
            HighestFrequency = TransferReach.Highest(reconstruction.Series),
            Iterations = reconstruction.History.Count,
            Seconds = result.Elapsed.TotalSeconds,
            Files = result.Files.Distinct().ToDictionary(file => Path.GetRelativePath(_folder, file), static file => FileStamp.Of(file).Bytes),
        };
        AtomicFile.Write(_record, stream => JsonSerializer.Serialize(stream, record, SweepJson.Default.SweepRecord));
        return Row(point, record);
    }

    // Frames and detector count by their content, wherever they lie.
    private static bool IsPlace(ParameterKey key) =>
        key.Kind is ParameterKind.Folder or ParameterKind.Curve || (key.Kind == ParameterKind.Name && key.Stages == KeyStages.Import);

    private bool IsThere(KeyValuePair<string, long> file) =>
        FileStamp.Of(Path.Combine(_folder, file.Key)).Bytes == file.Value;

    private SweepRow Row(SweepPoint point, SweepRecord record) => new()
    {
        Origin = record.Origin,
        Point = point,
        Parameters = parameters,
        ModelChiSquare = record.ModelChiSquare,
        ResidualRms = record.ResidualRms,
        ScatteredFraction = record.ScatteredFraction,
        HighestFrequency = record.HighestFrequency,
        Iterations = record.Iterations,
        Elapsed = TimeSpan.FromSeconds(record.Seconds),
        Files = record.Files.Keys.Select(file => Path.Combine(_folder, file)).ToArray(),
    };
}
