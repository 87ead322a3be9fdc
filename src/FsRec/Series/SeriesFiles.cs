using FsRec.Formats.Images;
using FsRec.Formats.Microscopes;
using FsRec.Formats.Png;
using FsRec.Formats.Raw;
using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>
/// A series from files as they left the microscope, without a parameter file: what the files tell is used, then a microscope's usual values, then the
/// program's own; and values that are given come before all of these.
/// </summary>
public static class SeriesFiles
{
    // What programs call bare numbers.
    private static readonly string[] HeaderlessEndings = [".raw", ".bin", ".dat", ".img"];

    private static readonly (string Key, Func<Microscope, Microscope, Microscope> Assume, Func<Microscope, string> Text)[] Assumed =
    [
        ("C3", static (to, from) => to with { C3 = from.C3 }, static m => FormattableString.Invariant($"C3 {m.C3 / 1e6:0.######} mm")),
        ("C5", static (to, from) => to with { C5 = from.C5 }, static m => FormattableString.Invariant($"C5 {m.C5 / 1e6:0.######} mm")),
        ("Semiconvergence", static (to, from) => to with { Semiconvergence = from.Semiconvergence }, static m => FormattableString.Invariant($"Semiconvergence {m.Semiconvergence} mrad")),
        ("Focusspread", static (to, from) => to with { FocusSpread = from.FocusSpread }, static m => FormattableString.Invariant($"Focusspread {m.FocusSpread} nm")),
        ("Imagespread", static (to, from) => to with { ImageSpread = from.ImageSpread }, static m => FormattableString.Invariant($"Imagespread {m.ImageSpread} pm")),
    ];

    /// <summary>Whether a file is one of images, and not a text such as a parameter file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataException">The file cannot be opened.</exception>
    public static bool IsImages(string path)
    {
        using (var bytes = new FileBytes(path))
        {
            // Pixels without a header have bytes that no text has.
            var head = new byte[(int)Math.Min(bytes.Length, 1 << 16)];
            bytes.Read(0, head);
            if (SerialEmFile.Knows(head.AsSpan(0, Math.Min(head.Length, 8192))) || head.AsSpan().IndexOfAnyInRange((byte)0, (byte)8) >= 0)
            {
                return true;
            }
        }

        return ImageFile.IsKnown(path);
    }

    /// <summary>The files of frames in a folder, in natural order: what FsRec itself left there of waves and pictures is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="headerless">Whether shape and numbers of files without a header are known, so that they are frames where there are no others.</param>
    public static IReadOnlyList<string> InFolder(string folder, bool headerless = false) => Among(Visible(folder), headerless);

    /// <summary>The files of frames among those of a folder, as of <see cref="InFolder"/>.</summary>
    /// <param name="files">The files, none hidden.</param>
    /// <param name="headerless">As of <see cref="InFolder"/>.</param>
    internal static IReadOnlyList<string> Among(IEnumerable<string> files, bool headerless)
    {
        string[] all = [.. files];
        string[] known = [.. all.Where(static path => ImageFile.IsKnown(path) && !IsResult(path)).Order(NaturalOrder.Comparer)];
        return known.Length > 0 || !headerless ? known : Headerless(all);
    }

    /// <summary>Why a folder holds no frames, as far as it can be said; empty where it cannot.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="names">What the host calls options.</param>
    public static string WhyNone(string folder, OptionNames names) => Headerless(Visible(folder)) is { Length: > 0 } files
        ? $" It holds {Counted.Of(files.Length, "file")} without a header, {Path.GetFileName(files[0])}{(files.Length > 1 ? $" to {Path.GetFileName(files[^1])}" : "")}: give shape and number type, {names.Headerless}, and the sampling, voltage and foci that they do not tell."
        : "";

