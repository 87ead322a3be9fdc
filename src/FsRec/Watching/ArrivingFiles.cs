using FsRec.Formats.Images;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Watching;

/// <summary>The files of a series as they are now: those before the first that is not there yet.</summary>
/// <param name="There">The files that are there, in natural order.</param>
/// <param name="State">Names, lengths and times of all.</param>
/// <param name="Missing">What is missing where nothing follows those that are there; <see langword="null"/> for nothing.</param>
internal sealed record ArrivingFiles(IReadOnlyList<string> There, string State, Awaited? Missing)
{
    /// <summary>Looks at the files that INPUTFILENAME names: a file, a folder, or what fits a pattern.</summary>
    /// <param name="parameters">The parameters of the series.</param>
    /// <param name="names">What the host calls options.</param>
    /// <exception cref="IOException">The folder cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    /// <exception cref="DataException">Nor can a file of it.</exception>
    public static ArrivingFiles Look(ReconstructionParameters parameters, OptionNames names)
    {
        string folder = parameters.ResolvedInputPath;
        string name = parameters.Files.InputFileName;
        string place = Path.Combine(folder, name);
        string[] files;
        Awaited none;
        if (Directory.Exists(place))
        {
            bool headerless = parameters.Image.Calibration is { Rows: > 0, Columns: > 0 };
            files = OfFolder(place, headerless);
            string why = files.Length > 0 || headerless ? "" : SeriesFiles.WhyNone(place, names);
            none = new Awaited($"the folder '{place}' holds no file of images.{why}", why.Length > 0);
        }
        else if (InputFiles.IsPattern(name) && Directory.Exists(folder))
        {
            files = [.. Directory.GetFiles(folder, name).Where(static file => !SeriesFiles.IsHidden(file)).Order(NaturalOrder.Comparer)];
            none = new Awaited($"no file in '{folder}' fits '{name}'.", false);
        }
        else
        {
            files = InputFiles.IsPattern(name) ? [] : [place];
            none = new Awaited($"there is no folder '{folder}'.", true);
        }

        (string Path, FileStamp Stamp)[] looked = [.. files.Select(static file => (file, FileStamp.Of(file)))];
        string[] there = [.. looked.TakeWhile(static file => file.Stamp.Exists).Select(static file => file.Path)];
        return new ArrivingFiles(
            there,
            string.Join('|', looked.Select(static file => $"{Path.GetFileName(file.Path)}:{file.Stamp.Text}")),
            there.Length < files.Length ? Absent(files[there.Length]) : files.Length == 0 ? none : null);
    }

    /// <summary>What is to be said of a file that is not there.</summary>
    /// <param name="path">The file.</param>
    public static Awaited Absent(string path) => new FileInfo(path).LinkTarget is { } target
        ? new Awaited($"'{path}' is a link, and '{target}', to which it leads, is not there.", true)
        : new Awaited($"'{path}' is not there.", false);

    // Its images, and links that lead to nothing yet and are called as they are.
    private static string[] OfFolder(string folder, bool headerless)
    {
        ILookup<bool, string> files = Directory.GetFiles(folder).Where(static file => !SeriesFiles.IsHidden(file)).ToLookup(static file => FileStamp.Of(file).Exists);
        IReadOnlyList<string> images = SeriesFiles.Among(files[true], headerless);
        HashSet<string> kinds = new(images.Select(static file => Path.GetExtension(file)), StringComparer.OrdinalIgnoreCase);
        // Where none is there yet each of them may be the first.
        return [.. images.Concat(files[false].Where(file => images.Count == 0 || kinds.Contains(Path.GetExtension(file)))).Order(NaturalOrder.Comparer)];
    }
}
