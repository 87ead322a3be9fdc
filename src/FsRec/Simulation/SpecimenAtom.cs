namespace FsRec.Simulation;

/// <summary>An atom of a simulated specimen.</summary>
/// <param name="Element">What it is.</param>
/// <param name="X">Place along columns in nm, from the middle of the common frame.</param>
/// <param name="Y">Place along rows in nm, from the middle of the common frame.</param>
/// <param name="Z">Place along the beam in nm; electrons travel towards larger values.</param>
public readonly record struct SpecimenAtom(ChemicalElement Element, double X, double Y, double Z)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Element} at ({X:0.####}, {Y:0.####}, {Z:0.####}) nm");
}
