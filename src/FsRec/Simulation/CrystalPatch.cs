namespace FsRec.Simulation;

/// <summary>A crystal with an outline, a rotated grain, a step, vacancies, substitutions and ad-atoms.</summary>
internal sealed class CrystalPatch(SimulationGrid grid, SpecimenOutline outline, RandomStream random)
{
    /// <summary>The lattice of one layer of cells.</summary>
    public required PlaneLattice Lattice { get; init; }

    /// <summary>Rotation of the lattice in degrees.</summary>
    public double Rotation { get; init; }

    /// <summary>Rotation of the grain's lattice in degrees.</summary>
    public double GrainRotation { get; init; }

    /// <summary>Thickness of a layer of cells in nm.</summary>
    public double LayerThickness { get; init; }

    /// <summary>Number of layers at a place in nm.</summary>
    public Func<double, double, int> Layers { get; init; } = static (_, _) => 1;

    /// <summary>Share of the atoms that are missing.</summary>
    public double Vacancies { get; init; }

    /// <summary>Share of the atoms that are another element.</summary>
    public double Substitutions { get; init; }

    /// <summary>The other element.</summary>
    public ChemicalElement Substitute { get; init; }

    /// <summary>Element of the atoms on top.</summary>
    public ChemicalElement AdAtom { get; init; }

    /// <summary>Atoms on top, per nm².</summary>
    public double AdAtomDensity { get; init; }

    /// <summary>The atoms.</summary>
    public List<SpecimenAtom> Build()
    {
        double width = grid.Frame.Columns * grid.Frame.ColumnSampling;
        double height = grid.Frame.Rows * grid.Frame.RowSampling;
        (double X, double Y, double Radius) grain = (-0.08 * width, 0.12 * height, 0.11 * Math.Min(width, height));
        bool InGrain(SpecimenAtom a) => Distance(a.X - grain.X, a.Y - grain.Y) < grain.Radius;

        var atoms = new List<SpecimenAtom>();
        AddLayers(Lattice.Atoms(0, 0, outline.Radius, Rotation).Where(a => !InGrain(a)), atoms);
        // Atoms of the two lattices that come too close at the boundary cannot both be there; the grain leaves the gap.
        AddLayers(Lattice.Atoms(grain.X, grain.Y, grain.Radius - 0.1, GrainRotation), atoms);
        AddOnTop(atoms);
        return atoms;
    }

    private void AddLayers(IEnumerable<SpecimenAtom> layer, List<SpecimenAtom> atoms)
    {
        foreach (SpecimenAtom atom in layer)
        {
            if (!outline.Contains(atom.X, atom.Y))
            {
                continue;
            }

            int layers = Layers(atom.X, atom.Y);
            for (int n = 0; n < layers; n++)
            {
                if (random.Uniform() >= Vacancies)
                {
                    bool other = random.Uniform() < Substitutions;
                    atoms.Add(atom with { Z = atom.Z + (n * LayerThickness), Element = other ? Substitute : atom.Element });
                }
            }
        }
    }

    private void AddOnTop(List<SpecimenAtom> atoms)
    {
        double width = grid.Plane.Columns * grid.Plane.ColumnSampling;
        double height = grid.Plane.Rows * grid.Plane.RowSampling;
        int tries = (int)(AdAtomDensity * width * height);
        for (int n = 0; n < tries; n++)
        {
            double x = width * (random.Uniform() - 0.5);
            double y = height * (random.Uniform() - 0.5);
            if (outline.Contains(x, y))
            {
                atoms.Add(new SpecimenAtom(AdAtom, x, y, -0.2));
            }
        }
    }

    private static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
