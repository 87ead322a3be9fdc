namespace FsRec.Formats.Images;

/// <summary>An axis of the data in a file, as the file describes it.</summary>
/// <param name="Name">Its name, such as x; empty when it has none.</param>
/// <param name="Size">Number of pixels or frames along it.</param>
/// <param name="Scale">Distance of two of them in the unit; 1 where the file says nothing.</param>
/// <param name="Unit">The unit as the file writes it; empty when it has none.</param>
public sealed record ImageAxis(string Name, int Size, double Scale = 1, string Unit = "")
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{(Name.Length > 0 ? Name + ": " : "")}{Size} × {ScaleText()}");

    // A length in nm like all others, whatever the file writes it in.
    private string ScaleText() => LengthUnit.ToNanometres(Unit) is { } factor
        ? FormattableString.Invariant($"{Scale * factor:g6} nm")
        : FormattableString.Invariant($"{Scale:g6}{(Unit.Length > 0 ? " " + Unit : "")}");
}
