namespace FsRec.Parameters;

/// <summary>Where a curve of the detector comes from: a file, or values that stand in the parameters. Two are equal when path or values are.</summary>
public sealed record CurveSource
{
    private CurveSource(string? path, IReadOnlyList<double> values) => (Path, Values) = (path, values);

    /// <summary>What takes a curve off that was given before, as the key's word None does.</summary>
    internal static CurveSource None { get; } = new(null, []);

    /// <summary>The file, a table of frequency and value; <see langword="null"/> where the values are given.</summary>
    public string? Path { get; }

    /// <summary>Values at even steps from frequency 0 to the Nyquist frequency; empty where a file has them.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>A curve in a file.</summary>
    /// <param name="path">The file; a relative one lies below the parameter file's folder.</param>
    public static CurveSource Of(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new CurveSource(path, []);
    }

    /// <summary>A curve by its values.</summary>
    /// <param name="values">At even steps from frequency 0 to the Nyquist frequency, both included.</param>
    public static CurveSource Of(IReadOnlyList<double> values) => new(null, [.. values]);

    /// <summary>A curve as a parameter file names it.</summary>
    /// <param name="key">MTF or NPS.</param>
    /// <param name="text">The value: a file, a list of numbers, with or without brackets, or None.</param>
    /// <returns>The curve; <see langword="null"/> for None.</returns>
    /// <exception cref="ParameterException">The text is neither.</exception>
    public static CurveSource? Parse(string key, string text)
    {
        ReconstructionParameters parameters = ParameterKeys.Find(key)!.TryRead(text, new(), out ReconstructionParameters? read, out ParameterFinding? finding)
            ? read
            : throw new ParameterException([finding]);
        return parameters.Detector.Mtf ?? parameters.Detector.Nps;
    }

    /// <summary>The curve as parameters keep it; <see langword="null"/> where it is none.</summary>
    internal CurveSource? OrNothing => Equals(None) ? null : this;

    /// <summary>The same source with its file named in full.</summary>
    /// <param name="folder">What a relative path is relative to; <see langword="null"/> for nothing.</param>
    public CurveSource Resolved(string? folder) => Path is null ? this : new CurveSource(RelativeFolder.Resolve(Path, folder), []);

    /// <inheritdoc />
    public bool Equals(CurveSource? other) => other is not null && Path == other.Path && Values.SequenceEqual(other.Values);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Path, Values.Count);

    /// <inheritdoc />
    public override string ToString() => Path ?? $"[{string.Join(',', Values.Select(NumberText.Print))}]";
}
