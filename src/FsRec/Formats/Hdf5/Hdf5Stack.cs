using System.Runtime.InteropServices;
using FsRec.Formats.Images;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace FsRec.Formats.Hdf5;

/// <summary>The images of a data set, two of whose axes are rows and columns; all others number the images.</summary>
internal sealed class Hdf5Stack : ImageSet
{
    private const ulong MostCache = 1UL << 28;
    private readonly Hdf5Container _container;
    private readonly NativeDataset _dataset;
    private readonly ulong[] _sizes;
    private readonly int _rowAxis;
    private readonly int _columnAxis;
    private readonly H5DatasetAccess _access;

    /// <summary>Describes the images.</summary>
    /// <param name="container">The file.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="rowAxis">Which axis is that of rows.</param>
    /// <param name="columnAxis">Which axis is that of columns.</param>
    /// <param name="describe">Describes the images, given their shape.</param>
    /// <exception cref="DataException">The data set claims more than the file can hold.</exception>
    public Hdf5Stack(Hdf5Container container, IH5Dataset dataset, int rowAxis, int columnAxis, Func<(int Frames, int Rows, int Columns), ImageFileInfo> describe)
        : base(describe(Shape(container, dataset, rowAxis, columnAxis)))
    {
        (_container, _dataset, _rowAxis, _columnAxis) = (container, (NativeDataset)dataset, rowAxis, columnAxis);
        _sizes = dataset.Space.Dimensions;
        double frame = (double)Info.Rows * Info.PixelType.RowBytes(Info.Columns);
        if (dataset.Layout.Class == H5DataLayoutClass.Chunked)
        {
            Expansion.CheckDeflate(container.File.Path, 0, container.File.Length, frame);
            _access = new H5DatasetAccess { ChunkCache = new SimpleReadingChunkCache(4096, CacheBytes(dataset)) };
        }
        else if (frame * Info.Frames > container.File.Length)
        {
            throw container.File.Damaged(0, FormattableString.Invariant($"a data set of {frame * Info.Frames:0} bytes"), $"no more than the file's {container.File.Length}");
        }
    }

    /// <inheritdoc />
    protected override void ReadFrame(int frame, Span<float> target)
    {
        try
        {
            lock (_container.Gate)
            {
                ReadTyped(frame, target);
            }
        }
        // PureHDF has no type of exception of its own for what it does not do.
        catch (Exception e) when (e.Message.StartsWith("Byte order", StringComparison.Ordinal))
        {
            throw new DataException(
                $"'{_container.File.Path}': found numbers with the highest byte first in {Info.Name}; of HDF5 only the other order is read. Write the data set again, as in Python: g['data'] = f['{Info.Name}'][...].astype('<f4').",
                e);
        }
        catch (Exception e) when (e is not FsRecException)
        {
            throw Damage.At(_container.File.Path, 0, FormattableString.Invariant($"image {frame} of {Info.Name} that cannot be read ({e.Message})"), "a sound data set", e);
        }
    }

    private void ReadTyped(int frame, Span<float> target)
    {
        switch (Info.PixelType)
        {
            case PixelType.UInt8: Read<byte>(frame, target); break;
            case PixelType.Int8: Read<sbyte>(frame, target); break;
            case PixelType.UInt16: Read<ushort>(frame, target); break;
            case PixelType.Int16: Read<short>(frame, target); break;
            case PixelType.UInt32: Read<uint>(frame, target); break;
            case PixelType.Int32: Read<int>(frame, target); break;
            case PixelType.UInt64: Read<ulong>(frame, target); break;
            case PixelType.Int64: Read<long>(frame, target); break;
            case PixelType.Float16: Read<Half>(frame, target); break;
            case PixelType.Float64: Read<double>(frame, target); break;
            case PixelType.Float32: Read<float>(frame, target); break;
            case PixelType.Complex64: Read<Complex<float>>(frame, target); break;
            default: Read<Complex<double>>(frame, target); break;
        }
    }

