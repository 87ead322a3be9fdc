using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FsRec.Formats.Images;

/// <summary>Turns the bytes of pixels into numbers of single precision.</summary>
internal static class PixelConversion
{
    /// <summary>Converts real numbers, or the parts of complex ones, that lie one behind the other.</summary>
    /// <param name="source">The bytes; their order is changed in place where it is not the machine's.</param>
    /// <param name="type">A type of whole bytes.</param>
    /// <param name="bigEndian">Whether the first byte of a number is the highest.</param>
    /// <param name="target">As many numbers as the bytes hold.</param>
    public static void Convert(Span<byte> source, PixelType type, bool bigEndian, Span<float> target)
    {
        PixelType part = type.Part();
        int size = part.Bits() / 8;
        source = source[..(size * target.Length)];
        if (bigEndian == BitConverter.IsLittleEndian)
        {
            Swap(source, size);
        }

        switch (part)
        {
            case PixelType.UInt8: Widened(source, target); break;
            case PixelType.Int8: Each<sbyte>(source, target); break;
            case PixelType.UInt16: Widened(MemoryMarshal.Cast<byte, ushort>(source), target); break;
            case PixelType.Int16: Widened(MemoryMarshal.Cast<byte, short>(source), target); break;
            case PixelType.UInt32: Each<uint>(source, target); break;
            case PixelType.Int32: Each<int>(source, target); break;
            case PixelType.UInt64: Each<ulong>(source, target); break;
            case PixelType.Int64: Each<long>(source, target); break;
            case PixelType.Float16: Each<Half>(source, target); break;
            case PixelType.Float64: Each<double>(source, target); break;
            default: source.CopyTo(MemoryMarshal.AsBytes(target)); break;
        }
    }

    /// <summary>Takes a row of pixels of 4 bits apart.</summary>
    public static void Nibbles(ReadOnlySpan<byte> source, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (source[i >> 1] >> (4 * (i & 1))) & 15;
        }
    }

    // What cameras write: many at a time, as a series of some gigabytes is read.
    private static void Widened(ReadOnlySpan<byte> source, Span<float> target)
    {
        int i = 0;
        for (; i <= target.Length - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            (Vector256<ushort> low, Vector256<ushort> high) = Vector256.Widen(Vector256.Create(source.Slice(i, Vector256<byte>.Count)));
            Store(low, target[i..]);
            Store(high, target[(i + Vector256<ushort>.Count)..]);
        }

        Each<byte>(source[i..], target[i..]);
    }

    private static void Widened(ReadOnlySpan<ushort> source, Span<float> target)
    {
        int i = 0;
        for (; i <= target.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            Store(Vector256.Create(source.Slice(i, Vector256<ushort>.Count)), target[i..]);
        }

        Each<ushort>(MemoryMarshal.AsBytes(source[i..]), target[i..]);
    }

    private static void Widened(ReadOnlySpan<short> source, Span<float> target)
    {
        int i = 0;
        for (; i <= target.Length - Vector256<short>.Count; i += Vector256<short>.Count)
        {
            (Vector256<int> low, Vector256<int> high) = Vector256.Widen(Vector256.Create(source.Slice(i, Vector256<short>.Count)));
            Vector256.ConvertToSingle(low).CopyTo(target[i..]);
            Vector256.ConvertToSingle(high).CopyTo(target[(i + Vector256<int>.Count)..]);
        }

        Each<short>(MemoryMarshal.AsBytes(source[i..]), target[i..]);
    }

    private static void Store(Vector256<ushort> values, Span<float> target)
    {
        (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(values);
        Vector256.ConvertToSingle(low.AsInt32()).CopyTo(target);
        Vector256.ConvertToSingle(high.AsInt32()).CopyTo(target[Vector256<int>.Count..]);
    }

    private static void Each<T>(ReadOnlySpan<byte> source, Span<float> target)
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(source);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = float.CreateTruncating(values[i]);
        }
    }

    private static void Swap(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                Span<uint> ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
