using FsRec.Focus;

namespace FsRec.Cli;

/// <summary>What an autofocus found.</summary>
internal sealed record AutofocusSummary
{
    public required string Criterion { get; init; }

    public required double Focus { get; init; }

    public required double SearchStep { get; init; }

    public required string Foci { get; init; }

    public static AutofocusSummary? Of(AutofocusResult? result) => result is null ? null : new AutofocusSummary
    {
        Criterion = result.Criterion.ToString(),
        Focus = result.Focus,
        SearchStep = result.SearchStep,
        Foci = result.FociText,
    };

    /// <summary>Writes the focus and the corrected foci.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant($"Minimum contrast focus: {Focus:0.000} nm; wave and foci are corrected by it"));
        output.WriteLine("Focus values in input format:");
        output.WriteLine("Foci=" + Foci);
    }
}