    private void Read<T>(int frame, Span<float> target)
        where T : unmanaged
    {
        var starts = new ulong[_sizes.Length];
        var blocks = new ulong[_sizes.Length];
        ulong rest = (ulong)frame;
        for (int axis = _sizes.Length - 1; axis >= 0; axis--)
        {
            bool inImage = axis == _rowAxis || axis == _columnAxis;
            blocks[axis] = inImage ? _sizes[axis] : 1;
            if (!inImage)
            {
                starts[axis] = rest % _sizes[axis];
                rest /= _sizes[axis];
            }
        }

        var selection = new HyperslabSelection(_sizes.Length, starts, blocks);
        if (typeof(T) == typeof(float) && _rowAxis < _columnAxis)
        {
            _dataset.Read(_access, MemoryMarshal.Cast<float, T>(target), selection);
            return;
        }

        var values = new T[Info.PixelCount];
        _dataset.Read(_access, values.AsSpan(), selection);
        Span<byte> bytes = MemoryMarshal.AsBytes(values.AsSpan());
        if (_rowAxis < _columnAxis)
        {
            PixelConversion.Convert(bytes, Info.PixelType, !BitConverter.IsLittleEndian, target);
            return;
        }

        // Columns are the slow axis here.
        var line = new float[target.Length / Info.Columns];
        int parts = Info.PixelType.IsComplex() ? 2 : 1;
        int lineBytes = bytes.Length / Info.Columns;
        for (int column = 0; column < Info.Columns; column++)
        {
            PixelConversion.Convert(bytes.Slice(column * lineBytes, lineBytes), Info.PixelType, !BitConverter.IsLittleEndian, line);
            for (int row = 0; row < Info.Rows; row++)
            {
                line.AsSpan(row * parts, parts).CopyTo(target[(((row * Info.Columns) + column) * parts)..]);
            }
        }
    }

    // All chunks that one image touches, so that none is unpacked twice.
    private ulong CacheBytes(IH5Dataset dataset)
    {
        ulong[]? chunk = dataset.Layout.Chunks;
        double bytes = dataset.Type.Size;
        for (int axis = 0; chunk is not null && axis < _sizes.Length; axis++)
        {
            double size = chunk[axis];
            double along = axis == _rowAxis || axis == _columnAxis ? Math.Ceiling(_sizes[axis] / size) * size : size;
            bytes *= along;
        }

        return (ulong)Math.Min(bytes + 1, MostCache);
    }

    private static (int Frames, int Rows, int Columns) Shape(Hdf5Container container, IH5Dataset dataset, int rowAxis, int columnAxis)
    {
        ulong[] sizes = dataset.Space.Dimensions;
        string path = container.File.Path;
        if (sizes.Length < 2 || Hdf5Types.Of(dataset.Type) is null)
        {
            throw container.File.Damaged(0, FormattableString.Invariant($"{dataset.Name} of {sizes.Length} axes of {dataset.Type.Class}"), "numbers on two axes or more");
        }

        double frames = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            frames *= axis == rowAxis || axis == columnAxis ? 1 : sizes[axis];
        }

        (int Frames, int Rows, int Columns) shape = (
            Damage.Size(path, 0, "images", (long)Math.Min(frames, long.MaxValue / 2)),
            Damage.Size(path, 0, "rows", (long)Math.Min(sizes[rowAxis], long.MaxValue)),
            Damage.Size(path, 0, "columns", (long)Math.Min(sizes[columnAxis], long.MaxValue)));
        return (double)shape.Rows * shape.Columns <= int.MaxValue / 2
            ? shape
            : throw container.File.Damaged(0, FormattableString.Invariant($"images of {shape.Rows}×{shape.Columns} px"), "images below 1 GB");
    }

    // As HDF5 has complex numbers: a pair.
    private readonly record struct Complex<T>(T Re, T Im)
        where T : unmanaged;
}
