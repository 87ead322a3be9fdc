using FsRec.Formats.Images;
using PureHDF;

namespace FsRec.Formats.Hdf5;

/// <summary>
/// HDF5 as Velox (<c>.emd</c>), NCEM (<c>.emd</c>), HyperSpy (<c>.hspy</c>) and NeXus (<c>NXdata</c>) arrange images in it. A file without any of these
/// arrangements gives its data sets of two or more axes as they are.
/// </summary>
internal sealed class Hdf5Format : ImageFormat
{
    private const int DeepestGroup = 12;
    private const int MostObjects = 5000;

    /// <inheritdoc />
    public override string Name => "HDF5";

    /// <inheritdoc />
    public override bool Knows(ReadOnlySpan<byte> head, FileBytes file)
    {
        // The superblock may lie behind a block of the user's: at 512, 1024, 2048 and so on.
        ReadOnlySpan<byte> mark = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A];
        for (int at = 0; at + mark.Length <= head.Length; at = at == 0 ? 512 : 2 * at)
        {
            if (head.Slice(at, mark.Length).SequenceEqual(mark))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc />
    public override IReadOnlyList<ImageSet> Open(FileBytes file)
    {
        if (!Hdf5Support.IsHere)
        {
            throw new DataException($"'{file.Path}' is HDF5. {Hdf5Support.Elsewhere}");
        }

        var container = new Hdf5Container(file);
        List<ImageSet> stacks = [];
        List<ImageSet> others = [];
        List<string> skipped = [];
        int left = MostObjects;

        // A data set that makes no sense does not stop the others.
        void Try(List<ImageSet> target, Func<ImageSet?> open)
        {
            try
            {
                if (open() is { } stack)
                {
                    target.Add(stack);
                }
            }
            catch (Exception e)
            {
                skipped.Add(e is FsRecException ? e.Message : $"{e.GetType().Name}: {e.Message}");
            }
        }

        void Visit(IH5Group group, string path, int depth)
        {
            foreach (IH5Object child in Hdf5Container.Children(group))
            {
                if (--left < 0)
                {
                    return;
                }

                string full = path + "/" + child.Name;
                if (child is IH5Group inner)
                {
                    int before = stacks.Count + skipped.Count;
                    Try(stacks, () => VeloxImage.Open(container, inner, full));
                    Try(stacks, () => NcemImage.Open(container, inner, full));
                    Try(stacks, () => HyperSpyImage.Open(container, inner, full));
                    Try(stacks, () => NexusImage.Open(container, inner, full));
                    if (stacks.Count + skipped.Count == before && depth < DeepestGroup)
                    {
                        Visit(inner, full, depth + 1);
                    }
                }
                else if (child is IH5Dataset dataset)
                {
                    Try(others, () => PlainImage(container, dataset, full));
                }
            }
        }

        Visit(container.Root, "", 0);
        return stacks.Count > 0 ? stacks
            : others.Count > 0 ? others
            : throw file.Damaged(0, skipped.Count > 0 ? skipped[0].TrimEnd('.') : "no data set of images", "images as Velox, NCEM, HyperSpy or NeXus arrange them");
    }

    private static Hdf5Stack? PlainImage(Hdf5Container container, IH5Dataset dataset, string path)
    {
        ulong[] sizes = dataset.Space.Dimensions;
        return sizes.Length < 2 || Hdf5Types.Of(dataset.Type) is null ? null : new Hdf5Stack(
            container,
            dataset,
            sizes.Length - 2,
            sizes.Length - 1,
            shape => container.Describe("HDF5", path, dataset, shape) with { Axes = [.. sizes.Select(static size => new ImageAxis("", (int)Math.Min(size, int.MaxValue)))] });
    }
}
