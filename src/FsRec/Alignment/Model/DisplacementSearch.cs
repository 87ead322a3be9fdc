using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>
/// Finds where the likelihood of a frame's displacement is greatest: log L(d) = Σ Re(conj(ŷ)/V · y exp(2πi k·d)) over the whole band, by
/// one transform on whole pixels over the whole frame, then by Newton's method.
/// </summary>
internal sealed class DisplacementSearch : IDisposable
{
    /// <summary>A drift from frame to frame is rarely more px, while nothing else is known of it.</summary>
    public const double UsualStep = 4;

    private const double RivalDistance = 2;
    private readonly AlignmentPoints _points;
    private readonly ComplexPlane _plane;
    private readonly RealTransformScratch _scratch;
    private readonly float[] _image;

    /// <summary>Takes memory.</summary>
    public DisplacementSearch(AlignmentPoints points)
    {
        _points = points;
        _plane = points.Transform.CreateHalfPlane();
        _scratch = points.Transform.CreateScratch();
        _image = new float[points.Transform.Rows * points.Transform.Columns];
    }

    /// <summary>The best displacement anywhere, and by how much it is more likely than any that is not next to it.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="prediction">ŷ / V.</param>
    /// <param name="near">Displacement of the neighbouring frames.</param>
    /// <param name="usual">How far from there frames usually lie, in px.</param>
    public (double Dx, double Dy, double Lead) Everywhere(int frame, ReadOnlySpan<(float Re, float Im)> prediction, (double Dx, double Dy) near, double usual)
    {
        (int rows, int columns) = (_points.Transform.Rows, _points.Transform.Columns);
        _plane.Clear();
        ReadOnlySpan<(float Re, float Im)> data = _points.Data(frame);
        for (int i = 0; i < data.Length; i++)
        {
            (float pr, float pi) = prediction[i];
            (float yr, float yi) = data[i];
            (float Re, float Im) product = ((yr * pr) + (yi * pi), (yi * pr) - (yr * pi));
            int row = FrequencyGrid.Index(_points.Ky[i], rows);
            _plane[row, _points.Kx[i]] = product;
            if (_points.Kx[i] == 0)
            {
                _plane[FrequencyGrid.Index(-_points.Ky[i], rows), 0] = (product.Re, -product.Im);
            }
        }

        _points.Transform.InverseColumns(_plane, _scratch);
        _points.Transform.InverseRows(_plane, 0, rows, 0, columns, _image, _scratch);
        (double best, int bx, int by) = Highest(near, usual, (int.MinValue, 0));
        (double rival, _, _) = Highest(near, usual, (bx, by));
        (double dx, double dy) = Refine(frame, prediction, (bx, by));
        return (dx, dy, best - rival);
    }

    /// <summary>
    /// The displacement that a frame moves to from where it is: next to it, unless somewhere else is more likely by far; rivals one
    /// lattice vector away differ by little, and chance must not choose again in every round.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="prediction">ŷ / V.</param>
    /// <param name="near">Where the neighbouring frames expect it.</param>
    /// <param name="usual">How far from there frames usually lie, in px.</param>
    /// <param name="present">Where it is.</param>
    /// <param name="certain">What it must gain in log-likelihood to be moved to another place.</param>
    public (double Dx, double Dy) Better(int frame, ReadOnlySpan<(float Re, float Im)> prediction, (double Dx, double Dy) near, double usual, (double Dx, double Dy) present, double certain)
    {
        (double dx, double dy, _) = Everywhere(frame, prediction, near, usual);
        if (Square(dx - present.Dx) + Square(dy - present.Dy) <= RivalDistance * RivalDistance)
        {
            return (dx, dy);
        }

        int column = (int)Math.Round(dx);
        int row = (int)Math.Round(dy);
        double gain = At(column, row, near, usual) - At((int)Math.Round(present.Dx), (int)Math.Round(present.Dy), near, usual);
        return gain > certain ? (dx, dy) : Refine(frame, prediction, present);
    }

