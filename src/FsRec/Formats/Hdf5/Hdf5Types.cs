using FsRec.Formats.Images;
using PureHDF;

namespace FsRec.Formats.Hdf5;

/// <summary>The number types of HDF5.</summary>
internal static class Hdf5Types
{
    /// <summary>The type; <see langword="null"/> when it is none of numbers that are read.</summary>
    public static PixelType? Of(IH5DataType type) => type.Class switch
    {
        H5DataTypeClass.FixedPoint => PixelTypes.Of(false, type.FixedPoint.IsSigned, type.Size),
        H5DataTypeClass.FloatingPoint => PixelTypes.Of(true, true, type.Size),
        // A complex number is a pair of floating-point ones, whatever they are called.
        H5DataTypeClass.Compound when type.Compound.Members is [var re, var im]
            && re.Type.Class == H5DataTypeClass.FloatingPoint && im.Type.Class == H5DataTypeClass.FloatingPoint
            && re.Type.Size == im.Type.Size && re.Offset == 0 && im.Offset == re.Type.Size && type.Size == 2 * re.Type.Size => type.Size switch
            {
                8 => PixelType.Complex64,
                16 => PixelType.Complex128,
                _ => null,
            },
        _ => null,
    };
}
