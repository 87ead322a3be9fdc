namespace FsRec.Fourier;

/// <summary>A large piece of memory, of which blocks are taken and given back; by one thread at a time.</summary>
internal sealed unsafe class MemoryPiece
{
    private const nuint Size = 32 << 20;

    private readonly SystemMemory _memory = new(Size);

    // By their start; no two touch.
    private readonly List<(nuint Start, nuint Bytes)> _free = [(0, Size)];

    // Beyond, nothing was ever taken, and all is as zero as it came.
    private nuint _used;

    /// <summary>Whether nothing of it is taken.</summary>
    public bool IsFree => _free is [(0, Size)];

    /// <summary>Takes the smallest free place that is large enough; <see langword="null"/> where there is none.</summary>
    /// <param name="bytes">How much, a multiple of the alignment.</param>
    public PlaneBlock? Take(nuint bytes)
    {
        int best = -1;
        for (int i = 0; i < _free.Count; i++)
        {
            if (_free[i].Bytes >= bytes && (best < 0 || _free[i].Bytes < _free[best].Bytes))
            {
                best = i;
            }
        }

        if (best < 0)
        {
            return null;
        }

        (nuint start, nuint length) = _free[best];
        if (length == bytes)
        {
            _free.RemoveAt(best);
        }
        else
        {
            _free[best] = (start + bytes, length - bytes);
        }

        nuint used = start < _used ? nuint.Min(_used - start, bytes) : 0;
        _used = nuint.Max(_used, start + bytes);
        return new PlaneBlock(this, null, null, _memory.Start + start, bytes) { Used = used };
    }

    /// <summary>Gives a block back.</summary>
    /// <param name="block">Its first byte.</param>
    /// <param name="bytes">How much it is.</param>
    public void Give(byte* block, nuint bytes)
    {
        nuint start = (nuint)(block - _memory.Start);
        int next = _free.FindIndex(f => f.Start > start);
        int at = next < 0 ? _free.Count : next;
        _free.Insert(at, (start, bytes));
        Join(at);
        Join(at - 1);
    }

    /// <summary>Gives the piece back to the system.</summary>
    public void Release() => _memory.Release();

    // A free place and the one after it, where they touch.
    private void Join(int i)
    {
        if (i >= 0 && i + 1 < _free.Count && _free[i].Start + _free[i].Bytes == _free[i + 1].Start)
        {
            _free[i] = (_free[i].Start, _free[i].Bytes + _free[i + 1].Bytes);
            _free.RemoveAt(i + 1);
        }
    }
}
