using System.Globalization;
using FsRec.Formats.Images;

namespace FsRec.Formats.Gatan;

/// <summary>One image or stack of a DigitalMicrograph file: <c>ImageData</c> has numbers and axes, <c>ImageTags</c> what the microscope was.</summary>
internal static class GatanImage
{
    private static readonly string[] TagsOfInterest =
        ["Microscope", "Name", "Voltage", "Defocus", "Magnification", "Exposure", "Binning", "Acquisition Date", "Acquisition Time", "Device", "Operation Mode", "Imaging Mode", "Illumination Mode", "Cs(mm)", "Formatted"];

    /// <summary>Opens an image; <see langword="null"/> and the reason when it is a picture or none at all.</summary>
    public static ImageSet? Open(FileBytes file, GatanTagReader reader, GatanTag image, bool isShown, out string? reason)
    {
        GatanTag? data = image.Find("ImageData", "Data");
        long dataType = (long)(image.Find("ImageData", "DataType")?.Number ?? 0);
        double[] sizes = [.. (image.Find("ImageData", "Dimensions")?.Items ?? []).Select(static size => size.Number ?? 0)];
        reason = data is null || data.Bytes == 0 ? "an image without data"
            : sizes.Length < 2 ? $"an image of {sizes.Length} dimensions"
            : dataType is 8 or 23 ? "a picture in colour"
            : null;
        if (reason is not null)
        {
            return null;
        }

        (PixelType type, bool packed) = TypeOf(dataType)
            ?? throw file.Damaged(data!.Offset, FormattableString.Invariant($"the image data type {dataType}"), "1 to 14 of numbers, 27, 28, 39 or 40");
        int columns = Damage.Size(file.Path, data!.Offset, "columns", (long)sizes[0]);
        int rows = Damage.Size(file.Path, data.Offset, "rows", (long)sizes[1]);
        int frames = Damage.Size(file.Path, data.Offset, "images", (long)Math.Clamp(sizes.Skip(2).Aggregate(1.0, static (product, size) => product * size), 0, long.MaxValue));
        double needed = (double)rows * frames * type.RowBytes(columns);
        if (needed > data.Bytes && !packed)
        {
            throw file.Damaged(data.Offset, $"{data.Bytes} bytes of pixels", FormattableString.Invariant($"{needed:0}: {frames} × {rows}×{columns} px {type}"));
        }

        ImageFileInfo info = Describe(file, reader, image, isShown, type, (frames, rows, columns)) with { };
        return packed
            ? new GatanPackedStack(info, file)
            : new PlainStack(info, file, PlainLayout.Contiguous(data.Offset, rows, columns, type), reader.BigEndian);
    }

    private static ImageFileInfo Describe(
        FileBytes file, GatanTagReader reader, GatanTag image, bool isShown, PixelType type, (int Frames, int Rows, int Columns) shape)
    {
        GatanTag? tags = image.Find("ImageTags");
        ImageAxis[] axes = [.. Axes(image)];
        ImageAxis? x = axes.ElementAtOrDefault(axes.Length - 1);
        ImageAxis? y = axes.ElementAtOrDefault(axes.Length - 2);
        (IReadOnlyList<double>? foci, DefocusSource? source) = Foci(tags, shape.Frames);
        List<string> notes = [];
        if (x is { Unit.Length: > 0 } && LengthUnit.ToNanometres(x.Unit) is null)
        {
            notes.Add($"The axes are in '{x.Unit}', which is no unit of length.");
        }

        return new ImageFileInfo
        {
            Path = file.Path,
            Format = $"Gatan DM{reader.Version}",
            Name = image.Find("Name")?.Value as string ?? "",
            IsMain = isShown,
            Frames = shape.Frames,
            Rows = shape.Rows,
            Columns = shape.Columns,
            PixelType = type,
            Axes = axes,
            RowSampling = y is null ? null : LengthUnit.Sampling(y.Scale, y.Unit),
            ColumnSampling = x is null ? null : LengthUnit.Sampling(x.Scale, x.Unit),
            Voltage = Voltage(tags),
            SphericalAberration = SphericalAberration(tags),
            Exposure = First(tags, static path => path.EndsWith("Exposure (s)", StringComparison.Ordinal) || path.EndsWith("Exposure Time (s)", StringComparison.Ordinal)),
            RecordedFoci = foci,
            DefocusSource = source,
            Tags = Interesting(tags),
            Notes = notes,
        };
    }

