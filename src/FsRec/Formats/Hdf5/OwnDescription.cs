using FsRec.Formats.Export;
using FsRec.Formats.Images;
using PureHDF;

namespace FsRec.Formats.Hdf5;

/// <summary>What FsRec writes beside the images of an HDF5 file: the foci, and what each image is.</summary>
internal static class OwnDescription
{
    /// <summary>The description with what a group of our own tells; as it is where the group is another's, or there is none.</summary>
    public static ImageFileInfo Add(ImageFileInfo info, IH5Object? group)
    {
        if (group is null || !Provenance.IsOurs(Hdf5Container.Text(group, "program")))
        {
            return info;
        }

        string[] labels = (Hdf5Container.Text(group, "parts") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        IReadOnlyList<double>? foci = labels.Length > 0 || info.RecordedFoci is not null ? null : Provenance.ReadFoci(Hdf5Container.Text(group, "foci_nm"), info.Frames);
        return info with
        {
            Labels = labels,
            RecordedFoci = foci ?? info.RecordedFoci,
            DefocusSource = foci is null ? info.DefocusSource : Provenance.FocusSource,
        };
    }
}
