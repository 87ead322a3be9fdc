using System.Management.Automation;
using FsRec.Formats.Images;
using FsRec.Formats.Raw;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Tells what is in files of images, without reading their pixels.</summary>
[Cmdlet(VerbsCommon.Get, "FsrFile", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ImageFileInfo))]
public sealed class GetFsrFileCommand : FsrInputFileCmdlet
{
    /// <summary>Rows and columns in px of a file without a header; without it such a file is an error.</summary>
    [Parameter]
    [ValidateCount(2, 2)]
    [ValidateRange(1, int.MaxValue)]
    [NumberArgument(IsList = true, IsWhole = true)]
    public int[]? Dimensions { get; set; }

    /// <summary>The numbers of a file without a header.</summary>
    [Parameter]
    public PixelType PixelType { get; set; } = PixelType.Float32;

    /// <summary>Highest byte of a number first in a file without a header.</summary>
    [Parameter]
    public SwitchParameter BigEndian { get; set; }

    /// <summary>The number of bytes before the first pixel of a file without a header.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [NumberArgument(IsWhole = true)]
    public int HeaderBytes { get; set; }

    /// <summary>Order of the pixels in a file without a header that holds several images.</summary>
    [Parameter]
    public RawOrder FrameOrder { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        RawFormat? raw = Dimensions is not [var rows, var columns] ? null : new RawFormat
        {
            PixelType = PixelType,
            BigEndian = BigEndian,
            HeaderBytes = HeaderBytes,
            Order = FrameOrder,
            Rows = rows,
            Columns = columns,
        };
        foreach (string file in InputFiles(static folder => SeriesFiles.InFolder(folder)))
        {
            if (TryRun(file, _ => ImageDescription.Of(file, raw)) is { } infos)
            {
                WriteObject(infos, true);
            }
        }
    }
}
