using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>Neighbouring frames taken together, block after block; frames that are left over join the last block.</summary>
internal sealed class FrameBlocks
{
    private readonly int _size;

    private FrameBlocks(int frames, int size)
    {
        _size = size;
        Count = Math.Max(1, frames / size);
        BlockOfFrame = [.. Enumerable.Range(0, frames).Select(n => Math.Min(n / size, Count - 1))];
    }

    /// <summary>Number of blocks.</summary>
    public int Count { get; }

    /// <summary>The block of each frame.</summary>
    public IReadOnlyList<int> BlockOfFrame { get; }

    /// <summary>Blocks of some frames.</summary>
    /// <param name="frames">Number of frames.</param>
    /// <param name="size">Frames a block; 0 means no averaging, as 1 does.</param>
    public static FrameBlocks Of(int frames, int size) => new(frames, Math.Clamp(size, 1, Math.Max(1, frames)));

    /// <summary>First frame of a block.</summary>
    public int First(int block) => block * _size;

    /// <summary>Averages the spectra of each block, inverted contrast put right; the caller disposes the averages.</summary>
    public ComplexPlane[] Average(IReadOnlyList<ComplexPlane> spectra, IReadOnlyList<int> signs)
    {
        var means = new ComplexPlane[Count];
        for (int b = 0; b < Count; b++)
        {
            int[] members = [.. Enumerable.Range(0, spectra.Count).Where(n => BlockOfFrame[n] == b)];
            means[b] = new ComplexPlane(spectra[0].Rows, spectra[0].Columns);
            foreach (int n in members)
            {
                SpectrumKernels.AddScaled(spectra[n], (float)signs[n] / members.Length, means[b]);
            }
        }

        return means;
    }
}
