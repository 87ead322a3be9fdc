using FsRec.Fourier;

namespace FsRec.Series;

/// <summary>A spectrum that several use; the last one that ends its use frees it.</summary>
/// <param name="plane">The spectrum; its maker is the first that uses it.</param>
internal sealed class SharedPlane(ComplexPlane plane)
{
    private int _uses = 1;

    /// <summary>The spectrum; not to be changed.</summary>
    public ComplexPlane Plane { get; } = plane;

    /// <summary>One more uses it.</summary>
    /// <returns>What ends the use.</returns>
    public SpectrumLease Use()
    {
        Interlocked.Increment(ref _uses);
        return new SpectrumLease(this);
    }

    /// <summary>One fewer uses it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _uses) == 0)
        {
            Plane.Dispose();
        }
    }
}
