namespace FsRec;

/// <summary>In which order the pixels of several images lie in a file without a header.</summary>
public enum RawOrder
{
    /// <summary>Image after image.</summary>
    Images,

    /// <summary>The first row of every image, then the second of every image.</summary>
    Rows,

    /// <summary>The first pixel of every image, then the second of every image.</summary>
    Pixels,
}
