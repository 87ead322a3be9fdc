namespace FsRec.Rendering;

/// <summary>How an image is drawn.</summary>
public sealed record RenderOptions
{
    /// <summary>The colours.</summary>
    public ColorMap ColorMap { get; init; } = ColorMap.Gray;

    /// <summary>Value drawn as the map's first colour; <see langword="null"/> to take it from the data.</summary>
    public double? Minimum { get; init; }

    /// <summary>Value drawn as the map's last colour; <see langword="null"/> to take it from the data.</summary>
    public double? Maximum { get; init; }

    /// <summary>Share of the pixels that may be cut at each end where the range comes from the data, 0 to 0.5.</summary>
    public double Clip { get; init; } = 0.001;
}
