using FsRec.Formats.Export;
using PureHDF;

namespace FsRec.Formats.Hdf5;

/// <summary>Writes a HyperSpy signal, <c>.hspy</c>: data with an axis group each, and what made it under <c>metadata/FsRec</c>.</summary>
internal static class HyperSpyWriter
{
    /// <summary>Writes images.</summary>
    public static void Write(Stream stream, ImageContent content, CancellationToken cancellationToken)
    {
        Calibration c = content.Calibration;
        H5Dataset data = Hdf5Writing.Declare(content, false);
        var signal = new H5Group { ["data"] = data };
        (string Name, int Size, double Scale, string Unit, bool Navigate)[] axes =
        [
            .. content.Frames > 1 ? [(content.Labels.Count > 0 ? "part" : "image", content.Frames, 1.0, "", true)] : Array.Empty<(string, int, double, string, bool)>(),
            ("y", c.Rows, c.RowSampling, "nm", false),
            ("x", c.Columns, c.ColumnSampling, "nm", false),
        ];
        for (int i = 0; i < axes.Length; i++)
        {
            signal[FormattableString.Invariant($"axis-{i}")] = new H5Group
            {
                Attributes = new()
                {
                    ["_type"] = "UniformDataAxis",
                    ["name"] = axes[i].Name,
                    ["size"] = axes[i].Size,
                    ["scale"] = axes[i].Scale,
                    ["offset"] = 0.0,
                    ["units"] = axes[i].Unit,
                    ["navigate"] = axes[i].Navigate ? Truth.TRUE : Truth.FALSE,
                    ["is_binned"] = Truth.FALSE,
                },
            };
        }

        signal["metadata"] = Metadata(content);
        signal["original_metadata"] = new H5Group();
        var file = new H5File
        {
            ["Experiments"] = new H5Group { ["FsRec"] = signal },
            Attributes = new() { ["file_format"] = "HyperSpy", ["file_format_version"] = "3.1" },
        };
        Hdf5Writing.Write(stream, file, data, content, false, cancellationToken);
    }

    private static H5Group Metadata(ImageContent content)
    {
        var metadata = new H5Group
        {
            ["General"] = new H5Group { Attributes = new() { ["title"] = content.Provenance.Content } },
            ["Signal"] = new H5Group { Attributes = new() { ["signal_type"] = "" } },
            ["FsRec"] = new H5Group
            {
                Attributes = new()
                {
                    ["program"] = Provenance.Program,
                    ["parameters"] = content.Provenance.ToString(),
                    ["foci_nm"] = content.Provenance.FociText,
                    ["parts"] = string.Join(", ", content.Labels),
                },
            },
        };
        if (content.Voltage > 0)
        {
            metadata["Acquisition_instrument"] = new H5Group { ["TEM"] = new H5Group { Attributes = new() { ["beam_energy"] = content.Voltage } } };
        }

        return metadata;
    }
}
