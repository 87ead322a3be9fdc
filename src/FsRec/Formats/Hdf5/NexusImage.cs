using FsRec.Formats.Images;
using PureHDF;

namespace FsRec.Formats.Hdf5;

/// <summary>A group <c>NXdata</c> of NeXus: its attribute <c>signal</c> names the data set, <c>axes</c> the data sets of its axes.</summary>
internal static class NexusImage
{
    /// <summary>Opens it; <see langword="null"/> when the group is none.</summary>
    public static ImageSet? Open(Hdf5Container container, IH5Group group, string path)
    {
        if (Hdf5Container.Text(group, "NX_class") != "NXdata" || Signal(group) is not { } data || data.Space.Rank < 2)
        {
            return null;
        }

        int rank = data.Space.Rank;
        IReadOnlyList<string> names = Hdf5Container.Texts(group, "axes");
        ImageAxis[] axes = [.. Enumerable.Range(0, rank).Select(axis => Axis(group, names.Count == rank ? names[axis] : "", data.Space.Dimensions[axis]))];
        return new Hdf5Stack(container, data, rank - 2, rank - 1, shape => container.Describe("NeXus", path, data, shape) with
        {
            Axes = axes,
            RowSampling = LengthUnit.Sampling(axes[rank - 2].Scale, axes[rank - 2].Unit),
            ColumnSampling = LengthUnit.Sampling(axes[rank - 1].Scale, axes[rank - 1].Unit),
        });
    }

    // Older files mark the data set itself.
    private static IH5Dataset? Signal(IH5Group group) => Hdf5Container.Text(group, "signal") is { Length: > 0 } name
        ? group.LinkExists(name) ? group.Get(name) as IH5Dataset : null
        : Hdf5Container.Children(group).OfType<IH5Dataset>().FirstOrDefault(static dataset => Hdf5Container.Number(dataset, "signal") == 1 || Hdf5Container.Text(dataset, "signal") == "1");

    private static ImageAxis Axis(IH5Group group, string name, ulong size)
    {
        int length = (int)Math.Min(size, int.MaxValue);
        double[]? values = name is "" or "." ? null : Hdf5Container.Numbers(group, name);
        return values is { Length: > 1 }
            ? new ImageAxis(name, length, (values[^1] - values[0]) / (values.Length - 1), Hdf5Container.Text(group.Get(name), "units") ?? "")
            : new ImageAxis(name, length);
    }
}
