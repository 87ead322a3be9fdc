using System.Buffers.Binary;
using System.Text;

namespace FsRec.Formats.Images;

/// <summary>Reads a file's small fields in turn, through a buffer.</summary>
internal sealed class ByteCursor(FileBytes file, long position, bool bigEndian)
{
    private readonly byte[] _buffer = new byte[1 << 13];
    private long _start;
    private int _count;

    /// <summary>The file.</summary>
    public FileBytes File => file;

    /// <summary>Where the next field begins.</summary>
    public long Position { get; set; } = position;

    /// <summary>Whether the first byte of a number is the highest.</summary>
    public bool BigEndian { get; set; } = bigEndian;

    /// <summary>Reads a byte.</summary>
    public byte Byte() => Next(1)[0];

    /// <summary>Reads a 16-bit integer.</summary>
    public short Int16() => BigEndian ? BinaryPrimitives.ReadInt16BigEndian(Next(2)) : BinaryPrimitives.ReadInt16LittleEndian(Next(2));

    /// <summary>Reads a 16-bit integer without sign.</summary>
    public ushort UInt16() => (ushort)Int16();

    /// <summary>Reads a 32-bit integer.</summary>
    public int Int32() => BigEndian ? BinaryPrimitives.ReadInt32BigEndian(Next(4)) : BinaryPrimitives.ReadInt32LittleEndian(Next(4));

    /// <summary>Reads a 32-bit integer without sign.</summary>
    public uint UInt32() => (uint)Int32();

    /// <summary>Reads a 64-bit integer.</summary>
    public long Int64() => BigEndian ? BinaryPrimitives.ReadInt64BigEndian(Next(8)) : BinaryPrimitives.ReadInt64LittleEndian(Next(8));

    /// <summary>Reads a number of single precision.</summary>
    public float Single() => BitConverter.Int32BitsToSingle(Int32());

    /// <summary>Reads a number of double precision.</summary>
    public double Double() => BitConverter.Int64BitsToDouble(Int64());

    /// <summary>Reads a text of a byte a character, up to the first zero.</summary>
    /// <exception cref="DataException">The file ends before.</exception>
    public string Text(int length)
    {
        file.Require(Position, length, "a text");
        var bytes = new byte[length];
        file.Read(Position, bytes);
        Position += length;
        int end = Array.IndexOf(bytes, (byte)0);
        return Encoding.Latin1.GetString(bytes, 0, end < 0 ? length : end);
    }

    private ReadOnlySpan<byte> Next(int size)
    {
        if (Position < _start || Position + size > _start + _count)
        {
            file.Require(Position, size, "a field");
            _start = Position;
            _count = file.ReadUpTo(Position, _buffer);
        }

        ReadOnlySpan<byte> field = _buffer.AsSpan((int)(Position - _start), size);
        Position += size;
        return field;
    }
}
