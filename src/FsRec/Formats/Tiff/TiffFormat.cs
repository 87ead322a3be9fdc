using FsRec.Formats.Export;
using FsRec.Formats.Images;

namespace FsRec.Formats.Tiff;

/// <summary>TIFF and BigTIFF as ImageJ, DigitalMicrograph, TVIPS, JEOL and others write them.</summary>
internal sealed class TiffFormat : ImageFormat
{
    /// <inheritdoc />
    public override string Name => "TIFF";

    /// <inheritdoc />
    public override bool Knows(ReadOnlySpan<byte> head, FileBytes file) => TiffReader.Knows(head);

    /// <inheritdoc />
    public override IReadOnlyList<ImageSet> Open(FileBytes file)
    {
        (IReadOnlyList<TiffDirectory> directories, bool bigEndian) = TiffReader.Read(file);

        // A camera's program may put a picture with a burnt-in scale bar beside the data: only data is taken.
        List<TiffPage> pages = [];
        List<string> skipped = [];
        for (int i = 0; i < directories.Count; i++)
        {
            if (TiffPage.HasData(directories[i], out string reason))
            {
                pages.Add(TiffPage.Read(file, directories[i]));
            }
            else
            {
                skipped.Add(FormattableString.Invariant($"Page {i} is {reason} and was left out."));
            }
        }

        if (pages.Count == 0)
        {
            throw file.Damaged(directories[0].Offset, "pictures in colour only", "a page of grey values");
        }

        return
        [
            .. pages.GroupBy(static page => (page.Rows, page.Columns, page.Type))
                .OrderByDescending(static group => group.Key.Type.Bits())
                .Select((group, index) => Stack(file, [.. group], bigEndian, skipped, index == 0)),
        ];
    }

    private static ImageSet Stack(FileBytes file, IReadOnlyList<TiffPage> pages, bool bigEndian, IReadOnlyList<string> skipped, bool isMain)
    {
        TiffPage first = pages[0];
        TiffCalibration calibration = TiffCalibration.Of(first.Directory, file, bigEndian);
        int frames = ImageJFrames(file, pages, calibration);
        IReadOnlyList<double>? foci = calibration.Labels.Count > 0 ? null : Provenance.ReadFoci(calibration.Foci, frames);
        List<string> notes = [.. skipped, .. calibration.Notes];
        if (first.Directory.Integer(262, 1) == 0)
        {
            notes.Add("The file has 0 for white; its numbers are taken as they are.");
        }

        var info = new ImageFileInfo
        {
            Path = file.Path,
            Format = "TIFF" + (calibration.Writer.Length > 0 ? $" ({calibration.Writer})" : ""),
            IsMain = isMain,
            Frames = frames,
            Rows = first.Rows,
            Columns = first.Columns,
            PixelType = first.Type,
            Axes =
            [
                .. frames > 1 ? [new ImageAxis("z", frames, calibration.Z.Scale, calibration.Z.Unit)] : Array.Empty<ImageAxis>(),
                new ImageAxis("y", first.Rows, calibration.Y.Scale, calibration.Y.Unit),
                new ImageAxis("x", first.Columns, calibration.X.Scale, calibration.X.Unit),
            ],
            RowSampling = LengthUnit.Sampling(calibration.Y.Scale, calibration.Y.Unit),
            ColumnSampling = LengthUnit.Sampling(calibration.X.Scale, calibration.X.Unit),
            Voltage = calibration.Voltage,
            Exposure = calibration.Exposure,
            Labels = calibration.Labels,
            RecordedFoci = foci,
            DefocusSource = foci is null ? null : Provenance.FocusSource,
            RowsRunUpward = first.Directory.Integer(274, 1) is 3 or 4,
            Tags = calibration.Tags,
            Notes = notes,
        };
        return frames > pages.Count
            ? new PlainStack(info, file, PlainLayout.Contiguous(first.Directory.IntegerAt(first.OffsetTag, 0), first.Rows, first.Columns, first.Type), bigEndian)
            : new TiffStack(info, file, pages, bigEndian);
    }

    // Over 4 GB ImageJ writes one directory, and the other images behind the first.
    private static int ImageJFrames(FileBytes file, IReadOnlyList<TiffPage> pages, TiffCalibration calibration)
    {
        TiffPage first = pages[0];
        if (pages.Count > 1 || calibration.ImageJFrames <= 1 || first.Compression != 1 || first.IsTiled)
        {
            return pages.Count;
        }

        double needed = (double)calibration.ImageJFrames * first.Rows * first.Type.RowBytes(first.Columns);
        long offset = first.Directory.IntegerAt(first.OffsetTag, 0);
        return needed <= file.Length - offset
            ? calibration.ImageJFrames
            : throw file.Damaged(offset, FormattableString.Invariant($"{file.Length - offset} bytes for the {calibration.ImageJFrames} images that ImageJ's description names"), FormattableString.Invariant($"{needed:0}"));
    }
}
