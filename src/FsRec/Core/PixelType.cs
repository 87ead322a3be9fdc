using System.Diagnostics.CodeAnalysis;

namespace FsRec;

/// <summary>The numbers that a file holds, one a pixel, or two of a complex one.</summary>
[SuppressMessage("Naming", "CA1720:Identifiers should not contain type names", Justification = "They are types of numbers, and called as everyone calls them.")]
public enum PixelType
{
    /// <summary>8 bits, 0 to 255.</summary>
    UInt8,

    /// <summary>8 bits with sign.</summary>
    Int8,

    /// <summary>16 bits, 0 to 65 535.</summary>
    UInt16,

    /// <summary>16 bits with sign.</summary>
    Int16,

    /// <summary>32 bits without sign.</summary>
    UInt32,

    /// <summary>32 bits with sign.</summary>
    Int32,

    /// <summary>64 bits without sign.</summary>
    UInt64,

    /// <summary>64 bits with sign.</summary>
    Int64,

    /// <summary>Half precision.</summary>
    Float16,

    /// <summary>Single precision.</summary>
    Float32,

    /// <summary>Double precision.</summary>
    Float64,

    /// <summary>4 bits, two pixels a byte, the first in the lower half; each row begins with a byte of its own.</summary>
    UInt4,

    /// <summary>Complex, two 16-bit integers.</summary>
    ComplexInt16,

    /// <summary>Complex, two numbers of single precision.</summary>
    Complex64,

    /// <summary>Complex, two numbers of double precision.</summary>
    Complex128,
}
