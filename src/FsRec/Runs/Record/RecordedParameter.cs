using FsRec.Parameters;

namespace FsRec.Runs;

/// <summary>The value of a key in a record.</summary>
/// <param name="Value">The value, as a parameter file writes it.</param>
/// <param name="From">Who gave it.</param>
public sealed record RecordedParameter(string Value, ParameterOriginKind From)
{
    /// <summary>Unit of the value; <see langword="null"/> for none.</summary>
    public string? Unit { get; init; }

    /// <summary>The parameter file or the preset that it stands in.</summary>
    public string? Source { get; init; }

    /// <summary>Its line in the file, from 1.</summary>
    public int? Line { get; init; }

    /// <summary>What it stands in place of, with where that came from.</summary>
    public RecordedParameter? Instead { get; init; }

    /// <summary>All keys that have a value.</summary>
    internal static Dictionary<string, RecordedParameter> Of(ReconstructionParameters parameters)
    {
        var found = new Dictionary<string, RecordedParameter>(StringComparer.Ordinal);
        foreach (ParameterKey key in ParameterKeys.All)
        {
            if (Of(parameters.Provenance.Of(key, parameters)) is { } value)
            {
                found[key.Name] = value with { Unit = key.Unit };
            }
        }

        return found;
    }

    private static RecordedParameter? Of(ParameterOrigin origin) => origin.Value is not { } value ? null : new RecordedParameter(value, origin.Kind)
    {
        Source = origin.Source,
        Line = origin.Line,
        Instead = origin is { Kind: ParameterOriginKind.Option, Instead: { } before } ? Of(before) : null,
    };
}