    private static IEnumerable<ImageAxis> Axes(GatanTag image)
    {
        string[] names = ["x", "y", "z", "t"];
        IReadOnlyList<GatanTag> sizes = image.Find("ImageData", "Dimensions")?.Items ?? [];
        IReadOnlyList<GatanTag> scales = image.Find("ImageData", "Calibrations", "Dimension")?.Items ?? [];
        for (int i = Math.Min(sizes.Count, names.Length) - 1; i >= 0; i--)
        {
            GatanTag? axis = scales.ElementAtOrDefault(i);
            // A unit without a scale tells nothing.
            yield return axis?.Find("Scale")?.Number is { } scale
                ? new ImageAxis(names[i], (int)(sizes[i].Number ?? 0), scale, axis.Find("Units")?.Value as string ?? "")
                : new ImageAxis(names[i], (int)(sizes[i].Number ?? 0));
        }
    }

    // V in most files; a stack that DigitalMicrograph's builder made has it among the tags of its source.
    private static double? Voltage(GatanTag? tags) =>
        First(tags, static path => path.EndsWith("Microscope Info.Voltage", StringComparison.Ordinal)) is { } volts and > 0
            ? volts / 1000
            : null;

    // mm; 0 where nobody entered it.
    private static double? SphericalAberration(GatanTag? tags) =>
        First(tags, static path => path.EndsWith("Microscope Info.Cs(mm)", StringComparison.Ordinal)) is { } millimetres and > 0 and <= 20
            ? LengthUnit.Sampling(millimetres, "mm")
            : null;

    private static double? First(GatanTag? tags, Func<string, bool> matches) =>
        tags?.Values().Where(value => matches(value.Path)).Select(static value => value.Tag.Number).FirstOrDefault(static number => number is not null);

    private static (IReadOnlyList<double>? Foci, DefocusSource? Source) Foci(GatanTag? tags, int frames)
    {
        // One for the image, or one for each plane of a stack in the order of the planes.
        (string Path, double Number)[] foci =
        [
            .. (tags?.Values() ?? []).Where(static value => IsDefocus(value.Path) && value.Tag.Number is { } number && double.IsFinite(number))
                .Select(static value => (value.Path, value.Tag.Number!.Value)),
        ];
        if (foci.Length == 0 || (foci.Length != frames && foci.Length != 1))
        {
            return (null, null);
        }

        string field = foci[0].Path;
        int open = field.LastIndexOf('(');
        string unit = open >= 0 && field.EndsWith(')') ? field[(open + 1)..^1] : "";
        double[] values = foci.Length == frames ? [.. foci.Select(static focus => focus.Number)] : [.. Enumerable.Repeat(foci[0].Number, frames)];
        return (values, new DefocusSource("ImageTags." + field, unit, DefocusSign.UnderfocusNegative));
    }

    private static bool IsDefocus(string path)
    {
        string name = path[(path.LastIndexOf('.') + 1)..];
        return path.Contains("Microscope Info", StringComparison.Ordinal)
            && (name == "Defocus" || name.StartsWith("Defocus (", StringComparison.Ordinal));
    }

    private static SortedDictionary<string, string> Interesting(GatanTag? tags)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, GatanTag tag) in tags?.Values() ?? [])
        {
            string name = path[(path.LastIndexOf('.') + 1)..];
            if (found.Count < 60 && tag.Value is { } value && Array.Exists(TagsOfInterest, word => name.Contains(word, StringComparison.Ordinal)))
            {
                found[path] = string.Format(CultureInfo.InvariantCulture, "{0}", value);
            }
        }

        return found;
    }

    private static (PixelType Type, bool Packed)? TypeOf(long dataType) => dataType switch
    {
        1 => (PixelType.Int16, false),
        2 => (PixelType.Float32, false),
        3 => (PixelType.Complex64, false),
        5 or 27 => (PixelType.Complex64, true),
        6 or 14 => (PixelType.UInt8, false),
        7 => (PixelType.Int32, false),
        9 => (PixelType.Int8, false),
        10 => (PixelType.UInt16, false),
        11 => (PixelType.UInt32, false),
        12 => (PixelType.Float64, false),
        13 => (PixelType.Complex128, false),
        28 => (PixelType.Complex128, true),
        39 => (PixelType.Int64, false),
        40 => (PixelType.UInt64, false),
        _ => null,
    };
}
