using System.Globalization;
using System.Text;
using System.Text.Json;
using FsRec.Formats.Images;
using PureHDF;
using PureHDF.Selections;

namespace FsRec.Formats.Hdf5;

/// <summary>
/// An image or a series that Velox wrote: under <c>Data/Image</c> a group with <c>Data</c> (rows, columns, images) and <c>Metadata</c>, a column
/// of JSON text for each image. Values are in SI units, written as texts.
/// </summary>
internal static class VeloxImage
{
    private const ulong LongestText = 1 << 20;

    /// <summary>Opens it; <see langword="null"/> when the group is none.</summary>
    public static ImageSet? Open(Hdf5Container container, IH5Group group, string path)
    {
        if (!path.StartsWith("/Data/Image/", StringComparison.Ordinal) || !group.LinkExists("Data") || group.Get("Data") is not IH5Dataset data || data.Space.Rank != 3)
        {
            return null;
        }

        IH5Dataset? metadata = group.LinkExists("Metadata") ? group.Get("Metadata") as IH5Dataset : null;
        return new Hdf5Stack(container, data, 0, 1, shape => Describe(container, data, metadata, path, shape));
    }

    private static ImageFileInfo Describe(Hdf5Container container, IH5Dataset data, IH5Dataset? metadata, string path, (int Frames, int Rows, int Columns) shape)
    {
        ImageFileInfo info = container.Describe("Velox EMD", path[(path.LastIndexOf('/') + 1)..], data, shape);
        if (Read(metadata, 0) is not { } text)
        {
            return info;
        }

        using JsonDocument first = text;
        JsonElement root = first.RootElement;
        double? width = Number(root, "BinaryResult", "PixelSize", "width");
        // A unit without a scale tells nothing.
        string xUnit = width is null ? "" : Text(root, "BinaryResult", "PixelUnitX") ?? "";
        string yUnit = width is null ? "" : Text(root, "BinaryResult", "PixelUnitY") ?? xUnit;
        double x = width ?? 1;
        double y = Number(root, "BinaryResult", "PixelSize", "height") ?? x;
        List<double> foci = Foci(metadata!, root, shape.Frames);
        return info with
        {
            Axes =
            [
                .. shape.Frames > 1 ? [new ImageAxis("Time", shape.Frames)] : Array.Empty<ImageAxis>(),
                new ImageAxis("y", shape.Rows, y, yUnit),
                new ImageAxis("x", shape.Columns, x, xUnit),
            ],
            RowSampling = LengthUnit.Sampling(y, yUnit),
            ColumnSampling = LengthUnit.Sampling(x, xUnit),
            Voltage = Number(root, "Optics", "AccelerationVoltage") is { } volts and > 0 ? volts / 1000 : null,
            Exposure = Exposure(root),
            RecordedFoci = foci.Count == shape.Frames ? foci : null,
            DefocusSource = foci.Count == shape.Frames ? new DefocusSource("Velox Optics.Defocus", "m", DefocusSign.UnderfocusNegative) : null,
            Tags = Tags(root),
        };
    }

    private static List<double> Foci(IH5Dataset metadata, JsonElement first, int frames)
    {
        List<double> foci = [];
        for (int frame = 0; frame < frames; frame++)
        {
            using JsonDocument? text = frame == 0 ? null : Read(metadata, frame);
            if ((frame == 0 ? Number(first, "Optics", "Defocus") : text is null ? null : Number(text.RootElement, "Optics", "Defocus")) is not { } focus)
            {
                break;
            }

            foci.Add(focus);
        }

        return foci;
    }

    private static JsonDocument? Read(IH5Dataset? metadata, int frame)
    {
        if (metadata is not { Space.Rank: 2 } || Hdf5Types.Of(metadata.Type) != PixelType.UInt8
            || metadata.Space.Dimensions is not [> 0 and <= LongestText, var texts] || (ulong)frame >= texts)
        {
            return null;
        }

        try
        {
            byte[] bytes = metadata.Read<byte[]>(new HyperslabSelection(2, [0, (ulong)frame], [metadata.Space.Dimensions[0], 1]));
            int end = Array.IndexOf(bytes, (byte)0);
            return JsonDocument.Parse(Encoding.UTF8.GetString(bytes, 0, end < 0 ? bytes.Length : end));
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static double? Exposure(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("Detectors", out JsonElement detectors) || detectors.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (JsonProperty detector in detectors.EnumerateObject())
        {
            if (Number(detector.Value, "ExposureTime") is { } seconds and > 0)
            {
                return seconds;
            }
        }

        return null;
    }

    private static Dictionary<string, string> Tags(JsonElement root)
    {
        var tags = new Dictionary<string, string>();
        foreach (string[] path in (string[][])[
            ["Instrument", "InstrumentModel"], ["Instrument", "InstrumentClass"], ["Instrument", "Manufacturer"], ["Optics", "NominalMagnification"],
            ["Optics", "Focus"], ["Optics", "Defocus"], ["BinaryResult", "Detector"], ["BinaryResult", "AcquisitionUnit"]])
        {
            if (Text(root, path) is { Length: > 0 } text)
            {
                tags[string.Join('.', path)] = text;
            }
        }

        return tags;
    }

    private static double? Number(JsonElement root, params ReadOnlySpan<string> path) =>
        double.TryParse(Text(root, path), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null;

    private static string? Text(JsonElement root, params ReadOnlySpan<string> path)
    {
        try
        {
            foreach (string name in path)
            {
                if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out root))
                {
                    return null;
                }
            }

            return root.ValueKind switch
            {
                JsonValueKind.String => root.GetString(),
                JsonValueKind.Number => root.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Half of a character, as \ud800.
            return null;
        }
    }
}
