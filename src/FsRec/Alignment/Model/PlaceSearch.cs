using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>
/// Finds where a frame agrees best with its forecast: log L(d) = 2 Re Σ conj(ŷ/V) y exp(2πi k·d) over the whole band, by one transform on whole
/// pixels over the whole frame, then by Newton's method. A thread's memory.
/// </summary>
internal sealed class PlaceSearch : IDisposable
{
    /// <summary>Places nearer than this, in px, are the same.</summary>
    public const double Apart = 2;

    private readonly AlignmentPoints _points;
    private readonly ComplexPlane _plane;
    private readonly RealTransformScratch _scratch;
    private readonly float[] _map;

    /// <summary>Takes memory.</summary>
    public PlaceSearch(AlignmentPoints points)
    {
        _points = points;
        _plane = points.Transform.CreateHalfPlane();
        _scratch = points.Transform.CreateScratch();
        _map = new float[points.Transform.Rows * points.Transform.Columns];
    }

    /// <summary>Makes the map of a frame, whose weighted forecast is given.</summary>
    public void Map(int frame, ReadOnlySpan<(float Re, float Im)> weighted)
    {
        ReadOnlySpan<(float Re, float Im)> data = _points.Data(frame);
        _plane.Clear();
        for (int i = 0; i < data.Length; i++)
        {
            (float pr, float pi) = weighted[i];
            (float yr, float yi) = data[i];
            Set(i, (yr * pr) + (yi * pi), (yi * pr) - (yr * pi));
        }

        Transform();
    }

    /// <summary>Makes the map of given products.</summary>
    public void Map(ReadOnlySpan<(float Re, float Im)> products)
    {
        _plane.Clear();
        for (int i = 0; i < products.Length; i++)
        {
            Set(i, products[i].Re, products[i].Im);
        }

        Transform();
    }

    /// <summary>The map at a displacement by whole pixels.</summary>
    public double At(int x, int y)
    {
        (int rows, int columns) = (_points.Transform.Rows, _points.Transform.Columns);
        return (double)rows * columns * _map[(Periodic.Wrap(y, rows) * columns) + Periodic.Wrap(x, columns)];
    }

    /// <summary>The highest places of the map, with the drift's prior, highest first; none nearer to another than <see cref="Apart"/>.</summary>
    /// <param name="prior">The prior.</param>
    /// <param name="count">How many.</param>
    public List<(double Value, int X, int Y)> Peaks(DriftPrior prior, int count)
    {
        (int rows, int columns) = (_points.Transform.Rows, _points.Transform.Columns);
        // The inverse transform holds 1 / pixels, and the sum over both halves of the band is wanted.
        float unit = (float)rows * columns;
        var peaks = new List<(double Value, int X, int Y)>(count + 1);
        double worst = double.NegativeInfinity;
        for (int r = 0; r < rows; r++)
        {
            ReadOnlySpan<float> row = _map.AsSpan(r * columns, columns);
            ReadOnlySpan<float> above = _map.AsSpan((r == 0 ? rows - 1 : r - 1) * columns, columns);
            ReadOnlySpan<float> below = _map.AsSpan((r == rows - 1 ? 0 : r + 1) * columns, columns);
            for (int c = 0; c < columns; c++)
            {
                float value = row[c];
                if (unit * value <= worst || value < above[c] || value < below[c] || value < row[c == 0 ? columns - 1 : c - 1] || value < row[c == columns - 1 ? 0 : c + 1])
                {
                    continue;
                }

                int x = Unwrapped(c, prior.Dx, columns);
                int y = Unwrapped(r, prior.Dy, rows);
                worst = Insert(peaks, count, (unit * value) + prior.LogAt(x, y), x, y);
            }
        }

        return peaks;
    }

    /// <summary>The displacement at the top of the likelihood near a place, by at most a pixel, and the likelihood's curvature there.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="weighted">ŷ / V.</param>
    /// <param name="start">Where to start.</param>
    public (double Dx, double Dy) Refine(int frame, ReadOnlySpan<(float Re, float Im)> weighted, (double Dx, double Dy) start)
    {
        (double dx, double dy) = start;
        for (int round = 0; round < 12; round++)
        {
            (double gx, double gy, double xx, double xy, double yy) = Derivatives(frame, weighted, dx, dy);
            double d = (xx * yy) - (xy * xy);
            if (!double.IsFinite(d + gx + gy))
            {
                return start;
            }

            // Where the likelihood is not curved downwards, a step uphill.
            bool top = xx < 0 && yy < 0 && d > 0;
            double stepX = top ? -((yy * gx) - (xy * gy)) / d : 0.25 * Math.Sign(gx);
            double stepY = top ? -((xx * gy) - (xy * gx)) / d : 0.25 * Math.Sign(gy);
            double length = Math.Sqrt((stepX * stepX) + (stepY * stepY));
            double shorten = Math.Min(1, 0.3 / Math.Max(length, 1e-9));
            dx += shorten * stepX;
            dy += shorten * stepY;
            // Newton's method squares the error of each step.
            if (length < 3e-3)
            {
                break;
            }
        }

        double away = Math.Max(Math.Abs(dx - start.Dx), Math.Abs(dy - start.Dy));
        return away <= 1 ? (dx, dy) : start;
    }

