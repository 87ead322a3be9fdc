using FsRec.Formats.Images;
using PureHDF;

namespace FsRec.Formats.Hdf5;

/// <summary>A signal that HyperSpy saved: under <c>Experiments</c> a group with <c>data</c>, a group for each axis, and <c>metadata</c>.</summary>
internal static class HyperSpyImage
{
    /// <summary>Opens it; <see langword="null"/> when the group is none.</summary>
    public static ImageSet? Open(Hdf5Container container, IH5Group group, string path)
    {
        if (!path.StartsWith("/Experiments/", StringComparison.Ordinal) || !group.LinkExists("data") || group.Get("data") is not IH5Dataset data || data.Space.Rank < 2)
        {
            return null;
        }

        int rank = data.Space.Rank;
        ImageAxis[] axes = [.. Enumerable.Range(0, rank).Select(axis => Axis(group, axis, data.Space.Dimensions[axis]))];
        return new Hdf5Stack(container, data, rank - 2, rank - 1, shape =>
        {
            var tags = new Dictionary<string, string>();
            double? voltage = null;
            double? exposure = null;
            if (Child(group, "metadata") is { } metadata)
            {
                foreach (string part in (string[])["General", "FsRec"])
                {
                    if (Child(metadata, part) is { } described)
                    {
                        Hdf5Container.Collect(described, part + ".", tags);
                    }
                }

                if (Child(metadata, "Acquisition_instrument", "TEM") is { } microscope)
                {
                    Hdf5Container.Collect(microscope, "TEM.", tags);
                    voltage = Hdf5Container.Number(microscope, "beam_energy");
                    exposure = Child(microscope, "Detector", "Camera") is { } camera ? Hdf5Container.Number(camera, "exposure") : null;
                }
            }

            return OwnDescription.Add(container.Describe("HyperSpy", path[(path.LastIndexOf('/') + 1)..], data, shape) with
            {
                Axes = axes,
                RowSampling = LengthUnit.Sampling(axes[rank - 2].Scale, axes[rank - 2].Unit),
                ColumnSampling = LengthUnit.Sampling(axes[rank - 1].Scale, axes[rank - 1].Unit),
                Voltage = voltage > 0 ? voltage : null,
                Exposure = exposure > 0 ? exposure : null,
                Tags = tags,
            }, Child(group, "metadata", "FsRec"));
        });
    }

    private static IH5Group? Child(IH5Group group, params ReadOnlySpan<string> path)
    {
        IH5Group? current = group;
        foreach (string name in path)
        {
            current = current is not null && current.LinkExists(name) ? current.Get(name) as IH5Group : null;
        }

        return current;
    }

    private static ImageAxis Axis(IH5Group group, int axis, ulong size)
    {
        int length = (int)Math.Min(size, int.MaxValue);
        if (Child(group, FormattableString.Invariant($"axis-{axis}")) is not { } described)
        {
            return new ImageAxis("", length);
        }

        string name = Hdf5Container.Text(described, "name") ?? "";
        // A unit without a scale tells nothing.
        return Hdf5Container.Number(described, "scale") is { } scale
            ? new ImageAxis(name, length, scale, Hdf5Container.Text(described, "units") ?? "")
            : new ImageAxis(name, length);
    }
}
