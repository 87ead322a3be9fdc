namespace FsRec.Parameters;

/// <summary>Where values came from and what was said of them, in a form for files and processes that carry parameters.</summary>
internal sealed record CarriedProvenance
{
    /// <summary>The parameter file; <see langword="null"/> where there was none.</summary>
    public string? File { get; init; }

    /// <summary>Where the value of each key came from.</summary>
    public required IReadOnlyDictionary<string, ParameterOrigin> Keys { get; init; }

    /// <summary>What was found doubtful.</summary>
    public required IReadOnlyList<ParameterFinding> Findings { get; init; }

    /// <summary>Values from elsewhere, as of a microscope that is known by name.</summary>
    public required IReadOnlyList<ValueOrigin> Named { get; init; }

    /// <summary>The provenance of parameters.</summary>
    public static CarriedProvenance Of(ReconstructionParameters parameters) => parameters.Provenance.Carry(parameters.Origins);

    /// <summary>Parameters with a provenance that was carried; as they are where none was.</summary>
    public static ReconstructionParameters? Give(ReconstructionParameters? parameters, CarriedProvenance? carried) => parameters is null || carried is null
        ? parameters
        : parameters with { Provenance = ParameterProvenance.Of(carried), Origins = carried.Named };
}