    /// <summary>
    /// The variances of a displacement by the scatter of the frequencies' own slopes s about the top of the likelihood, A⁻¹ (Σ s sᵀ) A⁻¹ with A the
    /// curvature (H. White, Econometrica 50, 1 (1982)): noise and what the theory misses alike, whatever their size was taken to be. Windowed
    /// frames mix neighbouring frequencies, of which fewer are independent.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="weighted">ŷ / V.</param>
    /// <param name="place">Where the frame lies.</param>
    public (double Dx, double Dy) Covariance(int frame, ReadOnlySpan<(float Re, float Im)> weighted, (double Dx, double Dy) place)
    {
        var moved = new MovedFrame(_points, frame, place);
        double unitX = 2 * Math.PI / _points.Transform.Columns;
        double unitY = 2 * Math.PI / _points.Transform.Rows;
        (double axx, double axy, double ayy, double bxx, double bxy, double byy) = (0, 0, 0, 0, 0, 0);
        for (int i = 0; i < weighted.Length; i++)
        {
            (double yr, double yi) = moved.At(i);
            (float pr, float pi) = weighted[i];
            double re = (yr * pr) + (yi * pi);
            double im = (yi * pr) - (yr * pi);
            double kx = unitX * _points.Kx[i];
            double ky = unitY * _points.Ky[i];
            (axx, axy, ayy) = (axx + (kx * kx * re), axy + (kx * ky * re), ayy + (ky * ky * re));
            (bxx, bxy, byy) = (bxx + (kx * kx * im * im), bxy + (kx * ky * im * im), byy + (ky * ky * im * im));
        }

        double d = (axx * ayy) - (axy * axy);
        if (d <= 0 || axx <= 0)
        {
            return (double.PositiveInfinity, double.PositiveInfinity);
        }

        (double ixx, double ixy, double iyy) = (ayy / d, -axy / d, axx / d);
        double mixed = _points.Mixing;
        return (
            mixed * ((ixx * ixx * bxx) + (2 * ixx * ixy * bxy) + (ixy * ixy * byy)),
            mixed * ((ixy * ixy * bxx) + (2 * ixy * iyy * bxy) + (iyy * iyy * byy)));
    }

    /// <summary>
    /// The variance of the difference of a frame's log-likelihoods at two places by the scatter of the frequencies' own differences, whatever their noise
    /// was taken to be.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="weighted">ŷ / V.</param>
    /// <param name="a">One place.</param>
    /// <param name="b">The other.</param>
    public double Scatter(int frame, ReadOnlySpan<(float Re, float Im)> weighted, (double Dx, double Dy) a, (double Dx, double Dy) b)
    {
        var atA = new MovedFrame(_points, frame, a);
        var atB = new MovedFrame(_points, frame, b);
        double sum = 0;
        for (int i = 0; i < weighted.Length; i++)
        {
            (double ar, double ai) = atA.At(i);
            (double br, double bi) = atB.At(i);
            (float pr, float pi) = weighted[i];
            double difference = 2 * (((ar - br) * pr) + ((ai - bi) * pi));
            sum += difference * difference;
        }

        return _points.Mixing * sum;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _plane.Dispose();
        _scratch.Dispose();
    }

    private static double Insert(List<(double Value, int X, int Y)> peaks, int count, double value, int x, int y)
    {
        for (int i = 0; i < peaks.Count; i++)
        {
            (double other, int ox, int oy) = peaks[i];
            double square = ((double)(x - ox) * (x - ox)) + ((double)(y - oy) * (y - oy));
            if (square <= Apart * Apart)
            {
                if (other >= value)
                {
                    return Worst();
                }

                peaks.RemoveAt(i);
                break;
            }
        }

        int place = peaks.FindIndex(p => p.Value < value);
        peaks.Insert(place < 0 ? peaks.Count : place, (value, x, y));
        if (peaks.Count > count)
        {
            peaks.RemoveAt(count);
        }

        return Worst();

        double Worst() => peaks.Count < count ? double.NegativeInfinity : peaks[^1].Value;
    }

    private void Set(int point, float re, float im)
    {
        int rows = _points.Transform.Rows;
        _plane[FrequencyGrid.Index(_points.Ky[point], rows), _points.Kx[point]] = (re, im);
        if (_points.Kx[point] == 0)
        {
            _plane[FrequencyGrid.Index(-_points.Ky[point], rows), 0] = (re, -im);
        }
    }

    private void Transform()
    {
        _points.Transform.InverseColumns(_plane, _scratch);
        _points.Transform.InverseRows(_plane, 0, _points.Transform.Rows, 0, _points.Transform.Columns, _map, _scratch);
    }

    /// <summary>The displacement that an index stands for, within half a frame of a place.</summary>
    private static int Unwrapped(int index, double near, int count) => index + (count * (int)Math.Round((near - index) / count));

    private (double Gx, double Gy, double Xx, double Xy, double Yy) Derivatives(int frame, ReadOnlySpan<(float Re, float Im)> weighted, double dx, double dy)
    {
        var moved = new MovedFrame(_points, frame, (dx, dy));
        double unitX = 2 * Math.PI / _points.Transform.Columns;
        double unitY = 2 * Math.PI / _points.Transform.Rows;
        (double gx, double gy, double xx, double xy, double yy) = (0, 0, 0, 0, 0);
        for (int i = 0; i < weighted.Length; i++)
        {
            (double yr, double yi) = moved.At(i);
            (float pr, float pi) = weighted[i];
            double re = (yr * pr) + (yi * pi);
            double im = (yi * pr) - (yr * pi);
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
}
