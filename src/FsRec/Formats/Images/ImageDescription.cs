using FsRec.Formats.Raw;

namespace FsRec.Formats.Images;

/// <summary>Tells what is in files.</summary>
public static class ImageDescription
{
    /// <summary>What a file holds, and a SerialEM <c>.mdoc</c> beside it says, without reading the pixels: one object a stack of images.</summary>
    /// <param name="path">The file.</param>
    /// <param name="raw">How to read it if it has no header; <see langword="null"/> where none is expected.</param>
    /// <exception cref="DataException">The file is missing, damaged, or of no known format.</exception>
    public static IReadOnlyList<ImageFileInfo> Of(string path, RawFormat? raw = null)
    {
        SerialEmFile? beside = SerialEmFile.Beside(path);
        using var file = ImageFile.Open(path, raw);
        return [.. file.Sets.Select(set => beside is not null && set.Info.IsMain ? beside.AddTo(set.Info, 0) : set.Info)];
    }
}
