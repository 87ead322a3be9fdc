using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Simulation;

/// <summary>
/// The phase that atoms give the wave, φ = γλ F⁻¹[Σ f(g) exp(−2πi g·r)]: σ times the projected potential, since σ = 2πγm₀eλ/h² and the
/// potential's transform is h²/(2πm₀e) times the scattering factor f. Band-limited to the band of the wave, periodic on its grid.
/// Atoms at any place are exact: each is spread to the grid as a narrow Gaussian whose transform is divided out again (the
/// non-uniform transform of A. Dutt and V. Rokhlin, SIAM J. Sci. Comput. 14 (1993) 1368).
/// </summary>
internal sealed unsafe class ProjectedPotential : IDisposable
{
    /// <summary>
    /// Standard deviation of the spread, in pixels. What it folds back to a third of the sampling rate, the most that the band may
    /// hold, is exp(−2π²s²(4/9 − 1/9)) = 4·10⁻⁷; the factor that undoes it stays below 140.
    /// </summary>
    private const double Spread = 1.5;
    private const int Reach = 9;

    private readonly SimulationGrid _grid;
    private readonly WaveBand _band;
    private readonly FourierTransform _transform;
    private readonly FourierScratch _scratch;
    private readonly ComplexPlane _atoms;
    private readonly double _factor;
    private readonly Dictionary<ChemicalElement, float[]> _tables = [];

    /// <summary>Prepares potentials on a grid.</summary>
    public ProjectedPotential(SimulationGrid grid, WaveBand band, Microscope microscope)
    {
        _grid = grid;
        _band = band;
        _transform = new FourierTransform(band.Grid.Rows, band.Grid.Columns);
        _scratch = _transform.CreateScratch();
        _atoms = new ComplexPlane(band.Grid.Rows, band.Grid.Columns);
        // γ = 1 + eU/m₀c², m₀c² = 511 keV. The inverse transform's 1/(rows·columns) leaves the pixel's area to divide by.
        double gamma = 1 + (microscope.Voltage / 510.99895);
        _factor = gamma * microscope.Wavelength / (grid.Plane.RowSampling * grid.Plane.ColumnSampling);
    }

    /// <summary>Puts the phase of some atoms, in rad, into the real parts of a plane; the imaginary parts are rounding.</summary>
    public void Fill(IReadOnlyCollection<SpecimenAtom> atoms, ComplexPlane phase)
    {
        phase.Clear();
        foreach (IGrouping<ChemicalElement, SpecimenAtom> kind in atoms.GroupBy(static a => a.Element))
        {
            _atoms.Clear();
            foreach (SpecimenAtom atom in kind)
            {
                Deposit(_grid.Row(atom.Y), _grid.Column(atom.X));
            }

            _transform.Forward(_atoms, _scratch);
            AddScattering(kind.Key, phase);
        }

        _transform.Inverse(phase, _scratch);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _atoms.Dispose();
        _scratch.Dispose();
    }

    private void Deposit(double row, double column)
    {
        int top = (int)Math.Floor(row) - Reach;
        int left = (int)Math.Floor(column) - Reach;
        const int Count = (2 * Reach) + 2;
        float* x = stackalloc float[Count];
        for (int i = 0; i < Count; i++)
        {
            x[i] = (float)Gaussian(left + i - column);
        }

        for (int i = 0; i < Count; i++)
        {
            float y = (float)Gaussian(top + i - row);
            float* line = _atoms.Row(Periodic.Wrap(top + i, _atoms.Rows));
            for (int j = 0; j < Count; j++)
            {
                line[ComplexPlane.Offset(Periodic.Wrap(left + j, _atoms.Columns))] += y * x[j];
            }
        }
    }

    private void AddScattering(ChemicalElement element, ComplexPlane sum)
    {
        float[] table = Table(element);
        int width = _band.ColumnReach + 1;
        for (int ky = -_band.RowReach; ky <= _band.RowReach; ky++)
        {
            int row = FrequencyGrid.Index(ky, _atoms.Rows);
            float* from = _atoms.Row(row);
            float* to = sum.Row(row);
            for (int kx = -_band.ColumnReach; kx <= _band.ColumnReach; kx++)
            {
                float f = table[(Math.Abs(ky) * width) + Math.Abs(kx)];
                int at = ComplexPlane.Offset(FrequencyGrid.Index(kx, _atoms.Columns));
                to[at] += f * from[at];
                to[at + ComplexPlane.Lanes] += f * from[at + ComplexPlane.Lanes];
            }
        }
    }

    /// <summary>The scattering factor over the spread's transform, on the quarter of the band; 0 outside of it.</summary>
    private float[] Table(ChemicalElement element)
    {
        if (_tables.TryGetValue(element, out float[]? table))
        {
            return table;
        }

        int width = _band.ColumnReach + 1;
        table = new float[(_band.RowReach + 1) * width];
        for (int ky = 0; ky <= _band.RowReach; ky++)
        {
            for (int kx = 0; kx <= _band.ColumnReach && _band.Contains(ky, kx); kx++)
            {
                double v = (double)ky / _atoms.Rows;
                double u = (double)kx / _atoms.Columns;
                double undo = Math.Exp(2 * Math.PI * Math.PI * Spread * Spread * ((u * u) + (v * v)));
                table[(ky * width) + kx] = (float)(_factor * undo * ScatteringFactor.At(element, _band.Grid.SquaredFrequency(ky, kx)));
            }
        }

        return _tables[element] = table;
    }

    private static double Gaussian(double x) => Math.Exp(-x * x / (2 * Spread * Spread)) / (Math.Sqrt(2 * Math.PI) * Spread);
}
