using FsRec.Focus;

namespace FsRec.Runs;

/// <summary>What an autofocus found.</summary>
public sealed record AutofocusFigures
{
    /// <summary>Whose contrast was made least.</summary>
    public required string Criterion { get; init; }

    /// <summary>Focus of least contrast in nm.</summary>
    public required double Focus { get; init; }

    /// <summary>Step of the search in nm.</summary>
    public required double SearchStep { get; init; }

    /// <summary>Whether that is the end of the search range, by which nothing is corrected.</summary>
    public bool AtEdge { get; init; }

    /// <summary>The corrected foci as a value of the key Foci; those of the wave where nothing is corrected.</summary>
    public required string Foci { get; init; }

    /// <summary>The figures of a result, if there is one.</summary>
    public static AutofocusFigures? Of(AutofocusResult? result) => result is null ? null : new AutofocusFigures
    {
        Criterion = result.Criterion.ToString(),
        Focus = result.Focus,
        SearchStep = result.SearchStep,
        AtEdge = result.AtEdge,
        Foci = result.FociText,
    };
}
