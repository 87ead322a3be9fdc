namespace FsRec.Parameters;

/// <summary>What the parameter file says of the detector, beside Imagespread; each <see langword="null"/> where it says nothing.</summary>
public sealed record DetectorParameters
{
    /// <summary>The share of an image that the detector passes at each frequency (key MTF).</summary>
    public CurveSource? Mtf { get; init; }

    /// <summary>The power of its noise at each frequency, relative to that at frequency 0 (key NPS).</summary>
    public CurveSource? Nps { get; init; }

    /// <summary>The same with all files named in full.</summary>
    /// <param name="folder">What relative paths are relative to; <see langword="null"/> for nothing.</param>
    public DetectorParameters Resolved(string? folder) =>
        Mtf?.Path is null && Nps?.Path is null ? this : new() { Mtf = Mtf?.Resolved(folder), Nps = Nps?.Resolved(folder) };

    /// <summary>The files that the curves come from.</summary>
    internal IEnumerable<string> Files => new[] { Mtf?.Path, Nps?.Path }.OfType<string>().Distinct();

    /// <inheritdoc />
    public override string ToString() => $"MTF {Mtf?.ToString() ?? "1"}, NPS {Nps?.ToString() ?? "white"}";
}
