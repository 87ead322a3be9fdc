namespace FsRec.Parameters;

/// <summary>Section [IMAGEDATA] of the parameter file: the frames, and the area by which they are aligned.</summary>
public sealed record ImageParameters
{
    /// <summary>Shape and scale of the frames (keys Dimensions and Sampling).</summary>
    public Calibration Calibration { get; init; } = new(0, 0, 0, 0);

    /// <summary>Rows by which the reference area's centre lies below the frame's.</summary>
    public int OffsetRows { get; init; }

    /// <summary>Columns by which the reference area's centre lies right of the frame's.</summary>
    public int OffsetColumns { get; init; }

    /// <summary>Rows of the reference area; <see langword="null"/> means half of the frame's.</summary>
    public int? AreaRows { get; init; }

    /// <summary>Columns of the reference area; <see langword="null"/> means half of the frame's.</summary>
    public int? AreaColumns { get; init; }

    /// <summary>The image numbers that are reconstructed, in order; <see langword="null"/> means all.</summary>
    public IReadOnlyList<int>? Range { get; init => field = value?.ToArray(); }

    /// <summary>Whether hot, dead and non-finite pixels are replaced by their neighbourhood's median.</summary>
    public bool FixHotPixels { get; init; }

    /// <summary>
    /// The reference area: of the size AREA (half of the frame where it is not given), centred on the frame and moved by Offset.
    /// </summary>
    /// <exception cref="FsRecException">The area does not lie inside the frame.</exception>
    public ReferenceArea GetReferenceArea()
    {
        int rows = AreaRows ?? Calibration.Rows / 2;
        int columns = AreaColumns ?? Calibration.Columns / 2;
        var area = new ReferenceArea(
            (Calibration.Rows / 2) - (rows / 2) + OffsetRows,
            (Calibration.Columns / 2) - (columns / 2) + OffsetColumns,
            rows,
            columns);
        return area.LiesInside(Calibration)
            ? area
            : throw new FsRecException(
                $"The reference area {area} does not lie inside the frame of {Calibration.Rows}×{Calibration.Columns} px. Give a smaller AREA or Offset.");
    }

    /// <summary>Equal when all values are; the range image by image.</summary>
    /// <param name="other">The other.</param>
    /// <returns>Whether they are.</returns>
    public bool Equals(ImageParameters? other) =>
        other is not null
        && Calibration == other.Calibration
        && (OffsetRows, OffsetColumns) == (other.OffsetRows, other.OffsetColumns)
        && (AreaRows, AreaColumns) == (other.AreaRows, other.AreaColumns)
        && FixHotPixels == other.FixHotPixels
        && (Range is null ? other.Range is null : other.Range is not null && Range.SequenceEqual(other.Range));

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(
        Calibration, OffsetRows, OffsetColumns, AreaRows, AreaColumns, FixHotPixels, Range?.Count);

    /// <inheritdoc />
    public override string ToString()
    {
        string area = AreaRows is null && AreaColumns is null ? "half of the frame" : $"{AreaRows ?? Calibration.Rows / 2}×{AreaColumns ?? Calibration.Columns / 2} px";
        string selected = Range is null ? "all images" : Counted.Of(Range.Count, "image");
        return $"{Calibration}, {selected}, reference area {area}, moved by ({OffsetColumns}, {OffsetRows}) px{(FixHotPixels ? ", hot pixels repaired" : "")}";
    }
}
