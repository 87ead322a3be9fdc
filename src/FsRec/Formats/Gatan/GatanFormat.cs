using System.Buffers.Binary;
using FsRec.Formats.Images;

namespace FsRec.Formats.Gatan;

/// <summary>DigitalMicrograph's own files, <c>.dm3</c> and <c>.dm4</c>.</summary>
internal sealed class GatanFormat : ImageFormat
{
    /// <inheritdoc />
    public override string Name => "Gatan DM3/DM4";

    /// <inheritdoc />
    public override bool Knows(ReadOnlySpan<byte> head, FileBytes file)
    {
        if (head.Length < 24)
        {
            return false;
        }

        int version = BinaryPrimitives.ReadInt32BigEndian(head);
        int order = version == 4 ? 12 : 8;
        return version is 3 or 4 && BinaryPrimitives.ReadInt32BigEndian(head[order..]) is 0 or 1 && head[order + 4] <= 1 && head[order + 5] <= 1;
    }

    /// <inheritdoc />
    public override IReadOnlyList<ImageSet> Open(FileBytes file)
    {
        var reader = GatanTagReader.Read(file);
        IReadOnlyList<GatanTag> images = reader.Root.Find("ImageList")?.Items ?? [];

        // The image that the document shows; the first one is usually its thumbnail.
        double? shown = reader.Root.Find("ImageSourceList") is { Items: [var source, ..] } ? source.Find("ImageRef")?.Number : null;
        List<ImageSet> stacks = [];
        List<string> skipped = [];
        for (int i = 0; i < images.Count; i++)
        {
            if (GatanImage.Open(file, reader, images[i], i == shown, out string? reason) is { } stack)
            {
                stacks.Add(stack);
            }
            else
            {
                skipped.Add(reason!);
            }
        }

        return stacks.Count > 0
            ? stacks
            : throw file.Damaged(0, images.Count == 0 ? "no list of images" : string.Join("; ", skipped), "an image of numbers");
    }
}
