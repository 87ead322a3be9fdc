namespace FsRec.Fourier;

/// <summary>Fills rows of pixels on their way into a filter.</summary>
internal unsafe interface IPixelRows
{
    /// <summary>Fills a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="target">Where all of its pixels go; aligned to a cache line.</param>
    void Load(int row, float* target);
}
