namespace FsRec.Simulation;

/// <summary>Builds the specimens of <see cref="SpecimenKind"/>.</summary>
internal static class SpecimenFactory
{
    // Of graphene and graphite in nm: lattice constant, distance of the layers.
    private const double GraphiteConstant = 0.246;
    private const double GraphiteLayer = 0.335;

    /// <summary>Builds a specimen for a plane.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="grid">The plane it has to fill.</param>
    /// <param name="random">Draws outline, defects and film.</param>
    public static SimulatedSpecimen Create(SpecimenKind kind, SimulationGrid grid, RandomStream random)
    {
        var outline = new SpecimenOutline(grid, random);
        return kind switch
        {
            SpecimenKind.Weak => new SimulatedSpecimen { Atoms = StrontiumTitanate(grid, outline, random), LargestPhase = 0.02 },
            SpecimenKind.LightAtoms => new SimulatedSpecimen { Atoms = Graphene(grid, outline, random) },
            SpecimenKind.Graphite => new SimulatedSpecimen { Atoms = Graphite(grid, outline, random), SliceThickness = GraphiteLayer },
            SpecimenKind.Crystal => new SimulatedSpecimen { Atoms = StrontiumTitanate(grid, outline, random) },
            SpecimenKind.GoldParticle => new SimulatedSpecimen { Atoms = GoldParticle.Build(grid, outline, random), SliceThickness = 0.2 },
            SpecimenKind.Vacuum => new SimulatedSpecimen { Atoms = [] },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such specimen."),
        };
    }

    /// <summary>SrTiO3 along [001], a = 0.3905 nm, two cells thick and three beyond a step.</summary>
    private static List<SpecimenAtom> StrontiumTitanate(SimulationGrid grid, SpecimenOutline outline, RandomStream random)
    {
        const double A = 0.3905;
        var lattice = new PlaneLattice(
            (A, 0),
            (0, A),
            [
                (ChemicalElement.Sr, 0, 0, 0),
                (ChemicalElement.Ti, 0.5, 0.5, A / 2),
                (ChemicalElement.O, 0.5, 0.5, 0),
                (ChemicalElement.O, 0.5, 0, A / 2),
                (ChemicalElement.O, 0, 0.5, A / 2),
            ]);
        var patch = new CrystalPatch(grid, outline, random)
        {
            Lattice = lattice,
            Rotation = 8,
            GrainRotation = 21,
            LayerThickness = A,
            Layers = (x, y) => x + (0.6 * y) < -0.12 * grid.Frame.Columns * grid.Frame.ColumnSampling ? 3 : 2,
            Vacancies = 0.02,
            AdAtom = ChemicalElement.Sr,
            AdAtomDensity = 0.1,
        };
        return patch.Build();
    }

    /// <summary>Graphene in three layers ABA, as one lattice of six sites.</summary>
    private static List<SpecimenAtom> Graphene(SimulationGrid grid, SpecimenOutline outline, RandomStream random) =>
        Carbon(grid, outline, random, 3, static (_, _) => 1).Build();

    /// <summary>Graphite, cells AB of two layers: twelve of them, and eight beyond a step.</summary>
    private static List<SpecimenAtom> Graphite(SimulationGrid grid, SpecimenOutline outline, RandomStream random) =>
        Carbon(grid, outline, random, 2, (x, y) => x + (0.6 * y) < -0.12 * grid.Frame.Columns * grid.Frame.ColumnSampling ? 12 : 8).Build();

    /// <summary>Layers of graphene in the order AB…; a cell has some of them, a place some cells.</summary>
    private static CrystalPatch Carbon(SimulationGrid grid, SpecimenOutline outline, RandomStream random, int layers, Func<double, double, int> cells)
    {
        var sites = new List<(ChemicalElement, double, double, double)>();
        for (int layer = 0; layer < layers; layer++)
        {
            (double first, double second) = layer % 2 == 0 ? (0, 1.0 / 3) : (1.0 / 3, 2.0 / 3);
            sites.Add((ChemicalElement.C, first, first, layer * GraphiteLayer));
            sites.Add((ChemicalElement.C, second, second, layer * GraphiteLayer));
        }

        return new CrystalPatch(grid, outline, random)
        {
            Lattice = new PlaneLattice((GraphiteConstant, 0), (GraphiteConstant / 2, GraphiteConstant * Math.Sqrt(3) / 2), sites),
            Rotation = 5,
            GrainRotation = 22,
            LayerThickness = layers * GraphiteLayer,
            Layers = cells,
            Vacancies = 0.02,
            Substitute = ChemicalElement.N,
            Substitutions = 0.03,
            AdAtom = ChemicalElement.O,
            AdAtomDensity = 0.4,
        };
    }
}
