using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Alignment;

/// <summary>The memory one thread's <see cref="RegionFilter"/> writes to.</summary>
internal abstract class RegionWorkspace(ImageRegion region) : IDisposable
{
    private readonly AlignedBuffer _pixels = new((long)region.Rows * region.Columns);

    /// <summary>Intensity of the region, row-major.</summary>
    public Span<float> Pixels => _pixels.Span;

    /// <summary>The same as a pointer, aligned to a cache line.</summary>
    protected AlignedBuffer PixelBuffer => _pixels;

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what a derived workspace holds besides.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _pixels.Dispose();
        }
    }
}