    /// <summary>What is said of a folder without frames: why, or what is there in their place and what would be frames.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="names">How options are named.</param>
    public static string None(string folder, OptionNames names)
    {
        string[] files = [.. Visible(folder).Order(NaturalOrder.Comparer)];
        string there = files.Length == 0 ? "no file"
            : $"{Counted.Of(files.Length, "other file")}, {Path.GetFileName(files[0])}{(files.Length > 1 ? $" to {Path.GetFileName(files[^1])}" : "")}";
        return $"The folder '{folder}' holds no file of images.{(WhyNone(folder, names) is { Length: > 0 } why ? why : $" It holds {there}; expected {ImageFile.FormatNames}. Folders in it are not looked into.")}";
    }

    private static string[] Headerless(IEnumerable<string> files) =>
        [.. files.Where(static path => HeaderlessEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) && !ImageFile.IsKnown(path)).Order(NaturalOrder.Comparer)];

    /// <summary>Whether a file is one that no look at a folder shows.</summary>
    /// <param name="path">The file.</param>
    internal static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');

    private static IEnumerable<string> Visible(string folder) => Directory.EnumerateFiles(folder).Where(static path => !IsHidden(path));

    /// <summary>Whether keys tell the shape of frames, as a file without a header needs.</summary>
    /// <param name="values">Keys and values.</param>
    public static bool TellShape(IEnumerable<KeyValuePair<string, string>> values) => values.Any(static pair => ParameterKeys.Find(pair.Key)?.Name == "Dimensions");

    /// <summary>How files without a header are read by values that say so; <see langword="null"/> where these do not tell the shape.</summary>
    /// <param name="values">Keys and values as in a parameter file.</param>
    /// <exception cref="ParameterException">A value is none.</exception>
    public static RawFormat? Headerless(IReadOnlyCollection<KeyValuePair<string, string>> values)
    {
        if (!TellShape(values))
        {
            return null;
        }

        ReconstructionParameters parameters = new ReconstructionParameters().With(values);
        return SeriesInput.RawOf(parameters.Files, parameters.Image.Calibration);
    }

    private static bool IsResult(string path)
    {
        try
        {
            using var file = ImageFile.Open(path);
            return file.Main.Info.IsResult;
        }
        catch (DataException)
        {
            // Whoever reads it says what is wrong with it; a picture in colours that is ours holds no frames either.
            return PngFormat.IsOurs(path);
        }
    }

    /// <summary>The files that names on a command line mean: files as they are, those of a folder, and those that fit a pattern in natural order.</summary>
    /// <param name="names">The names.</param>
    /// <param name="headerless">As of <see cref="InFolder"/>.</param>
    /// <exception cref="DataException">A name means no file.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> names, bool headerless = false)
    {
        var files = new List<string>();
        foreach (string name in names)
        {
            int before = files.Count;
            if (Directory.Exists(name))
            {
                files.AddRange(InFolder(name, headerless));
            }
            else if (File.Exists(name) || !InputFiles.IsPattern(name))
            {
                files.Add(name);
            }
            else if (Path.GetDirectoryName(name) is var folder && (folder is null or "" || Directory.Exists(folder)))
            {
                files.AddRange(Directory.EnumerateFiles(folder is null or "" ? "." : folder, Path.GetFileName(name)).Order(NaturalOrder.Comparer));
            }

            if (files.Count == before)
            {
                throw new DataException(Directory.Exists(name) ? None(name, OptionNames.Console) : $"No file of images fits '{name}'.", new FileNotFoundException(null, name));
            }
        }

        // A shell sorts by letters, 10 before 2; whoever chose another order has a reason.
        return files.SequenceEqual(files.Order(StringComparer.Ordinal)) ? [.. files.Order(NaturalOrder.Comparer)] : files;
    }

    /// <summary>Reads a series. One that is large for the memory at hand is left in its files.</summary>
    /// <param name="files">The files, in the order of the frames; or one with all frames.</param>
    /// <param name="outputFolder">Where results go when nothing else is said.</param>
    /// <param name="values">Keys and values as in a parameter file.</param>
    /// <param name="microscope">The microscope; <see langword="null"/> for none.</param>
    /// <param name="progress">Told of each frame read.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <exception cref="DataException">A file is missing, damaged, or does not fit the others or the values.</exception>
    /// <exception cref="ParameterException">A value is none, is missing, or does not fit the others.</exception>
    public static FocalSeries Read(
        IReadOnlyList<string> files,
        string outputFolder,
        IEnumerable<KeyValuePair<string, string>> values,
        MicroscopePreset? microscope = null,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        FocalSeries series = Open(files, outputFolder, values, microscope);
        SeriesReader.LoadIfSmall(series, progress, cancellationToken);
        return series;
    }

    /// <summary>Opens a series and leaves it in its files until its frames are needed.</summary>
    /// <param name="files">The files, in the order of the frames; or one with all frames.</param>
    /// <param name="outputFolder">Where results go when nothing else is said.</param>
    /// <param name="values">Keys and values as in a parameter file.</param>
    /// <param name="microscope">The microscope; <see langword="null"/> for none.</param>
    /// <exception cref="DataException">A file is missing, damaged, or does not fit the others or the values.</exception>
    /// <exception cref="ParameterException">A value is none, is missing, or does not fit the others.</exception>
    public static FocalSeries Open(
        IReadOnlyList<string> files, string outputFolder, IEnumerable<KeyValuePair<string, string>> values, MicroscopePreset? microscope = null)
    {
        if (files.Count == 0)
        {
            throw new DataException("No file was given.");
        }

        KeyValuePair<string, string>[] given = [.. values];
        HashSet<string> keys = [.. given.Select(static pair => ParameterKeys.Find(pair.Key)?.Name).OfType<string>()];
        string[] paths = [.. files.Select(Path.GetFullPath)];
        (string folder, string name) = NameOf(paths);
        var parameters = new ReconstructionParameters
        {
            Files = new FileParameters { InputPath = folder, InputFileName = name, OutputPath = outputFolder, OutputFileName = NameOfSeries(paths) },
            Microscope = microscope?.ToMicroscope() ?? new Microscope { Voltage = 0 },
            // Where nobody has said how far the frames tell of the wave, a restoration that returns little where they say little.
            Restoration = new RestorationParameters { Method = RestorationMethod.Wiener },
        };
        parameters = parameters.From("the usual for image files", ["Restoration"]);
        parameters = microscope is null ? parameters : parameters.From(microscope.ToOrigin(), microscope.ToValues().Select(static value => value.Key));
        SeriesInput input = SeriesInput.Open(parameters.With(given), paths, microscope is null ? (found, source, warnings) => Assume(found, source, keys, warnings) : null);
        return SeriesReader.Open(input with { Source = input.Source! with { Warnings = [.. input.Source.Warnings, .. Unused(input.Source, keys)] } });
    }

    // What is said of files and has no bearing on these.
    private static IEnumerable<RunMessage> Unused(SeriesSource source, HashSet<string> given)
    {
        string[] ofFoci = [.. given.Where(static key => key is "Defocussign" or "Defocusunit").Order()];
        if (ofFoci.Length > 0 && given.Contains("Foci"))
        {
            yield return RunMessage.Warning(WarningIds.ValueNotUsed, $"{string.Join(" and ", ofFoci)} {(ofFoci.Length > 1 ? "tell" : "tells")} how files write their foci. Those that were given are taken as they are: in nm, underfocus negative.");
        }

        string[] ofNumbers = [.. given.Where(static key => key is "Pixeltype" or "Bigendian" or "Headerbytes" or "Frameorder").Order()];
        if (ofNumbers.Length > 0 && source.Format != RawFormat.FormatName)
        {
            yield return RunMessage.Warning(WarningIds.ValueNotUsed, $"{string.Join(", ", ofNumbers)} {(ofNumbers.Length > 1 ? "are" : "is")} for files without a header; '{source.Files[0]}' is {source.Format}, whose header tells, and is read as that says.");
        }
    }

    private static ReconstructionParameters Assume(ReconstructionParameters parameters, SeriesSource source, HashSet<string> given, List<RunMessage> warnings)
    {
        if (source.SphericalAberration is { } stated && !given.Contains("C3"))
        {
            warnings.Add(RunMessage.Warning(WarningIds.MicroscopeAssumed, FormattableString.Invariant(
                $"C3 {stated / 1e6:0.######} mm, as '{Path.GetFileName(source.Files[0])}' says. That is what was entered for the objective lens; with an image corrector choose a microscope, or give C3.")));
            parameters = (parameters with { Microscope = parameters.Microscope with { C3 = stated } }).From(ValueOrigin.Files, ["C3"]);
            given = [.. given, "C3"];
        }

        Microscope microscope = parameters.Microscope;
        (string Key, Func<Microscope, Microscope, Microscope> Assume, Func<Microscope, string> Text)[] missing = [.. Assumed.Where(value => !given.Contains(value.Key))];
        if (missing.Length == 0)
        {
            return parameters;
        }

        MicroscopePreset generic = MicroscopePresets.Generic(microscope.Voltage);
        Microscope usual = generic.ToMicroscope();
        Microscope assumed = missing.Aggregate(microscope, (to, value) => value.Assume(to, usual));
        warnings.Add(RunMessage.Warning(WarningIds.MicroscopeAssumed, FormattableString.Invariant(
            $"assumed for {microscope.Voltage:0.#} kV, as nobody says ({generic.Name}): {string.Join(", ", missing.Select(value => value.Text(assumed)))}. Choose a microscope, or give these values.")));
        return (parameters with { Microscope = assumed }).From($"assumed, those of {generic.Name}", missing.Select(static value => value.Key));
    }

    // As a parameter file would name the files: one by its name, several by a pattern that fits them and no others.
    private static (string Folder, string Name) NameOf(string[] paths)
    {
        string folder = Path.GetDirectoryName(paths[0]) ?? "";
        if (paths.Length == 1)
        {
            return (folder, Path.GetFileName(paths[0]));
        }

        string[] names = [.. paths.Select(static path => Path.GetFileName(path))];
        int head = CommonHead(names);
        int tail = 0;
        int least = names.Min(static name => name.Length);
        for (; tail < least - head && Array.TrueForAll(names, name => name[^(tail + 1)] == names[0][^(tail + 1)]); tail++)
        {
        }

        string pattern = names[0][..head] + "*" + names[0][(names[0].Length - tail)..];
        return paths.SequenceEqual(Directory.EnumerateFiles(folder, pattern).Order(NaturalOrder.Comparer)) ? (folder, pattern) : ("", "");
    }

    private static int CommonHead(string[] names)
    {
        int head = 0;
        for (int least = names.Min(static name => name.Length); head < least && Array.TrueForAll(names, name => name[head] == names[0][head]); head++)
        {
        }

        return head;
    }

    /// <summary>What results are called: they are of the series and not of its first image, whose names have a part in common without the numbers, or else a folder.</summary>
    /// <param name="paths">The files of the series.</param>
    internal static string NameOfSeries(IReadOnlyList<string> paths)
    {
        if (paths.Count == 1)
        {
            return Stem(paths[0]);
        }

        string[] stems = [.. paths.Select(Stem)];
        string common = stems[0][..CommonHead(stems)];
        string name = common.TrimEnd([.. "0123456789 _-.#(["]);
        return name.Length > 0 ? name
            : Path.GetFileName(Path.GetDirectoryName(paths[0])) is { Length: > 0 } folder ? folder
            : "series";
    }

    private static string Stem(string path)
    {
        string stem = Path.GetFileNameWithoutExtension(path);
        return stem.EndsWith(".mrc", StringComparison.OrdinalIgnoreCase) || stem.EndsWith(".st", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(stem) : stem;
    }
}
