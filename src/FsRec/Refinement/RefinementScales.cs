using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.Refinement;

/// <summary>
/// Standard errors of one frame's displacement (px) and focus (nm) against a known wave of the expected power: the units in which an
/// optimiser finds them as stiff as the wave.
/// </summary>
/// <param name="Column">Of dx, in px.</param>
/// <param name="Row">Of dy, in px.</param>
/// <param name="Focus">Of the focus, in nm.</param>
internal readonly record struct RefinementScales(double Column, double Row, double Focus)
{
    // Of the usual frame's: by the linear theory a frame near a zero of its transfer says nothing, and in truth a little.
    private const double Largest = 4;

    /// <summary>
    /// Those of each frame, from the linear theory: the curvature of the misfit by dx is Σ (2π kx/columns)² E|y(g)|² / σ², by the focus
    /// Σ (πλg²)² E|∂y/∂χ|² / σ².
    /// </summary>
    /// <param name="grid">The grid of the wave.</param>
    /// <param name="statistics">Transfer functions, noise and prior powers as they stand.</param>
    /// <returns>Those of each frame, and those of the mean curvature over the frames.</returns>
    public static (RefinementScales[] Frames, RefinementScales Usual) Of(ModelGrid grid, SeriesStatistics statistics)
    {
        int frames = statistics.Frames;
        (double[] column, double[] row, double[] focus) = Curvatures(grid.Band, statistics);
        // Four quadrants, and only the frame's part of the grid is compared.
        double share = 4.0 * grid.Frame.PixelCount / grid.Plane.PixelCount;
        var usual = new RefinementScales(Error(column.Average()), Error(row.Average()), Error(focus.Average()));
        RefinementScales[] own = [.. Enumerable.Range(0, frames).Select(n => new RefinementScales(
            Math.Min(Error(column[n]), Largest * usual.Column),
            Math.Min(Error(row[n]), Largest * usual.Row),
            Math.Min(Error(focus[n]), Largest * usual.Focus)))];
        return (own, usual);

        double Error(double curvature) => 1 / Math.Sqrt(Math.Max(share * curvature, 1));
    }

    /// <summary>
    /// Standard error of each frame's displacement in px against a known wave of the expected power, by the linear theory: what one frame
    /// says by itself. Near a zero of the transfer function of a lattice it is several times that of its neighbours.
    /// </summary>
    /// <param name="statistics">The statistics of the series, the band that of the wave on the grid of the frames.</param>
    public static double[] MoveErrors(SeriesStatistics statistics)
    {
        (double[] column, double[] row, _) = Curvatures(statistics.Band, statistics);
        // Four quadrants, and the mean of both directions.
        return [.. column.Zip(row, static (c, r) => 1 / Math.Sqrt(Math.Max(2 * (c + r), 1)))];
    }

    /// <summary>Each frame's curvatures of the misfit by dx, dy and focus: sums over one quadrant of the band.</summary>
    private static (double[] Column, double[] Row, double[] Focus) Curvatures(WaveBand band, SeriesStatistics statistics)
    {
        int frames = statistics.Frames;
        double wavelength = statistics.Microscope.Wavelength;
        IReadOnlyList<double> noise = statistics.Noise;
        var column = new double[frames];
        var row = new double[frames];
        var focus = new double[frames];
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                (double sa, double sp) = statistics.Prior.At(Math.Sqrt(g2));
                double alongColumns = Square(2 * Math.PI * kx / band.Grid.Columns);
                double alongRows = Square(2 * Math.PI * ky / band.Grid.Rows);
                double alongFocus = Square(Math.PI * wavelength * g2);
                for (int n = 0; n < frames; n++)
                {
                    (double a, double p) = statistics.Row(n, g2);
                    (double aa, double pp) = (a * a / noise[n], p * p / noise[n]);
                    double signal = (aa * sa) + (pp * sp);
                    column[n] += alongColumns * signal;
                    row[n] += alongRows * signal;
                    focus[n] += alongFocus * ((pp * sa) + (aa * sp));
                }
            }
        }

        return (column, row, focus);
    }

    private static double Square(double x) => x * x;
}
