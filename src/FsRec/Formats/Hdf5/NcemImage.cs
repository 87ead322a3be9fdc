using FsRec.Formats.Images;
using FsRec.Parameters;
using PureHDF;

namespace FsRec.Formats.Hdf5;

/// <summary>
/// An EMD group of NCEM (Berkeley): <c>data</c> with a vector <c>dim1</c>, <c>dim2</c>, … for each axis. Where these are called x and y they
/// say which are columns and rows; otherwise the format's own order holds, x, y, then the rest.
/// </summary>
internal static class NcemImage
{
    /// <summary>Opens it; <see langword="null"/> when the group is none.</summary>
    public static ImageSet? Open(Hdf5Container container, IH5Group group, string path)
    {
        if (Hdf5Container.Number(group, "emd_group_type") is null || !group.LinkExists("data") || group.Get("data") is not IH5Dataset data || data.Space.Rank < 2)
        {
            return null;
        }

        ImageAxis[] axes = [.. Enumerable.Range(0, data.Space.Rank).Select(axis => Axis(group, axis, data.Space.Dimensions[axis]))];
        int x = Array.FindIndex(axes, static axis => axis.Name is "x" or "X");
        int y = Array.FindIndex(axes, static axis => axis.Name is "y" or "Y");
        bool named = x >= 0 && y >= 0;
        (x, y) = named ? (x, y) : (0, 1);
        return new Hdf5Stack(container, data, y, x, shape =>
        {
            var tags = new Dictionary<string, string>();
            foreach (string other in (string[])["microscope", "sample", "user", "comments"])
            {
                if (container.Root.LinkExists(other) && container.Root.Get(other) is IH5Group described)
                {
                    Hdf5Container.Collect(described, other + ".", tags);
                }
            }

            double? voltage = tags.TryGetValue("microscope.voltage", out string? text) && NumberText.TryReal(text, out double volts) && volts > 0
                ? volts >= 1000 ? volts / 1000 : volts
                : null;
            return OwnDescription.Add(container.Describe("NCEM EMD", path[(path.LastIndexOf('/') + 1)..], data, shape) with
            {
                Axes = [.. axes.Where((_, axis) => axis != x && axis != y), axes[y], axes[x]],
                RowSampling = LengthUnit.Sampling(axes[y].Scale, axes[y].Unit),
                ColumnSampling = LengthUnit.Sampling(axes[x].Scale, axes[x].Unit),
                Voltage = voltage,
                Tags = tags,
                Notes = named ? [] : ["The axes have no names; they were taken in the format's order: x, y, then the images."],
            }, container.Root.LinkExists("comments") ? container.Root.Get("comments") : null);
        });
    }

    // Units are written as [n_m]; a vector may have the first two values only.
    private static ImageAxis Axis(IH5Group group, int axis, ulong size)
    {
        string name = FormattableString.Invariant($"dim{axis + 1}");
        double[]? values = Hdf5Container.Numbers(group, name);
        IH5Object? vector = group.LinkExists(name) ? group.Get(name) : null;
        return new ImageAxis(
            vector is null ? "" : Hdf5Container.Text(vector, "name") ?? "",
            (int)Math.Min(size, int.MaxValue),
            values is { Length: > 1 } ? (values[^1] - values[0]) / (values.Length - 1) : 1,
            vector is null ? "" : (Hdf5Container.Text(vector, "units") ?? "").Replace("_", "", StringComparison.Ordinal).Trim('[', ']'));
    }
}
