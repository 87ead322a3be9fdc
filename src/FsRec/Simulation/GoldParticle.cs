namespace FsRec.Simulation;

/// <summary>
/// A gold particle of 6 nm, a truncated octahedron seen near [110], on the edge of an amorphous carbon film of 1 nm.
/// </summary>
internal static class GoldParticle
{
    private const double A = 0.40782; // lattice constant of gold in nm
    private const double Radius = 3;
    private const double FilmThickness = 1;
    private const double CarbonSpacing = 0.22; // of atoms in amorphous carbon of 1.9 g/cm³, in nm

    /// <summary>The atoms of particle and film.</summary>
    public static List<SpecimenAtom> Build(SimulationGrid grid, SpecimenOutline outline, RandomStream random)
    {
        var atoms = new List<SpecimenAtom>();
        AddParticle(atoms, random);
        AddFilm(atoms, grid, outline, random);
        return atoms;
    }

    private static void AddParticle(List<SpecimenAtom> atoms, RandomStream random)
    {
        // A little off the axis, as a particle lies: at most 1° on each.
        double tiltX = random.Uniform(-1, 1) * Math.PI / 180;
        double tiltY = random.Uniform(-1, 1) * Math.PI / 180;
        (double sin, double cos) = Math.SinCos(12 * Math.PI / 180);
        double root = Math.Sqrt(0.5);
        int reach = (int)Math.Ceiling(2 * Radius / A) + 1;
        for (int h = -reach; h <= reach; h++)
        {
            for (int k = -reach; k <= reach; k++)
            {
                for (int l = -reach; l <= reach; l++)
                {
                    // Half lattice constants with an even sum are the face-centred cubic lattice.
                    (double p, double q, double s) = (h * A / 2, k * A / 2, l * A / 2);
                    if (((h + k + l) & 1) != 0 || !IsInside(p, q, s))
                    {
                        continue;
                    }

                    // Axes: [001], [1-10], [110].
                    (double x, double y, double z) = (s, root * (p - q), root * (p + q));
                    x += tiltX * z;
                    y += tiltY * z;
                    atoms.Add(new SpecimenAtom(ChemicalElement.Au, (cos * x) - (sin * y), (sin * x) + (cos * y), z));
                }
            }
        }
    }

    private static bool IsInside(double p, double q, double s)
    {
        double sum = Math.Abs(p) + Math.Abs(q) + Math.Abs(s);
        double largest = Math.Max(Math.Abs(p), Math.Max(Math.Abs(q), Math.Abs(s)));
        return (p * p) + (q * q) + (s * s) <= Radius * Radius
            && sum <= Math.Sqrt(3) * 0.88 * Radius
            && largest <= 0.95 * Radius;
    }

    /// <summary>One atom at a random place in each cell of a cubic grid: disordered, and without the clumps of chance alone.</summary>
    private static void AddFilm(List<SpecimenAtom> atoms, SimulationGrid grid, SpecimenOutline outline, RandomStream random)
    {
        double halfWidth = grid.Plane.Columns * grid.Plane.ColumnSampling / 2;
        double halfHeight = grid.Plane.Rows * grid.Plane.RowSampling / 2;
        for (double x = -halfWidth; x < halfWidth; x += CarbonSpacing)
        {
            for (double y = -halfHeight; y < halfHeight; y += CarbonSpacing)
            {
                for (double z = 0; z < FilmThickness; z += CarbonSpacing)
                {
                    double atX = x + (CarbonSpacing * random.Uniform());
                    double atY = y + (CarbonSpacing * random.Uniform());
                    double atZ = Radius + z + (CarbonSpacing * random.Uniform());
                    if (outline.Contains(atX, atY))
                    {
                        atoms.Add(new SpecimenAtom(ChemicalElement.C, atX, atY, atZ));
                    }
                }
            }
        }
    }
}