    /// <summary>The displacement at the top of the likelihood near a place, by at most a pixel.</summary>
    public (double Dx, double Dy) Refine(int frame, ReadOnlySpan<(float Re, float Im)> prediction, (double Dx, double Dy) start)
    {
        (double dx, double dy) = start;
        for (int round = 0; round < 12; round++)
        {
            (double gx, double gy, double xx, double xy, double yy) = Derivatives(frame, prediction, dx, dy);
            double d = (xx * yy) - (xy * xy);
            // Where the likelihood is not curved downwards, a step uphill.
            bool top = xx < 0 && yy < 0 && d > 0;
            double stepX = top ? -((yy * gx) - (xy * gy)) / d : 0.25 * Math.Sign(gx);
            double stepY = top ? -((xx * gy) - (xy * gx)) / d : 0.25 * Math.Sign(gy);
            double length = Math.Sqrt((stepX * stepX) + (stepY * stepY));
            double shorten = Math.Min(1, 0.3 / Math.Max(length, 1e-9));
            dx += shorten * stepX;
            dy += shorten * stepY;
            if (length < 1e-4)
            {
                break;
            }
        }

        double away = Math.Max(Math.Abs(dx - start.Dx), Math.Abs(dy - start.Dy));
        return away <= 1 ? (dx, dy) : start;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _plane.Dispose();
        _scratch.Dispose();
    }

    private (double Best, int X, int Y) Highest((double Dx, double Dy) near, double usual, (int X, int Y) apart)
    {
        (int rows, int columns) = (_points.Transform.Rows, _points.Transform.Columns);
        double best = double.NegativeInfinity;
        int bx = 0;
        int by = 0;
        for (int r = 0; r < rows; r++)
        {
            int y = Unwrapped(r, near.Dy, rows);
            for (int c = 0; c < columns; c++)
            {
                int x = Unwrapped(c, near.Dx, columns);
                if (apart.X != int.MinValue && Square(x - apart.X) + Square(y - apart.Y) <= RivalDistance * RivalDistance)
                {
                    continue;
                }

                double value = At(x, y, near, usual);
                if (value > best)
                {
                    (best, bx, by) = (value, x, y);
                }
            }
        }

        return (best, bx, by);
    }

    /// <summary>
    /// The likelihood of a displacement, with the drift's own as that of a Cauchy distribution in the plane. The inverse transform holds
    /// 1 / pixels, and the sum over the whole band is wanted.
    /// </summary>
    private double At(int x, int y, (double Dx, double Dy) near, double usual)
    {
        (int rows, int columns) = (_points.Transform.Rows, _points.Transform.Columns);
        int index = (((y % rows) + rows) % rows * columns) + (((x % columns) + columns) % columns);
        return ((double)rows * columns * _image[index]) - (1.5 * Math.Log(1 + ((Square(x - near.Dx) + Square(y - near.Dy)) / (usual * usual))));
    }

    /// <summary>The displacement that an index stands for, within half a frame of a place.</summary>
    private static int Unwrapped(int index, double near, int count) => index + (count * (int)Math.Round((near - index) / count));

    private (double Gx, double Gy, double Xx, double Xy, double Yy) Derivatives(int frame, ReadOnlySpan<(float Re, float Im)> prediction, double dx, double dy)
    {
        ((float Re, float Im)[] rows, (float Re, float Im)[] columns) = _points.Ramp(dx, dy);
        ReadOnlySpan<(float Re, float Im)> data = _points.Data(frame);
        double unitX = 2 * Math.PI / _points.Transform.Columns;
        double unitY = 2 * Math.PI / _points.Transform.Rows;
        (double gx, double gy, double xx, double xy, double yy) = (0, 0, 0, 0, 0);
        for (int i = 0; i < data.Length; i++)
        {
            (float rr, float ri) = rows[_points.Ky[i] + _points.Band.RowReach];
            (float cr, float ci) = columns[_points.Kx[i]];
            (float fr, float fi) = ((rr * cr) - (ri * ci), (rr * ci) + (ri * cr));
            (float pr, float pi) = prediction[i];
            (float yr, float yi) = data[i];
            (float qr, float qi) = ((yr * pr) + (yi * pi), (yi * pr) - (yr * pi));
            double re = (qr * fr) - (qi * fi);
            double im = (qr * fi) + (qi * fr);
            double kx = unitX * _points.Kx[i];
            double ky = unitY * _points.Ky[i];
            gx -= kx * im;
            gy -= ky * im;
            xx -= kx * kx * re;
            xy -= kx * ky * re;
            yy -= ky * ky * re;
        }

        return (gx, gy, xx, xy, yy);
    }

    private static double Square(double x) => x * x;
}
