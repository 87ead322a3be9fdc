namespace FsRec.Formats.Images;

/// <summary>Where the foci of a file come from, and by what convention they are written. They are never turned over silently.</summary>
/// <param name="Field">The field of the file, such as <c>SerialEM Defocus</c>.</param>
/// <param name="Unit">The unit it is written in; empty when the file does not state it.</param>
/// <param name="Sign">The convention it is written by.</param>
public sealed record DefocusSource(string Field, string Unit, DefocusSign Sign)
{
    /// <inheritdoc />
    public override string ToString() =>
        $"{Field}, in {(Unit.Length > 0 ? Unit : "a unit that the file does not state")}, underfocus {(Sign == DefocusSign.UnderfocusNegative ? "negative: taken as written" : "positive: turned over to FsRec's convention")}";
}
