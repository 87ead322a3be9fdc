using System.Globalization;
using System.Text;

namespace FsRec.Formats.Images;

/// <summary>
/// What SerialEM writes beside a stack, <c>.mdoc</c>: lines of key = value, those of an image under <c>[ZValue = n]</c> or, where each image is a file,
/// <c>[Image = name]</c>. Lengths of pixels are in Å, foci in µm with underfocus negative.
/// </summary>
internal sealed class SerialEmFile
{
    private const long MostBytes = 1 << 26;
    private readonly string _path;
    private readonly Dictionary<string, string> _global = new(StringComparer.Ordinal);
    private readonly List<(string Kind, string Id, Dictionary<string, string> Values)> _sections = [];

    private SerialEmFile(string path, string text)
    {
        _path = path;
        Dictionary<string, string> current = _global;
        foreach (string raw in text.Split('\n'))
        {
            string line = raw.Trim().Trim('[', ']');
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                continue;
            }

            (string key, string value) = (line[..equals].Trim(), line[(equals + 1)..].Trim());
            if (raw.TrimStart().StartsWith('[') && key is "ZValue" or "Image" or "FrameSet")
            {
                current = new Dictionary<string, string>(StringComparer.Ordinal);
                _sections.Add((key, value, current));
            }
            else if (!raw.TrimStart().StartsWith('['))
            {
                current[key] = value;
            }
        }
    }

    /// <summary>Full paths of the image files that it describes.</summary>
    public IReadOnlyList<string> ImageFiles
    {
        get
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(_path)) ?? "";
            string[] images = [.. _sections.Where(static section => section.Kind == "Image").Select(section => Path.Combine(folder, Path.GetFileName(section.Id.Replace('\\', '/'))))];
            return images.Length > 0 ? images
                : _global.TryGetValue("ImageFile", out string? name) ? [Path.Combine(folder, Path.GetFileName(name.Replace('\\', '/')))]
                : [Path.ChangeExtension(Path.GetFullPath(_path), null)];
        }
    }

    /// <summary>Whether a file is of this kind, by its content.</summary>
    public static bool Knows(ReadOnlySpan<byte> head)
    {
        if (head.IndexOf((byte)0) >= 0)
        {
            return false;
        }

        string text = Encoding.Latin1.GetString(head);
        return text.Contains("[ZValue", StringComparison.Ordinal) || text.Contains("[Image =", StringComparison.Ordinal) || text.Contains("[FrameSet", StringComparison.Ordinal)
            || (text.Contains("PixelSpacing", StringComparison.Ordinal) && text.Contains("ImageFile", StringComparison.Ordinal));
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="DataException">It is missing or too large to be one.</exception>
    public static SerialEmFile Read(string path)
    {
        using var file = new FileBytes(path);
        if (file.Length > MostBytes)
        {
            throw file.Damaged(0, FormattableString.Invariant($"{file.Length} bytes"), $"a text of at most {MostBytes}");
        }

        var bytes = new byte[file.Length];
        file.Read(0, bytes);
        return new SerialEmFile(path, Encoding.UTF8.GetString(bytes));
    }

    /// <summary>The <c>.mdoc</c> beside a stack; <see langword="null"/> when there is none.</summary>
    public static SerialEmFile? Beside(string path) => File.Exists(path + ".mdoc") ? Read(path + ".mdoc") : null;

    /// <summary>Adds what it says to what the image file says itself.</summary>
    /// <param name="info">The image file.</param>
    /// <param name="first">Number of its first image among those of the series.</param>
    public ImageFileInfo AddTo(ImageFileInfo info, int first)
    {
        Dictionary<string, string>[] sections = Sections(info, first);
        double? pixel = Number(sections, "PixelSpacing") ?? Number([_global], "PixelSpacing");
        double? voltage = Number(sections, "Voltage") ?? Number([_global], "Voltage");
        (double[]? foci, string field) = Foci(sections, info.Frames);
        var tags = new Dictionary<string, string>(info.Tags);
        foreach (string key in (string[])["DateTime", "Magnification", "Defocus", "TargetDefocus", "ExposureTime", "Binning"])
        {
            if (sections is [var section, ..] && section.TryGetValue(key, out string? value))
            {
                tags["SerialEM." + key] = value;
            }
        }

        return info with
        {
            RowSampling = info.RowSampling ?? LengthUnit.Sampling(pixel ?? 0, "Å"),
            ColumnSampling = info.ColumnSampling ?? LengthUnit.Sampling(pixel ?? 0, "Å"),
            Voltage = info.Voltage ?? (voltage > 0 ? voltage : null),
            Exposure = info.Exposure ?? (Number(sections, "ExposureTime") is { } seconds and > 0 ? seconds : null),
            RecordedFoci = foci ?? info.RecordedFoci,
            DefocusSource = foci is null ? info.DefocusSource : new DefocusSource("SerialEM " + field, "um", DefocusSign.UnderfocusNegative),
            Tags = tags,
        };
    }

    // The images of a stack are numbered; of single files each section has a name.
    private Dictionary<string, string>[] Sections(ImageFileInfo info, int first)
    {
        string name = Path.GetFileName(info.Path);
        var byName = _sections.Where(section => section.Kind == "Image" && Path.GetFileName(section.Id.Replace('\\', '/')) == name).Select(static section => section.Values).ToArray();
        if (byName.Length > 0)
        {
            return byName;
        }

        var numbered = new Dictionary<int, Dictionary<string, string>>();
        foreach ((string kind, string id, Dictionary<string, string> values) in _sections)
        {
            if (kind == "ZValue" && int.TryParse(id, NumberStyles.Integer, CultureInfo.InvariantCulture, out int z))
            {
                numbered[z] = values;
            }
        }

        return [.. Enumerable.Range(first, info.Frames).Select(numbered.GetValueOrDefault).OfType<Dictionary<string, string>>()];
    }

    // Defocus is what the microscope said; where it stands still and the target moves, the target is meant.
    private static (double[]? Foci, string Field) Foci(Dictionary<string, string>[] sections, int frames)
    {
        double[]? measured = Column(sections, "Defocus", frames);
        double[]? target = Column(sections, "TargetDefocus", frames);
        return measured is null || (target is not null && measured.Distinct().Count() == 1 && target.Distinct().Count() > 1)
            ? (target, "TargetDefocus")
            : (measured, "Defocus");
    }

    private static double[]? Column(Dictionary<string, string>[] sections, string key, int frames)
    {
        double[] values = [.. sections.Select(section => Number([section], key)).OfType<double>()];
        return values.Length == frames ? values : null;
    }

    private static double? Number(Dictionary<string, string>[] sections, string key) =>
        sections.Length > 0 && sections[0].TryGetValue(key, out string? text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : null;
}
