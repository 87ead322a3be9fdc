using System.Diagnostics.CodeAnalysis;
using FsRec.Fourier;

namespace FsRec.Series;

/// <summary>
/// The frames of a series in one piece of memory, and their spectra once they were asked for. Frames that lie in files come into memory
/// only when somebody needs their pixels for more than one look: a linear reconstruction works on the spectra alone.
/// </summary>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "Series along a pipeline share the frames; the finalizer of the buffer frees them with the last.")]
internal sealed class FrameStore
{
    private readonly int _pixels;
    private readonly FrameFiles? _files;
    private readonly object _gate = new();
    private volatile AlignedBuffer? _kept;
    private FrameSpectra? _spectra;

    /// <summary>Takes memory for frames that the caller fills in.</summary>
    public FrameStore(int count, int pixels)
    {
        _pixels = pixels;
        _kept = new AlignedBuffer((long)count * pixels);
    }

    /// <summary>Leaves the frames in their files.</summary>
    public FrameStore(FrameFiles files) => (_files, _pixels) = (files, files.Pixels);

    /// <summary>Whether the pixels are in memory.</summary>
    public bool Keeps => _kept is not null;

    /// <summary>The pixels of a frame, row-major.</summary>
    public unsafe Span<float> this[int index] => new((_kept ?? Keep()).Pointer + ((long)index * _pixels), _pixels);

    /// <summary>The pixels of a frame for one look.</summary>
    /// <param name="index">The frame.</param>
    /// <param name="memory">Gives the memory they are read into where they are not kept.</param>
    public ReadOnlySpan<float> Once(int index, Func<AlignedBuffer> memory)
    {
        if (_kept is not null)
        {
            return this[index];
        }

        Span<float> pixels = memory().Span;
        _files!.Read(index, pixels);
        return pixels;
    }

    /// <summary>The spectra of the frames; the first caller computes them.</summary>
    public FrameSpectra Spectra(Func<FrameSpectra> compute)
    {
        lock (_gate)
        {
            return _spectra ??= compute();
        }
    }

    private unsafe AlignedBuffer Keep()
    {
        lock (_gate)
        {
            if (_kept is null)
            {
                var buffer = new AlignedBuffer((long)_files!.Count * _pixels);
                FrameLoop.Run(_files.Count, 0, CancellationToken.None, n => _files.Read(n, new Span<float>(buffer.Pointer + ((long)n * _pixels), _pixels)));
                _kept = buffer;
            }

            return _kept;
        }
    }
}
