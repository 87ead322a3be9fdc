namespace FsRec.Formats.Images;

/// <summary>The images of one data set in a file, read one by one. Several threads may read different images at once.</summary>
public abstract class ImageSet
{
    /// <summary>Describes the stack.</summary>
    /// <param name="info">What it holds.</param>
    protected ImageSet(ImageFileInfo info) => Info = info;

    /// <summary>What the stack holds.</summary>
    public ImageFileInfo Info { get; internal set; }

    /// <summary>Reads one image, its first row first.</summary>
    /// <param name="frame">Number of the image, from 0.</param>
    /// <param name="target">Where its rows · columns numbers go, row-major; of a complex image twice as many, real and imaginary part in turn.</param>
    /// <exception cref="DataException">The file is damaged, or holds numbers that are no image.</exception>
    public void Read(int frame, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, Info.Frames);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, Info.ValueCount);
        ReadFrame(frame, target[..(int)Info.ValueCount]);
    }

    /// <summary>Reads one image.</summary>
    /// <param name="frame">A valid number.</param>
    /// <param name="target">As long as the image.</param>
    protected abstract void ReadFrame(int frame, Span<float> target);
}
