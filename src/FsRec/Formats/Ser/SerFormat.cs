using FsRec.Formats.Images;

namespace FsRec.Formats.Ser;

/// <summary>FEI TIA's series, <c>.ser</c>, with what an <c>.emi</c> of the same name beside it says of the microscope.</summary>
internal sealed class SerFormat : ImageFormat
{
    /// <inheritdoc />
    public override string Name => "FEI SER";

    /// <inheritdoc />
    public override bool Knows(ReadOnlySpan<byte> head, FileBytes file) => head.Length >= 30 && head[..4].SequenceEqual((ReadOnlySpan<byte>)[0x49, 0x49, 0x97, 0x01]);

    /// <inheritdoc />
    public override IReadOnlyList<ImageSet> Open(FileBytes file)
    {
        var cursor = new ByteCursor(file, 4, false);
        int version = cursor.UInt16();
        bool isLong = version >= 0x0220;
        uint kind = cursor.UInt32();
        if (kind != 0x4122)
        {
            throw file.Damaged(6, FormattableString.Invariant($"data of the kind {kind:X}"), "4122, images");
        }

        cursor.Position += 4;
        long total = cursor.UInt32();
        long valid = cursor.UInt32();
        long table = isLong ? cursor.Int64() : cursor.UInt32();
        if (valid < 1 || valid > total)
        {
            throw file.Damaged(18, FormattableString.Invariant($"{valid} valid images of {total}"), "at least one, and no more than there are places for");
        }

        file.Require(table, valid * (isLong ? 8 : 4), "the table of images");
        var offsets = new long[valid];
        cursor.Position = table;
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = isLong ? cursor.Int64() : cursor.UInt32();
        }

        return [Stack(file, cursor, offsets, total)];
    }

    private static PlainStack Stack(FileBytes file, ByteCursor cursor, long[] offsets, long total)
    {
        SerElement first = SerElement.Read(cursor, offsets[0]);
        for (int i = 1; i < offsets.Length; i++)
        {
            SerElement other = SerElement.Read(cursor, offsets[i]);
            if ((other.Type, other.Rows, other.Columns) != (first.Type, first.Rows, first.Columns))
            {
                throw file.Damaged(offsets[i], FormattableString.Invariant($"image {i} of {other.Rows}×{other.Columns} px {other.Type}"), FormattableString.Invariant($"{first.Rows}×{first.Columns} px {first.Type}, as image 0"));
            }
        }

        EmiFile? emi = EmiFile.Beside(file.Path);
        List<string> notes = [];
        if (total > offsets.Length)
        {
            notes.Add(FormattableString.Invariant($"{offsets.Length} of the {total} images that were planned are there."));
        }

        // Lengths are in m. More than a metre a pixel is a diffraction pattern, which is in 1/m.
        bool reciprocal = Math.Abs(first.ColumnScale) > 1;
        if (reciprocal)
        {
            notes.Add("The scale can only be one of a diffraction pattern, in 1/m; it is no pixel size.");
        }

        string unit = reciprocal ? "1/m" : "m";
        var info = new ImageFileInfo
        {
            Path = file.Path,
            Format = "FEI SER",
            Frames = offsets.Length,
            Rows = first.Rows,
            Columns = first.Columns,
            PixelType = first.Type,
            Axes =
            [
                .. offsets.Length > 1 ? [new ImageAxis("", offsets.Length)] : Array.Empty<ImageAxis>(),
                new ImageAxis("y", first.Rows, first.RowScale, unit),
                new ImageAxis("x", first.Columns, first.ColumnScale, unit),
            ],
            RowSampling = LengthUnit.Sampling(first.RowScale, unit),
            ColumnSampling = LengthUnit.Sampling(first.ColumnScale, unit),
            Voltage = emi?.Voltage,
            Exposure = emi?.Exposure,
            RecordedFoci = emi?.Defocus is { } focus && offsets.Length == 1 ? [focus] : null,
            DefocusSource = emi?.Defocus is not null && offsets.Length == 1 ? emi.DefocusSource : null,
            RowsRunUpward = true,
            Tags = emi?.Tags ?? [],
            Notes = notes,
        };
        var layout = new PlainLayout
        {
            FrameOffset = frame => offsets[frame] + SerElement.HeaderBytes,
            IsTable = true,
            RowStride = first.Type.RowBytes(first.Columns),
            ColumnStride = first.Type.Bits() / 8,
        };
        return new PlainStack(info, file, layout, false);
    }
}
