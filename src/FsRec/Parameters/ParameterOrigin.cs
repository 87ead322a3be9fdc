namespace FsRec.Parameters;

/// <summary>Where the value of a key came from.</summary>
/// <param name="Kind">Who gave it.</param>
/// <param name="Value">The value that was given, as a parameter file writes it; <see langword="null"/> where it is left to its default.</param>
public sealed record ParameterOrigin(ParameterOriginKind Kind, string? Value)
{
    /// <summary>The parameter file or the preset that it stands in; <see langword="null"/> for none.</summary>
    public string? Source { get; init; }

    /// <summary>Its line in the file, counted from 1; <see langword="null"/> for none.</summary>
    public int? Line { get; init; }

    /// <summary>What it stands in place of; <see langword="null"/> where nothing else was given.</summary>
    public ParameterOrigin? Instead { get; init; }

    /// <summary>The origin in words.</summary>
    public override string ToString() => Kind switch
    {
        ParameterOriginKind.Default => Source ?? "default",
        ParameterOriginKind.File => FormattableString.Invariant($"parameter file, line {Line}"),
        ParameterOriginKind.Preset or ParameterOriginKind.Frames => Source ?? "",
        _ => Instead is { Kind: not ParameterOriginKind.Default, Value: { } before } ? $"the call, instead of {before} ({Instead})" : "the call",
    };
}
