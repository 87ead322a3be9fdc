using System.Globalization;

namespace FsRec.Rendering;

/// <summary>How an image is drawn. Immutable.</summary>
public sealed record RenderOptions
{
    /// <summary>The colours; <see langword="null"/> for those that suit what is drawn.</summary>
    public ColorMap? ColorMap { get; init; }

    /// <summary>Value drawn as the map's first colour; <see langword="null"/> to take it from the data.</summary>
    public double? Minimum { get; init; }

    /// <summary>Value drawn as the map's last colour; <see langword="null"/> to take it from the data.</summary>
    public double? Maximum { get; init; }

    /// <summary>Makes sure that what is given of the range is one: finite, and the first value below the last.</summary>
    /// <exception cref="FsRecException">It is not.</exception>
    public void Require() => Require(flat: false);

    /// <summary>The same of a range that may be one value, as that of data which are all alike: they have the first colour.</summary>
    /// <param name="flat">Whether both ends may be one.</param>
    internal void Require(bool flat)
    {
        if (Minimum is { } low && Maximum is { } high ? !(double.IsFinite(high - low) && (low < high || (flat && low <= high))) : !double.IsFinite(Minimum ?? Maximum ?? 0))
        {
            throw new FsRecException(($"Found colours from {Minimum?.ToString("g", CultureInfo.InvariantCulture) ?? "the least value"} to {Maximum?.ToString("g", CultureInfo.InvariantCulture) ?? "the largest"}; expected finite numbers, the smaller one first."));
        }
    }

    /// <summary>Share of the pixels that may be cut at each end where the range comes from the data, 0 to 0.5.</summary>
    public double Clip { get; init; } = 0.001;

    /// <summary>Side of the square that a pixel is drawn as; 0 for the least that leaves room for scale and labels.</summary>
    public int Magnify { get; init; }

    /// <summary>Whether a scale bar is drawn into figures.</summary>
    public bool ScaleBar { get; init; } = true;

    /// <summary>Whether a colour bar is drawn beside figures.</summary>
    public bool ColorBar { get; init; } = true;

    /// <summary>Line above a figure; empty for none, <see langword="null"/> for what is drawn.</summary>
    public string? Title { get; init; }
}
