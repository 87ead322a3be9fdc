namespace FsRec.Fourier;

/// <summary>
/// Neighbouring lines of complex numbers: element e of the first lane has its real part at Data + e·Stride and its
/// imaginary part at a distance from it; the other lanes follow. Distances are in floats.
/// </summary>
/// <param name="Data">Real part of the first element.</param>
/// <param name="Im">From a real part to its imaginary part.</param>
/// <param name="Stride">From an element to the next.</param>
internal readonly unsafe record struct Lines(nint Data, nint Im, nint Stride)
{
    public Lines(float* data, nint im, nint stride)
        : this((nint)data, im, stride)
    {
    }

    /// <summary>Real part of the first element.</summary>
    public float* Pointer => (float*)Data;

    /// <summary>The same lines with real and imaginary parts exchanged, which turns a forward transform around.</summary>
    public Lines Exchanged() => new(Data + (Im * sizeof(float)), -Im, Stride);
}
