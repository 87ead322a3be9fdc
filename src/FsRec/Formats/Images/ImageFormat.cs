namespace FsRec.Formats.Images;

/// <summary>One format of image files.</summary>
internal abstract class ImageFormat
{
    /// <summary>How much of a file's beginning formats look at.</summary>
    public const int HeadBytes = 4096;

    /// <summary>The format's name.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a file is of this format.</summary>
    /// <param name="head">Its first bytes, up to <see cref="HeadBytes"/> of them.</param>
    /// <param name="file">The file, for those that must look further.</param>
    public abstract bool Knows(ReadOnlySpan<byte> head, FileBytes file);

    /// <summary>Describes the stacks of images in a file without reading their pixels.</summary>
    /// <exception cref="DataException">The file is damaged or holds no images.</exception>
    public abstract IReadOnlyList<ImageSet> Open(FileBytes file);
}
