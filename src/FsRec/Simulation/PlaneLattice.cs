namespace FsRec.Simulation;

/// <summary>A lattice seen along the beam.</summary>
/// <param name="A">First lattice vector in nm.</param>
/// <param name="B">Second lattice vector in nm.</param>
/// <param name="Sites">Atoms of a cell: element, place in units of the two vectors, depth in nm.</param>
internal sealed record PlaneLattice(
    (double X, double Y) A, (double X, double Y) B, IReadOnlyList<(ChemicalElement Element, double U, double V, double Z)> Sites)
{
    /// <summary>Places of all cells within a radius of a centre, the lattice rotated by an angle in degrees.</summary>
    public IEnumerable<SpecimenAtom> Atoms(double centreX, double centreY, double radius, double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        double area = Math.Abs((A.X * B.Y) - (A.Y * B.X));
        // A disc of this radius lies in the parallelogram of ± so many lattice vectors: their rows are area/|vector| apart.
        int reachA = (int)Math.Ceiling(radius * Math.Sqrt((B.X * B.X) + (B.Y * B.Y)) / area) + 1;
        int reachB = (int)Math.Ceiling(radius * Math.Sqrt((A.X * A.X) + (A.Y * A.Y)) / area) + 1;
        for (int i = -reachA; i <= reachA; i++)
        {
            for (int j = -reachB; j <= reachB; j++)
            {
                foreach ((ChemicalElement element, double u, double v, double z) in Sites)
                {
                    double x = ((i + u) * A.X) + ((j + v) * B.X);
                    double y = ((i + u) * A.Y) + ((j + v) * B.Y);
                    if ((x * x) + (y * y) <= radius * radius)
                    {
                        yield return new SpecimenAtom(element, centreX + (cos * x) - (sin * y), centreY + (sin * x) + (cos * y), z);
                    }
                }
            }
        }
    }
}
