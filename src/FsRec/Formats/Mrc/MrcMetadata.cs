using System.Globalization;
using FsRec.Formats.Images;

namespace FsRec.Formats.Mrc;

/// <summary>
/// What an extended header of the kinds FEI1 and FEI2 tells, one block an image: the microscope's values in SI units, each with a bit that says
/// whether it is there. Other kinds are passed over by their stated size.
/// </summary>
internal sealed class MrcMetadata
{
    /// <summary>Bytes of a block.</summary>
    public const int FeiBytes = 768;

    /// <summary>Where the first mask of a block stands.</summary>
    public const int Mask = 8;

    /// <summary>Where the name of the program stands.</summary>
    public const int Application = 52;

    /// <summary>Voltage in V.</summary>
    public static readonly Place VoltagePlace = new(5, 84);

    /// <summary>Distance of two columns in m.</summary>
    public static readonly Place ColumnPlace = new(14, 156);

    /// <summary>Distance of two rows in m.</summary>
    public static readonly Place RowPlace = new(15, 164);

    /// <summary>Defocus in m.</summary>
    public static readonly Place FocusPlace = new(20, 220);

    /// <summary>A value of a block.</summary>
    /// <param name="Bit">Its bit in the mask.</param>
    /// <param name="At">Where it stands.</param>
    public readonly record struct Place(int Bit, int At);

    /// <summary>Pixel size along a row in nm.</summary>
    public double? ColumnSampling { get; private init; }

    /// <summary>Pixel size along a column in nm.</summary>
    public double? RowSampling { get; private init; }

    /// <summary>Voltage in kV.</summary>
    public double? Voltage { get; private init; }

    /// <summary>Exposure in s.</summary>
    public double? Exposure { get; private init; }

    /// <summary>Defocus of each image in m.</summary>
    public IReadOnlyList<double>? Foci { get; private init; }

    /// <summary>Other values.</summary>
    public Dictionary<string, string> Tags { get; private init; } = [];

    /// <summary>Reads the extended header, where it is of a known kind.</summary>
    public static MrcMetadata Read(FileBytes file, MrcHeader header)
    {
        if (header.ExtendedType is not ("FEI1" or "FEI2") || header.ExtendedBytes < FeiBytes)
        {
            return new MrcMetadata();
        }

        var cursor = new ByteCursor(file, MrcHeader.Bytes, header.BigEndian);
        int size = cursor.Int32();
        if (size < FeiBytes || size > header.ExtendedBytes)
        {
            return new MrcMetadata();
        }

        // Blocks may be fewer than images, where a sum has one.
        var foci = new List<double>();
        for (int i = 0; i < header.Frames && (long)(i + 1) * size <= header.ExtendedBytes; i++)
        {
            if (Field(cursor, i, size, Mask, FocusPlace) is { } focus)
            {
                foci.Add(focus);
            }
        }

        return new MrcMetadata
        {
            Voltage = Field(cursor, 0, size, Mask, VoltagePlace) is { } volts and > 0 ? volts / 1000 : null,
            ColumnSampling = Field(cursor, 0, size, Mask, ColumnPlace) is { } x ? LengthUnit.Sampling(x, "m") : null,
            RowSampling = Field(cursor, 0, size, Mask, RowPlace) is { } y ? LengthUnit.Sampling(y, "m") : null,
            Exposure = Field(cursor, 0, size, 297, new Place(18, 419)) is { } seconds and > 0 ? seconds : null,
            Foci = foci.Count == header.Frames ? foci : null,
            Tags = Texts(cursor),
        };
    }

    // A value counts when its bit is set; a mask of nothing at all was left empty, and finite values count.
    private static double? Field(ByteCursor cursor, int block, int size, int maskAt, Place place)
    {
        long start = MrcHeader.Bytes + ((long)block * size);
        cursor.Position = start + maskAt;
        uint mask = cursor.UInt32();
        cursor.Position = start + place.At;
        double value = cursor.Double();
        return double.IsFinite(value) && (mask == 0 ? value != 0 : (mask >> place.Bit & 1) != 0) ? value : null;
    }

    private static Dictionary<string, string> Texts(ByteCursor cursor)
    {
        var tags = new Dictionary<string, string>();
        foreach ((string name, int at) in (ReadOnlySpan<(string, int)>)[("Microscope", 20), ("Application", Application), ("Camera", 435)])
        {
            cursor.Position = MrcHeader.Bytes + at;
            if (cursor.Text(16).Trim() is { Length: > 0 } text && text.All(static c => !char.IsControl(c)))
            {
                tags[name] = text;
            }
        }

        cursor.Position = MrcHeader.Bytes + 289;
        double magnification = cursor.Double();
        if (double.IsFinite(magnification) && magnification > 0)
        {
            tags["Magnification"] = magnification.ToString("g6", CultureInfo.InvariantCulture);
        }

        return tags;
    }
}
