using FsRec.Formats;
using FsRec.Formats.Images;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>Frames as PyFSRec has them, one a file without a header, named by number; of any number type.</summary>
internal sealed class NumberedFrames : FrameSource
{
    private readonly string _folder;
    private readonly FileParameters _files;
    private readonly Calibration _calibration;
    private readonly ReconstructionParameters _parameters;

    /// <summary>Names the files.</summary>
    /// <exception cref="DataException">Their folder does not exist.</exception>
    public NumberedFrames(ReconstructionParameters parameters)
    {
        _parameters = parameters;
        _folder = parameters.ResolvedInputPath;
        (_files, _calibration) = (parameters.Files, parameters.Image.Calibration);
        if (!Directory.Exists(_folder))
        {
            throw new DataException($"The folder '{_folder}' of the frames does not exist. Check INPUTPATH.", new DirectoryNotFoundException(_folder));
        }
    }

    private bool IsPlain => _files is { PixelType: PixelType.Float32, BigEndian: false, HeaderBytes: 0 };

    /// <inheritdoc />
    public override string Name(int image) => Path.Combine(_folder, RawFrameFile.Name(_files.InputFileName, image));

    /// <inheritdoc />
    public override string File(int image) => Name(image);

    /// <inheritdoc />
    public override void Read(int image, Span<float> target)
    {
        if (IsPlain)
        {
            RawFrameFile.Read(Name(image), _calibration, target);
            return;
        }

        using ImageFile file = Open(image);
        file.Main.Read(0, target);
    }

    /// <inheritdoc />
    public override void Check(int image)
    {
        try
        {
            if (IsPlain)
            {
                RawFrameFile.Check(Name(image), _calibration);
                return;
            }

            Open(image).Dispose();
        }
        catch (DataException e) when (e.InnerException is FileNotFoundException or DirectoryNotFoundException && NumberedFiles.Of(_parameters) is { } there)
        {
            // Of one frame that is missing the others tell whether it is their number or their name.
            throw new DataException(there.WhatIsMissing(image), e.InnerException);
        }
    }

    private ImageFile Open(int image)
    {
        var file = ImageFile.OpenRaw(Name(image), SeriesInput.RawOf(_files, _calibration));
        if (file.Main.Info.Frames == 1)
        {
            return file;
        }

        int frames = file.Main.Info.Frames;
        file.Dispose();
        throw new DataException($"The frame '{Name(image)}' holds {frames} images of {_calibration.Rows}×{_calibration.Columns} px {_files.PixelType}; expected one. Check Dimensions, Pixeltype and Headerbytes.");
    }
}
