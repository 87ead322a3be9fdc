namespace FsRec.Simulation;

/// <summary>
/// The irregular edge of a specimen towards the vacuum. On a plane larger than the frame the specimen comes in from the left and goes on
/// beyond the frame above, below and to the left; on a periodic plane it is an island.
/// </summary>
internal sealed class SpecimenOutline
{
    private const int Waves = 6;
    private readonly bool _island;
    private readonly double _width;
    private readonly double _height;
    private readonly double _planeWidth;
    private readonly double _planeHeight;
    private readonly (double Amplitude, double Phase)[] _waves;

    /// <summary>Draws an outline.</summary>
    public SpecimenOutline(SimulationGrid grid, RandomStream random)
    {
        _island = grid.Plane == grid.Frame;
        _width = grid.Frame.Columns * grid.Frame.ColumnSampling;
        _height = grid.Frame.Rows * grid.Frame.RowSampling;
        _planeWidth = grid.Plane.Columns * grid.Plane.ColumnSampling;
        _planeHeight = grid.Plane.Rows * grid.Plane.RowSampling;
        _waves = [.. Enumerable.Range(1, Waves).Select(n => (random.Uniform(0.5, 1) / n, random.Uniform(0, 2 * Math.PI)))];
    }

    /// <summary>Radius in nm of a disc round the middle that holds the whole specimen.</summary>
    public double Radius => 0.5 * Math.Sqrt((_planeWidth * _planeWidth) + (_planeHeight * _planeHeight));

    /// <summary>Whether a place in nm from the frame's middle is specimen.</summary>
    public bool Contains(double x, double y)
    {
        if (_island)
        {
            double u = x / _width;
            double v = y / _height;
            return Math.Sqrt((u * u) + (v * v)) < 0.34 + (0.03 * Wave(Math.Atan2(v, u)));
        }

        // Atoms just outside of the plane would come in again on its other side.
        const double Guard = 0.3;
        return x > Guard - (_planeWidth / 2)
            && Math.Abs(y) < (_planeHeight / 2) - Guard
            && x < _width * (0.17 + (0.05 * Wave(2 * Math.PI * y / _height)));
    }

    private double Wave(double angle)
    {
        double sum = 0;
        for (int n = 0; n < Waves; n++)
        {
            sum += _waves[n].Amplitude * Math.Sin(((n + 1) * angle) + _waves[n].Phase);
        }

        return sum;
    }
}
