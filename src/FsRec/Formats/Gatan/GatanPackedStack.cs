using FsRec.Formats.Images;

namespace FsRec.Formats.Gatan;

/// <summary>The Fourier transform of a real image, of which DigitalMicrograph stores one half: described, but neither frame nor wave.</summary>
internal sealed class GatanPackedStack(ImageFileInfo info, FileBytes file) : ImageSet(info)
{
    /// <inheritdoc />
    protected override void ReadFrame(int frame, Span<float> target) => throw new DataException(
        $"'{file.Path}' holds the Fourier transform of an image in DigitalMicrograph's packed form; expected an image. Transform it back in DigitalMicrograph and save that.");
}
