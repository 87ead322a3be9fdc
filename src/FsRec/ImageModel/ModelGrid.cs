using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.ImageModel;

/// <summary>
/// The grid that carries the wave of the nonlinear model: the common frame with a margin round it, so that specimen which drifts into
/// a frame, or whose image reaches into it, has a place and nothing wraps round. Its sides are multiples of 16.
/// </summary>
internal sealed class ModelGrid
{
    // Of a frame's contrast: what its margin has room for.
    private const double ContrastWithin = 0.95;

    /// <summary>Lays a grid round a frame.</summary>
    /// <param name="frame">Shape and scale of the frames.</param>
    /// <param name="margin">Pixels on each side, at least; the sides are rounded up to sizes that the transforms like.</param>
    /// <param name="limit">Highest frequency of the wave in 1/nm.</param>
    public ModelGrid(Calibration frame, int margin, double limit)
    {
        Frame = frame;
        int rows = ImageRegion.NextSize(frame.Rows + (2 * margin));
        int columns = ImageRegion.NextSize(frame.Columns + (2 * margin));
        Plane = frame with { Rows = rows, Columns = columns };
        Top = (rows - frame.Rows) / 2;
        Left = (columns - frame.Columns) / 2;
        Band = new WaveBand(FrequencyGrid.Of(Plane), limit);
    }

    /// <summary>The common frame.</summary>
    public Calibration Frame { get; }

    /// <summary>The whole grid.</summary>
    public Calibration Plane { get; }

    /// <summary>First row of the frame on the grid.</summary>
    public int Top { get; }

    /// <summary>First column of the frame on the grid.</summary>
    public int Left { get; }

    /// <summary>The band of the wave on the grid.</summary>
    public WaveBand Band { get; }

    /// <summary>
    /// The margin in pixels that a series needs: frequency g of the wave lies λ·|Zg + C3λ²g³ + C5λ⁴g⁵| away from where it left the
    /// specimen, and displacements add to it; at most a quarter of the frame. It is as wide as the beams travel that make nearly all of a
    /// frame's contrast, of power (S_a + S_p)E² each: wave that next to no contrast tells of is found last, and costs transforms.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="prior">Power spectra of amplitude and phase.</param>
    /// <param name="limit">Highest frequency of the wave in 1/nm.</param>
    /// <param name="largestDisplacement">Of a frame, in px.</param>
    public static int Margin(FocalSeries series, PriorPowers prior, double limit, double largestDisplacement)
    {
        double reach = series.Foci.Max(z => Reach(series.Microscope, z, prior, limit));
        Calibration frame = series.Calibration;
        double sampling = Math.Min(frame.RowSampling, frame.ColumnSampling);
        double pixels = (reach / sampling) + largestDisplacement + 4;
        return (int)Math.Ceiling(Math.Min(pixels, 0.25 * Math.Max(frame.Rows, frame.Columns)));
    }

    /// <summary>The distance in nm within which a share of a frame's contrast travels.</summary>
    private static double Reach(Microscope microscope, double focus, PriorPowers prior, double limit)
    {
        double lambda2 = microscope.Wavelength * microscope.Wavelength;
        var transfer = new TransferFunction(microscope, focus);
        var beams = new List<(double Distance, double Power)>();
        for (int i = 1; i < prior.Rings && i * prior.Step <= limit; i++)
        {
            double g = i * prior.Step;
            double slope = g * (focus + (lambda2 * g * g * (microscope.C3 + (lambda2 * g * g * microscope.C5))));
            (double a, double p) = prior.At(g);
            double envelope = transfer.Envelope(g * g);
            beams.Add((microscope.Wavelength * Math.Abs(slope), g * (a + p) * envelope * envelope));
        }

        double all = beams.Sum(static b => b.Power);
        double sum = 0;
        foreach ((double distance, double power) in beams.OrderBy(static b => b.Distance))
        {
            sum += power;
            if (sum >= ContrastWithin * all)
            {
                return distance;
            }
        }

        return 0;
    }

    /// <summary>
    /// Extends a wave of the common frame over the grid: ψ/mean − 1 mirrored at the frame's edges and faded out over the margin, plus 1.
    /// </summary>
    public ExitWave Extend(ExitWave wave)
    {
        (double meanRe, double meanIm) = wave.Mean();
        double power = (meanRe * meanRe) + (meanIm * meanIm);
        ReadOnlySpan<float> source = wave.Interleaved;
        var data = new float[2 * Plane.PixelCount];
        for (int r = 0, i = 0; r < Plane.Rows; r++)
        {
            (int fromRow, double rowWeight) = Mirror(r - Top, Frame.Rows, Top);
            for (int c = 0; c < Plane.Columns; c++, i += 2)
            {
                (int fromColumn, double weight) = Mirror(c - Left, Frame.Columns, Left);
                int at = 2 * ((fromRow * Frame.Columns) + fromColumn);
                (double re, double im) = (source[at], source[at + 1]);
                weight *= rowWeight;
                data[i] = (float)(1 + (weight * ((((re * meanRe) + (im * meanIm)) / power) - 1)));
                data[i + 1] = (float)(weight * ((im * meanRe) - (re * meanIm)) / power);
            }
        }

        return new ExitWave(Plane, data);
    }

    /// <summary>The common frame's part of a wave on the grid, times a factor.</summary>
    public ExitWave Cut(ExitWave wave, float factor)
    {
        var data = new float[2 * Frame.PixelCount];
        for (int r = 0; r < Frame.Rows; r++)
        {
            ReadOnlySpan<float> row = wave.Interleaved.Slice(2 * (((Top + r) * Plane.Columns) + Left), 2 * Frame.Columns);
            for (int i = 0; i < row.Length; i++)
            {
                data[(2 * r * Frame.Columns) + i] = factor * row[i];
            }
        }

        return new ExitWave(Frame, data);
    }

    private static (int Place, double Weight) Mirror(int place, int count, int margin)
    {
        int beyond = place < 0 ? -place : place >= count ? place - count + 1 : 0;
        if (beyond == 0)
        {
            return (place, 1);
        }

        int mirrored = place < 0 ? beyond - 1 : count - beyond;
        double fade = 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, beyond / (margin + 1.0))));
        return (Math.Clamp(mirrored, 0, count - 1), fade);
    }
}
