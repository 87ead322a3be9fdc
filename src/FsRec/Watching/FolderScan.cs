using FsRec.Formats;
using FsRec.Formats.Images;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Watching;

/// <summary>Finds the series that lie in a folder: those of parameter files, and frames that no parameter file names.</summary>
/// <param name="options">The folder and what a parameter file is called.</param>
/// <param name="names">What the host calls options.</param>
internal sealed class FolderScan(WatchOptions options, OptionNames names)
{
    private const string MdocSuffix = ".mdoc";
    private const string ResultsFolder = "results";

    // Names of images of known formats; whether one is, its content says.
    private static readonly HashSet<string> ImageSuffixes = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mrc", ".mrcs", ".st", ".ali", ".map", ".tif", ".tiff", ".dm3", ".dm4", ".ser", ".emi", ".emd", ".hspy", ".h5", ".hdf5", ".nxs", ".npy", ".png", ".raw",
    };

    private readonly bool _knowsShape = options.Parameters?.Image.Calibration is { Rows: > 0 } || SeriesFiles.TellShape(options.Values);
    private readonly string _root = Path.GetFullPath(options.Folder);
    private readonly Dictionary<string, (FileStamp Stamp, bool IsSeries, int Frames)> _looked = new(StringComparer.Ordinal);

    /// <summary>The series that are there now, by name. A folder that vanishes during the look is passed over.</summary>
    public IReadOnlyList<Candidate> Look()
    {
        List<Candidate> found = [];
        Visit(_root, found, [], new RealPaths());
        // Frames of a parameter file in another folder are its own.
        HashSet<string> named = [.. found.Where(static c => c.HasParameters).SelectMany(static c => c.Files)];
        found.RemoveAll(c => !c.HasParameters && c.Files.Any(named.Contains));
        return found;
    }

    /// <summary>Frames of a file; 1 where that cannot be told.</summary>
    public int FramesOf(string path) => LookAt(path).Frames;

    // On the way are the folders above, by whatever links they are named: a link that leads back to one of them shows nothing new.
    private void Visit(string folder, List<Candidate> found, IReadOnlyList<string> way, RealPaths paths)
    {
        const int Deepest = 16;
        string real = paths.Folder(folder);
        if (way.Contains(real, RealPaths.Comparer))
        {
            return;
        }

        string[] files;
        string[] folders;
        try
        {
            files = Directory.GetFiles(folder);
            folders = Directory.GetDirectories(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return;
        }

        HashSet<string> named = new(StringComparer.Ordinal);
        HashSet<string> results = new(StringComparer.Ordinal);
        foreach (string file in files.Where(f => Path.GetFileName(f) is var name && name[0] != '.' && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(options.Filter, name)).Order(NaturalOrder.Comparer))
        {
            Candidate candidate = OfParameters(file, results);
            found.Add(candidate);
            named.UnionWith(candidate.Files);
        }

        // What a run left is no series.
        bool isResults = Array.Exists(files, static f => f.EndsWith("_run.json", StringComparison.Ordinal));
        if (!isResults && !found.Any(c => c.HasParameters && c.Folder == folder))
        {
            string[] free = [.. files.Where(f => !named.Contains(f))];
            Candidate[] series = [.. OfImages(folder, free)];
            found.AddRange(series.Length > 0 || _knowsShape ? series : Headerless(folder, free));
        }

        foreach (string inner in folders.Where(f => way.Count < Deepest && Path.GetFileName(f)[0] != '.' && !results.Contains(f)
            && Path.GetFileName(f) != ResultsFolder && (options.Destination is null || Path.GetFullPath(f) != Path.GetFullPath(options.Destination))).Order(NaturalOrder.Comparer))
        {
            Visit(inner, found, [.. way, real], paths);
        }
    }

    private Candidate OfParameters(string file, HashSet<string> results)
    {
        var plain = new Candidate(Name(file), file, Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file)) { HasParameters = true, Files = [file], KnowsItsFiles = true };
        ReconstructionParameters parameters;
        try
        {
            if (ParameterFile.Load(file).Parameters is not { } read)
            {
                return plain with { IsWrong = true };
            }

            parameters = read.With(options.Values);
            results.Add(Path.GetFullPath(parameters.ResolvedOutputPath));
        }
        catch (FsRecException)
        {
            return plain with { IsWrong = true };
        }

        string folder = Path.GetFullPath(parameters.ResolvedInputPath);
        if (!InputFiles.AreNamed(parameters))
        {
            return plain with
            {
                Folder = folder,
                Files = [file, .. parameters.SelectedImages.Select(n => Path.Combine(folder, RawFrameFile.Name(parameters.Files.InputFileName, n)))],
                LeastBytes = SeriesInput.RawOf(parameters.Files, parameters.Image.Calibration).FrameBytes,
            };
        }

        string name = parameters.Files.InputFileName;
        string[] frames = InputFiles.IsPattern(name) ? Files(folder, name)
            : Directory.Exists(Path.Combine(folder, name)) ? [.. Files(Path.Combine(folder, name), "*").Where(static f => Path.GetFileName(f)[0] != '.')]
            : [Path.Combine(folder, name)];
        return plain with { Folder = folder, Files = [file, .. frames], Sources = frames, KnowsItsFiles = false };
    }

    private IEnumerable<Candidate> OfImages(string folder, string[] files)
    {
        HashSet<string> listed = new(StringComparer.Ordinal);
        foreach (string mdoc in files.Where(static f => f.EndsWith(MdocSuffix, StringComparison.OrdinalIgnoreCase)).Order(NaturalOrder.Comparer))
        {
            IReadOnlyList<string> images = Listed(mdoc);
            if (images.Count == 0)
            {
                continue;
            }

            listed.UnionWith(images);
            yield return new Candidate(Name(mdoc), mdoc, folder, Path.GetFileNameWithoutExtension(mdoc)) { Sources = [mdoc], Files = [mdoc, .. images] };
        }

        foreach (IGrouping<string, string> group in files
            .Where(f => !listed.Contains(f) && Path.GetFileName(f)[0] != '.' && ImageSuffixes.Contains(Path.GetExtension(f)) && (LookAt(f).IsSeries || IsAnnounced(f)))
            .GroupBy(Stem).OrderBy(static g => g.Key, NaturalOrder.Comparer))
        {
            string[] frames = [.. group.Order(NaturalOrder.Comparer)];
            string[] there = [.. frames.Where(f => LookAt(f).IsSeries)];
            // Files of several frames are series each, whatever they are called.
            if (frames.Length == 1 || there.All(f => LookAt(f).Frames > 1))
            {
                foreach (string file in there)
                {
                    yield return new Candidate(Name(file), file, folder, Path.GetFileNameWithoutExtension(file)) { Sources = [file], Files = [file] };
                }
            }
            else
            {
                string name = group.Key.Length > 0 ? group.Key : Path.GetFileName(folder);
                yield return new Candidate(Name(Path.Combine(folder, name)), folder, folder, name) { Sources = frames, Files = frames };
            }
        }
    }

    // Frames without a header alone, of which nobody says the shape: there will be no series until somebody does.
    private IEnumerable<Candidate> Headerless(string folder, string[] files)
    {
        string[] frames = [.. files.Where(f => !SeriesFiles.IsHidden(f) && IsRaw(f) && LookAt(f).Frames > 0).Order(NaturalOrder.Comparer)];
        if (frames.Length > 0)
        {
            yield return new Candidate(Name(folder), folder, folder, Path.GetFileName(folder))
            {
                Sources = frames,
                Files = frames,
                Lacks = $"it holds {Counted.Of(frames.Length, "file")} without a header, {Path.GetFileName(frames[0])}{(frames.Length > 1 ? $" to {Path.GetFileName(frames[^1])}" : "")}, and nobody says what is in them. Give Dimensions and Pixeltype, and the Sampling, Voltage and Foci that such files do not tell, by {names.Set}, or put a parameter file beside them",
            };
        }
    }

    // A link to a file that is not there yet, or not any more: without it a series of single frames is not whole.
    private static bool IsAnnounced(string path) => !FileStamp.Of(path).Exists && new FileInfo(path).LinkTarget is not null;

    // None of a folder that is not there, or not any more.
    private static string[] Files(string folder, string pattern)
    {
        try
        {
            return [.. Directory.GetFiles(folder, pattern).Order(NaturalOrder.Comparer)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IReadOnlyList<string> Listed(string mdoc)
    {
        try
        {
            return SerialEmFile.Read(mdoc).ImageFiles;
        }
        catch (FsRecException)
        {
            return [];
        }
    }

    // A file is looked into again when it has changed.
    private (FileStamp Stamp, bool IsSeries, int Frames) LookAt(string path)
    {
        FileStamp stamp;
        try
        {
            stamp = FileStamp.Of(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return default;
        }

        if (!stamp.Exists)
        {
            return default;
        }

        if (!_looked.TryGetValue(path, out (FileStamp Stamp, bool IsSeries, int Frames) known) || known.Stamp != stamp)
        {
            _looked[path] = known = (stamp, Inspect(path, out int frames), frames);
        }

        return known;
    }

    private bool Inspect(string path, out int frames)
    {
        frames = 1;
        try
        {
            if (!ImageFile.IsKnown(path))
            {
                // Pixels without a header are images where somebody says their shape.
                return IsRaw(path) && _knowsShape;
            }

            using var file = ImageFile.Open(path);
            frames = file.Main.Info.Frames;
            return !file.Main.Info.IsResult;
        }
        catch (Exception e) when (e is FsRecException or IOException or UnauthorizedAccessException)
        {
            // In the making, or damaged: its run tells once nothing changes any more.
            return true;
        }
    }

    private static bool IsRaw(string path) => Path.GetExtension(path).Equals(".raw", StringComparison.OrdinalIgnoreCase);

    private static string Stem(string path)
    {
        string stem = Path.GetFileNameWithoutExtension(path);
        int end = stem.Length;
        while (end > 0 && char.IsAsciiDigit(stem[end - 1]))
        {
            end--;
        }

        return stem[..end].TrimEnd('_', '-', ' ', '.', '#', '(', '[');
    }

    private string Name(string path) => Path.GetRelativePath(_root, path).Replace(Path.DirectorySeparatorChar, '/');
}
