using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Watching;

/// <summary>Where the results of a series may lie.</summary>
/// <param name="options">What is said for all series.</param>
/// <param name="candidate">The series.</param>
internal sealed class SeriesPlaces(WatchOptions options, Candidate candidate)
{
    /// <summary>The key of the name of the results.</summary>
    public const string NameKey = "OUTPUTFILENAME";

    private const string FolderKey = "OUTPUTPATH";

    /// <summary>Folder of the results of a series without a parameter file, unless a value says another. Below a destination it lies as the series does in the folder that is watched.</summary>
    public string Folder { get; } = options.Destination is { } place
        ? Path.Combine(place, Path.GetRelativePath(Path.GetFullPath(options.Folder), candidate.Folder) is var below && below == "." ? "" : below, candidate.Stem)
        : Path.Combine(candidate.Folder, "results");

    /// <summary>Name of the results of a series without a parameter file, unless a value says another.</summary>
    public string Name => options.Parameters is null && candidate.Sources.Count > 0 ? SeriesFiles.NameOfSeries(candidate.Sources) : candidate.Stem;

    /// <summary>Where the results are to lie.</summary>
    /// <exception cref="FsRecException">The parameter file cannot be read, or a value is none.</exception>
    public OutputFiles Usual => field ??= Find();

    /// <summary>
    /// The same, and where else they may lie, without end: under a name that says of which files they are. Where a parameter file says it there is no other.
    /// </summary>
    /// <exception cref="FsRecException">As of <see cref="Usual"/>.</exception>
    public IEnumerable<OutputFiles> All
    {
        get
        {
            OutputFiles usual = Usual;
            yield return usual;
            string kind = candidate.Sources.Count > 0 ? Path.GetExtension(candidate.Sources[0]).TrimStart('.') : "";
            bool hasOwnFolder = options.Destination is not null && !options.Values.Any(static v => IsKey(v.Key, FolderKey));
            for (int i = 1; !candidate.HasParameters; i++)
            {
                string ending = FormattableString.Invariant($"_{(kind.Length > 0 ? kind : "series")}{(i > 1 ? $"_{i}" : "")}");
                yield return new OutputFiles(hasOwnFolder ? usual.Folder + ending : usual.Folder, usual.BaseName + ending);
            }
        }
    }

    /// <summary>Whether a key is the name of the results.</summary>
    /// <param name="key">The key.</param>
    public static bool IsName(string key) => IsKey(key, NameKey);

    /// <summary>Whether a key says where results lie.</summary>
    /// <param name="key">The key.</param>
    public static bool IsOutput(string key) => IsName(key) || IsKey(key, FolderKey);

    private OutputFiles Find()
    {
        IEnumerable<KeyValuePair<string, string>> values = options.Values.Where(static v => IsOutput(v.Key));
        ReconstructionParameters parameters = candidate.HasParameters ? ParameterFile.Load(candidate.File).GetParameters() : options.Parameters ?? new ReconstructionParameters();
        ReconstructionParameters own = candidate.HasParameters ? parameters : parameters with { Files = parameters.Files with { OutputPath = Folder, OutputFileName = Name } };
        var files = OutputFiles.Of(own.With(values));
        return files with { Folder = Path.GetFullPath(files.Folder) };
    }

    private static bool IsKey(string key, string name) => ParameterKeys.Find(key)?.Name == name;
}
