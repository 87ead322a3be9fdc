using FsRec.Formats.Images;
using PureHDF;
using PureHDF.VOL.Native;

namespace FsRec.Formats.Hdf5;

/// <summary>An HDF5 file open for reading. The library reads one thing at a time: whoever reads holds the gate.</summary>
/// <remarks>Of damaged bytes the library may throw anything, also that an array would be too large. Everything it throws is therefore taken for damage.</remarks>
internal sealed class Hdf5Container
{
    private const int MostText = 1 << 20;

    /// <summary>Opens it.</summary>
    public Hdf5Container(FileBytes file)
    {
        File = file;
        Root = H5File.Open(new Hdf5Bytes(file), leaveOpen: true);
    }

    /// <summary>The file.</summary>
    public FileBytes File { get; }

    /// <summary>Its first group.</summary>
    public NativeFile Root { get; }

    /// <summary>Held while something is read.</summary>
    public object Gate { get; } = new();

    /// <summary>The groups and data sets in a group. Links that lead nowhere, or out of the file, are passed over.</summary>
    public static IEnumerable<IH5Object> Children(IH5Group group)
    {
        using IEnumerator<IH5Object> children = group.Children().GetEnumerator();
        while (Next(children))
        {
            yield return children.Current;
        }
    }

    /// <summary>A text attribute; <see langword="null"/> when there is none.</summary>
    public static string? Text(IH5Object of, string name)
    {
        if (Attribute(of, name) is not { } attribute)
        {
            return null;
        }

        try
        {
            return attribute.Type.Class == H5DataTypeClass.String || attribute.Type.Class == H5DataTypeClass.VariableLength
                ? Count(attribute) == 1 && attribute.Space.Rank > 0 ? attribute.Read<string[]>()[0] : attribute.Read<string>()
                : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>A list of texts; empty when there is none.</summary>
    public static IReadOnlyList<string> Texts(IH5Object of, string name)
    {
        if (Attribute(of, name) is not { } attribute || Count(attribute) > 64)
        {
            return [];
        }

        try
        {
            return attribute.Space.Rank == 0 ? [attribute.Read<string>()] : attribute.Read<string[]>();
        }
        catch (Exception)
        {
            return [];
        }
    }

    /// <summary>A number; <see langword="null"/> when there is none.</summary>
    public static double? Number(IH5Object of, string name)
    {
        if (Attribute(of, name) is not { } attribute || Count(attribute) != 1)
        {
            return null;
        }

        try
        {
            return Hdf5Types.Of(attribute.Type) switch
            {
                PixelType.Float64 => First<double>(attribute),
                PixelType.Float32 => First<float>(attribute),
                PixelType.Int64 => First<long>(attribute),
                PixelType.Int32 => First<int>(attribute),
                PixelType.Int16 => First<short>(attribute),
                PixelType.Int8 => First<sbyte>(attribute),
                PixelType.UInt64 => First<ulong>(attribute),
                PixelType.UInt32 => First<uint>(attribute),
                PixelType.UInt16 => First<ushort>(attribute),
                PixelType.UInt8 => First<byte>(attribute),
                _ => null,
            };
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>The numbers of a data set of one axis, where they are few enough to be an axis; <see langword="null"/> when there are none.</summary>
    public static double[]? Numbers(IH5Group group, string name)
    {
        if (!group.LinkExists(name) || group.Get(name) is not IH5Dataset dataset || dataset.Space.Rank != 1 || dataset.Space.Dimensions[0] is 0 or > 1 << 20)
        {
            return null;
        }

        try
        {
            return Hdf5Types.Of(dataset.Type) switch
            {
                PixelType.Float64 => dataset.Read<double[]>(),
                PixelType.Float32 => [.. dataset.Read<float[]>().Select(static value => (double)value)],
                PixelType.Int64 => [.. dataset.Read<long[]>().Select(static value => (double)value)],
                PixelType.Int32 => [.. dataset.Read<int[]>().Select(static value => (double)value)],
                _ => null,
            };
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>The attributes of a group as texts, as far as they are short texts and numbers.</summary>
    public static void Collect(IH5Object of, string prefix, Dictionary<string, string> tags)
    {
        foreach (IH5Attribute attribute in of.Attributes())
        {
            string? value = Text(of, attribute.Name) ?? Number(of, attribute.Name)?.ToString("g9", System.Globalization.CultureInfo.InvariantCulture);
            if (value is { Length: > 0 and < 200 } && tags.Count < 60)
            {
                tags[prefix + attribute.Name] = value;
            }
        }
    }

    /// <summary>What a data set is, without scale.</summary>
    public ImageFileInfo Describe(string format, string name, IH5Dataset dataset, (int Frames, int Rows, int Columns) shape) => new()
    {
        Path = File.Path,
        Format = format,
        Name = name,
        Frames = shape.Frames,
        Rows = shape.Rows,
        Columns = shape.Columns,
        PixelType = Hdf5Types.Of(dataset.Type)!.Value,
    };

    private static IH5Attribute? Attribute(IH5Object of, string name)
    {
        try
        {
            return of.AttributeExists(name) && of.Attribute(name) is var attribute && attribute.Type.Size * (double)Math.Max(1, Count(attribute)) <= MostText ? attribute : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static double Count(IH5Attribute attribute) => attribute.Space.Dimensions.Aggregate(1.0, static (product, size) => product * size);

    private static T First<T>(IH5Attribute attribute)
        where T : unmanaged => attribute.Space.Rank == 0 ? attribute.Read<T>() : attribute.Read<T[]>()[0];

    private static bool Next(IEnumerator<IH5Object> children)
    {
        try
        {
            return children.MoveNext();
        }
        catch (Exception e) when (e is not FsRecException)
        {
            return false;
        }
    }
}
