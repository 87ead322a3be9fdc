namespace FsRec.Formats.Tiff;

/// <summary>A field of a TIFF directory: its data's place is kept, not the data.</summary>
internal readonly record struct TiffField(ushort Tag, ushort Type, long Count, long Offset)
{
    /// <summary>Bytes of one value; 0 for a type that is not known.</summary>
    public int ValueBytes => Type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => 0,
    };
}
