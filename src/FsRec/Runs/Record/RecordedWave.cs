using System.Security.Cryptography;
using System.Text;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// What the wave among the files of a record was made with. Analyses that follow are written into the same record with parameters of their own, and leave
/// this as it is.
/// </summary>
/// <param name="Foci">Its foci in nm, one for each image that is used, as key Foci takes them: those of the parameters, or what an analysis or a correction made of them.</param>
/// <param name="Parameters">The values of the keys without which it means nothing.</param>
public sealed record RecordedWave(string Foci, IReadOnlyDictionary<string, string> Parameters)
{
    // Those that say in which images, how a pixel of the wave lies in space, and by which lens it was imaged.
    internal static readonly string[] Keys = ["INPUTFILENAME", RangeKey, CountKey, "Dimensions", "Sampling", "Voltage", "C3", FociKey];

    /// <summary>SHA-256 of the SHA-256 of the frames' files, one after the other as text; <see langword="null"/> where the frames did not come from a file each, or one was written again meanwhile.</summary>
    public string? Frames { get; init; }

    internal const string FociKey = "Foci";
    internal const string RangeKey = "Range";
    internal const string CountKey = "NImages";

    /// <summary>That of a wave that was made of a series.</summary>
    /// <param name="series">The series with the foci of the wave.</param>
    internal static RecordedWave Of(FocalSeries series) => new(
        Text(series.Foci),
        Keys.Select(key => (Key: key, Value: Value(key, series.Parameters))).Where(static p => p.Value is not null)
            .ToDictionary(static p => p.Key, static p => p.Value!, StringComparer.Ordinal));

    /// <summary>
    /// What the files of a series' frames are told from others by; <see langword="null"/> where there are none, where one holds several frames, to which others
    /// may be added, and where one was written again after it was read.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="inputs">Its files as they were read, and others.</param>
    internal static string? FramesOf(FocalSeries series, IReadOnlyList<InputRecord> inputs)
    {
        HashSet<string> frames = [.. series.FrameFiles];
        string[] hashes = [.. inputs.Where(input => frames.Contains(input.Path)).Select(static input => input.Sha256)];
        return hashes.Length != series.Count || series.ChangedFiles.Count > 0 ? null : Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(hashes)))).ToLowerInvariant();
    }

    /// <summary>Foci to the last bit.</summary>
    internal static string Text(IEnumerable<double> foci) => "[" + string.Join(',', foci.Select(NumberText.Print)) + "]";

    /// <summary>The values with another one of a key.</summary>
    internal Dictionary<string, string> With(string key, string? value)
    {
        var values = new Dictionary<string, string>(Parameters, StringComparer.Ordinal);
        values.Remove(key);
        if (value is not null)
        {
            values[key] = value;
        }

        return values;
    }

    /// <summary>The value of a key, as a parameter file writes it; <see langword="null"/> for none.</summary>
    internal static string? Value(string key, ReconstructionParameters parameters) => ParameterKeys.Find(key)!.Print(parameters);
}
