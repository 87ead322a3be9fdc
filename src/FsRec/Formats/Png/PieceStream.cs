using FsRec.Formats.Images;

namespace FsRec.Formats.Png;

/// <summary>Pieces of a file one behind the other, read forward.</summary>
internal sealed class PieceStream(FileBytes file, IReadOnlyList<(long Offset, long Length)> pieces) : Stream
{
    private int _piece;
    private long _done;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        while (_piece < pieces.Count && _done == pieces[_piece].Length)
        {
            _piece++;
            _done = 0;
        }

        if (_piece == pieces.Count)
        {
            return 0;
        }

        int count = (int)Math.Min(buffer.Length, pieces[_piece].Length - _done);
        file.Read(pieces[_piece].Offset + _done, buffer[..count]);
        _done += count;
        return count;
    }

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
