using System.Globalization;
using FsRec.Formats.Export;
using FsRec.Formats.Images;

namespace FsRec.Formats.Mrc;

/// <summary>MRC files: <c>.mrc</c>, <c>.mrcs</c>, <c>.st</c>, <c>.map</c>.</summary>
internal sealed class MrcFormat : ImageFormat
{
    /// <inheritdoc />
    public override string Name => "MRC";

    /// <inheritdoc />
    public override bool Knows(ReadOnlySpan<byte> head, FileBytes file) => MrcHeader.Read(head, file.Length) is not null;

    /// <inheritdoc />
    public override IReadOnlyList<ImageSet> Open(FileBytes file)
    {
        var head = new byte[MrcHeader.Bytes];
        file.Read(0, head);
        MrcHeader header = MrcHeader.Read(head, file.Length)!;
        PixelType type = header.PixelType
            ?? throw file.Damaged(12, FormattableString.Invariant($"the mode {header.Mode}"), "0, 1, 2, 3, 4, 6, 12 or 101");
        long data = MrcHeader.Bytes + header.ExtendedBytes;
        file.Require(MrcHeader.Bytes, header.ExtendedBytes, "an extended header");
        MrcMetadata extended = MrcMetadata.Read(file, header);
        double? x = extended.ColumnSampling ?? Sampling(header.Cell.X, header.Grid.X);
        double? y = extended.RowSampling ?? Sampling(header.Cell.Y, header.Grid.Y);
        var info = new ImageFileInfo
        {
            Path = file.Path,
            Format = "MRC",
            Frames = header.Frames,
            Rows = header.Rows,
            Columns = header.Columns,
            PixelType = type,
            Axes =
            [
                .. header.Frames > 1 ? [new ImageAxis("z", header.Frames)] : Array.Empty<ImageAxis>(),
                new ImageAxis("y", header.Rows, 10 * y ?? 1, y is null ? "" : "Å"),
                new ImageAxis("x", header.Columns, 10 * x ?? 1, x is null ? "" : "Å"),
            ],
            RowSampling = y,
            ColumnSampling = x,
            Voltage = extended.Voltage,
            Exposure = extended.Exposure,
            RecordedFoci = extended.Foci,
            DefocusSource = extended.Foci is null ? null : new DefocusSource(header.ExtendedType + " Defocus", "m", DefocusSign.UnderfocusNegative),
            RowsRunUpward = true,
            Labels = Labels(header),
            Tags = Tags(header, extended),
            Notes = [.. Notes(header, data, type, file.Length)],
        };
        return [new PlainStack(info, file, PlainLayout.Contiguous(data, header.Rows, header.Columns, type), header.BigEndian)];
    }

    // Our own lines say what each section is.
    private static string[] Labels(MrcHeader header)
    {
        if (header.Labels.Count == 0 || !Provenance.IsOurs(header.Labels[0]))
        {
            return [];
        }

        string[] labels = [.. header.Labels.Select(static line => line.StartsWith("section ", StringComparison.Ordinal) ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() : "").Where(static label => label.Length > 0)];
        return labels.Length == header.Frames ? labels : [];
    }

    // A cell without a size, or of one Å a pixel by default, tells nothing in the first case and cannot be told apart in the second.
    private static double? Sampling(float cell, int grid) => grid > 0 ? LengthUnit.Sampling((double)cell / grid, "Å") : null;

    private static Dictionary<string, string> Tags(MrcHeader header, MrcMetadata extended)
    {
        var tags = new Dictionary<string, string>(extended.Tags) { ["Mode"] = header.Mode.ToString(CultureInfo.InvariantCulture) };
        if (header.ExtendedBytes > 0)
        {
            tags["Extended header"] = FormattableString.Invariant($"{header.ExtendedType.Trim('\0', ' ')} {header.ExtendedBytes} bytes");
        }

        for (int i = 0; i < header.Labels.Count; i++)
        {
            tags[FormattableString.Invariant($"Label {i}")] = header.Labels[i];
        }

        return tags;
    }

    private static IEnumerable<string> Notes(MrcHeader header, long data, PixelType type, long length)
    {
        if (!header.HasStamp)
        {
            yield return "The header has no MAP stamp; it was known by its sizes.";
        }

        if (header.Mode == 0)
        {
            yield return $"Bytes are read {(type == PixelType.Int8 ? "with" : "without")} sign, {(header.HasImodFlags ? "as IMOD's flag says" : "as the header's range or, failing that, MRC2014 says")}.";
        }

        double rest = length - data - ((double)header.Frames * header.Rows * type.RowBytes(header.Columns));
        if (rest > 0)
        {
            yield return FormattableString.Invariant($"{rest:0} bytes follow the last image.");
        }
    }
}
