namespace FsRec.Series;

/// <summary>Where the frames of a series come from, by their number among all images there are.</summary>
internal abstract class FrameSource
{
    /// <summary>Whether the files say themselves what their numbers are, so that no key decides over it.</summary>
    public virtual bool HasHeader => false;

    /// <summary>What errors call an image.</summary>
    public abstract string Name(int image);

    /// <summary>The file that an image lies in.</summary>
    public abstract string File(int image);

    /// <summary>Reads the pixels of an image; different ones from several threads at once.</summary>
    /// <exception cref="DataException">It is missing, of the wrong size, or damaged.</exception>
    public abstract void Read(int image, Span<float> target);

    /// <summary>Makes sure that an image is there, without reading it.</summary>
    /// <exception cref="DataException">It is not.</exception>
    public abstract void Check(int image);
}
