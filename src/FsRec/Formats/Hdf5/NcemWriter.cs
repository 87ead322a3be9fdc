using FsRec.Formats.Export;
using PureHDF;

namespace FsRec.Formats.Hdf5;

/// <summary>Writes an EMD of NCEM: the axes in the format's order x, y, images, each with its vector.</summary>
internal static class NcemWriter
{
    /// <summary>Writes images.</summary>
    public static void Write(Stream stream, ImageContent content, CancellationToken cancellationToken)
    {
        Calibration c = content.Calibration;
        H5Dataset data = Hdf5Writing.Declare(content, true);
        var group = new H5Group
        {
            ["data"] = data,
            ["dim1"] = Axis("x", c.Columns, c.ColumnSampling, "[n_m]"),
            ["dim2"] = Axis("y", c.Rows, c.RowSampling, "[n_m]"),
            Attributes = new() { ["emd_group_type"] = 1 },
        };
        if (content.Frames > 1)
        {
            group["dim3"] = Axis(content.Labels.Count > 0 ? "part" : "image", content.Frames, 1, "[]");
        }

        var microscope = new H5Group { Attributes = new() { ["name"] = "" } };
        if (content.Voltage > 0)
        {
            microscope.Attributes["voltage"] = content.Voltage;
        }

        var file = new H5File
        {
            ["signals"] = new H5Group { ["FsRec"] = group },
            ["microscope"] = microscope,
            ["sample"] = new H5Group(),
            ["user"] = new H5Group(),
            ["comments"] = new H5Group
            {
                Attributes = new()
                {
                    ["program"] = Provenance.Program,
                    ["content"] = content.Provenance.Content,
                    ["foci_nm"] = content.Provenance.FociText,
                    ["parts"] = string.Join(", ", content.Labels),
                    ["parameters"] = content.Provenance.ToString(),
                },
            },
            Attributes = new() { ["version_major"] = 0, ["version_minor"] = 2 },
        };
        Hdf5Writing.Write(stream, file, data, content, true, cancellationToken);
    }

    private static H5Dataset Axis(string name, int size, double scale, string unit) => new(Enumerable.Range(0, size).Select(i => i * scale).ToArray())
    {
        Attributes = new() { ["name"] = name, ["units"] = unit },
    };
}
