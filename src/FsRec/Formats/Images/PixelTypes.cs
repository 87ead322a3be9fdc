namespace FsRec.Formats.Images;

/// <summary>Sizes and names of pixel types.</summary>
public static class PixelTypes
{
    /// <summary>Bits of one pixel in a file.</summary>
    /// <param name="type">The type.</param>
    public static int Bits(this PixelType type) => type switch
    {
        PixelType.UInt4 => 4,
        PixelType.UInt8 or PixelType.Int8 => 8,
        PixelType.UInt16 or PixelType.Int16 or PixelType.Float16 => 16,
        PixelType.UInt32 or PixelType.Int32 or PixelType.Float32 or PixelType.ComplexInt16 => 32,
        PixelType.UInt64 or PixelType.Int64 or PixelType.Float64 or PixelType.Complex64 => 64,
        _ => 128,
    };

    /// <summary>Whether a pixel is a complex number.</summary>
    /// <param name="type">The type.</param>
    public static bool IsComplex(this PixelType type) => type is PixelType.ComplexInt16 or PixelType.Complex64 or PixelType.Complex128;

    /// <summary>Bytes of a row of pixels.</summary>
    internal static long RowBytes(this PixelType type, long columns) => ((columns * type.Bits()) + 7) / 8;

    /// <summary>The type of each of the two parts of a complex pixel, or of a real one.</summary>
    internal static PixelType Part(this PixelType type) => type switch
    {
        PixelType.ComplexInt16 => PixelType.Int16,
        PixelType.Complex64 => PixelType.Float32,
        PixelType.Complex128 => PixelType.Float64,
        _ => type,
    };

    /// <summary>The type of integers or floating-point numbers of some bytes; <see langword="null"/> where there is none.</summary>
    internal static PixelType? Of(bool isFloat, bool isSigned, int bytes) => (isFloat, isSigned, bytes) switch
    {
        (true, _, 2) => PixelType.Float16,
        (true, _, 4) => PixelType.Float32,
        (true, _, 8) => PixelType.Float64,
        (false, false, 1) => PixelType.UInt8,
        (false, true, 1) => PixelType.Int8,
        (false, false, 2) => PixelType.UInt16,
        (false, true, 2) => PixelType.Int16,
        (false, false, 4) => PixelType.UInt32,
        (false, true, 4) => PixelType.Int32,
        (false, false, 8) => PixelType.UInt64,
        (false, true, 8) => PixelType.Int64,
        _ => null,
    };
}
