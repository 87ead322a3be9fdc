using System.Diagnostics.CodeAnalysis;
using FsRec.Fourier;

namespace FsRec.Series;

/// <summary>The frames of a series in one piece of memory, and their spectra once they were asked for.</summary>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "Series along a pipeline share the frames; the finalizer of the buffer frees them with the last.")]
internal sealed class FrameStore(int count, int pixels)
{
    private readonly AlignedBuffer _buffer = new((long)count * pixels);
    private readonly object _gate = new();
    private FrameSpectra? _spectra;

    /// <summary>The pixels of a frame, row-major.</summary>
    public unsafe Span<float> this[int index] => new(_buffer.Pointer + ((long)index * pixels), pixels);

    /// <summary>The spectra of the frames; the first caller computes them.</summary>
    public FrameSpectra Spectra(Func<FrameSpectra> compute)
    {
        lock (_gate)
        {
            return _spectra ??= compute();
        }
    }
}
