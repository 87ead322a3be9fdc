using System.Buffers.Binary;
using FsRec.Formats.Images;

namespace FsRec.Formats.Hdf5;

/// <summary>
/// A file as the library reads it. The library takes memory for each text of a global heap by the length written there, before it looks whether the file is that
/// long; when it comes to a heap, the lengths in it are therefore held against the heap's own first.
/// </summary>
internal sealed class Hdf5Bytes(FileBytes file) : Stream
{
    private const int HeapHead = 16;
    private const int ObjectHead = 16;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => true;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => file.Length;

    /// <inheritdoc />
    public override long Position { get; set; }

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc />
    public override int Read(Span<byte> buffer)
    {
        int count = file.ReadUpTo(Position, buffer);
        if (count == 4 && buffer.Length == 4 && buffer.SequenceEqual("GCOL"u8))
        {
            CheckHeap(Position);
        }

        Position += count;
        return count;
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => file.Length + offset,
    };

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void CheckHeap(long start)
    {
        Span<byte> head = stackalloc byte[16];
        file.Read(start, head);
        long size = BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
        file.Require(start, size, "a heap");
        for (long at = start + HeapHead; at + ObjectHead <= start + size;)
        {
            file.Read(at, head);
            if (BinaryPrimitives.ReadUInt16LittleEndian(head) == 0)
            {
                return;
            }

            long length = BinaryPrimitives.ReadInt64LittleEndian(head[8..]);
            long left = start + size - at - ObjectHead;
            if (length < 0 || length > left)
            {
                throw file.Damaged(at + 8, FormattableString.Invariant($"a text of {length} bytes in a heap"), FormattableString.Invariant($"at most {left}"));
            }

            at += ObjectHead + ((length + 7) / 8 * 8);
        }
    }
}
