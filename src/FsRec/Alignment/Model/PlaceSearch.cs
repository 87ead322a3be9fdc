using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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

    private const int Lanes = 16;
    private readonly AlignmentPoints _points;
    private readonly ComplexPlane _plane;
    private readonly RealTransformScratch _scratch;
    private readonly float[] _map;
    private readonly float[] _kx;

    // conj(ŷ/V) y, row by row, kx from 0; a row ends with whole registers, filled up with zeros.
    private readonly int _stride;
    private readonly float[] _re;
    private readonly float[] _im;

    /// <summary>Takes memory.</summary>
    public PlaceSearch(AlignmentPoints points)
    {
        _points = points;
        _plane = points.Transform.CreateHalfPlane();
        _scratch = points.Transform.CreateScratch();
        _map = GC.AllocateUninitializedArray<float>(points.Transform.Rows * points.Transform.Columns);
        _stride = PointPairs.Padded(points.Band.ColumnReach + 1);
        (_re, _im) = (new float[points.Band.Rows * _stride], new float[points.Band.Rows * _stride]);
        _kx = [.. Enumerable.Range(0, _stride).Select(static k => (float)k)];
    }

    /// <summary>Takes a frame, whose weighted forecast is given: what follows is of it.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="weighted">ŷ / V.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(int frame, PointPairs weighted)
    {
        PointPairs data = _points.Data(frame);
        for (int r = 0; r < _points.RowsOfPoints.Length; r++)
        {
            PointRow row = _points.RowsOfPoints[r];
            int to = (r * _stride) + row.Kx - row.First;
            int last = row.First + row.Count - Lanes;
            for (int k = row.First; k < row.First + row.Count && last >= row.First; k += Lanes)
            {
                // The last register of a row reaches back over what was done before.
                int i = Math.Min(k, last);
                (Vector512<float> pr, Vector512<float> pi) = (Vector512.Create(weighted.Re, i), Vector512.Create(weighted.Im, i));
                (Vector512<float> yr, Vector512<float> yi) = (Vector512.Create(data.Re, i), Vector512.Create(data.Im, i));
                ((yr * pr) + (yi * pi)).CopyTo(_re, to + i);
                ((yi * pr) - (yr * pi)).CopyTo(_im, to + i);
            }

            for (int i = row.First; i < row.First + row.Count && last < row.First; i++)
            {
                (float pr, float pi) = weighted[i];
                (float yr, float yi) = data[i];
                (_re[to + i], _im[to + i]) = ((yr * pr) + (yi * pi), (yi * pr) - (yr * pi));
            }
        }
    }

    /// <summary>Makes the map of the frame.</summary>
    public unsafe void Map()
    {
        RealTransform transform = _points.Transform;
        int blocks = ComplexPlane.BlocksOf(_points.Band.ColumnReach + 1);
        int reach = _points.Band.RowReach;
        for (int row = 0; row < transform.Rows; row++)
        {
            int ky = FrequencyGrid.Signed(row, transform.Rows);
            float* to = _plane.Row(row);
            if (Math.Abs(ky) > reach)
            {
                new Span<float>(to, blocks * ComplexPlane.BlockFloats).Clear();
                continue;
            }

            int from = (ky + reach) * _stride;
            for (int b = 0; b < blocks; b++, from += Lanes, to += ComplexPlane.BlockFloats)
            {
                _re.AsSpan(from, Lanes).CopyTo(new Span<float>(to, Lanes));
                _im.AsSpan(from, Lanes).CopyTo(new Span<float>(to + Lanes, Lanes));
            }
        }

        for (int ky = 1; ky <= reach; ky++)
        {
            (float re, float im) = _plane[ky, 0];
            _plane[transform.Rows - ky, 0] = (re, -im);
        }

        transform.InverseColumns(_plane, _scratch, blocks);
        transform.InverseRows(_plane, 0, transform.Rows, 0, transform.Columns, _map, _scratch);
    }

    /// <summary>Makes the map of given products.</summary>
    public void Map(PointPairs products)
    {
        for (int r = 0; r < _points.RowsOfPoints.Length; r++)
        {
            PointRow row = _points.RowsOfPoints[r];
            products.Re.AsSpan(row.First, row.Count).CopyTo(_re.AsSpan((r * _stride) + row.Kx));
            products.Im.AsSpan(row.First, row.Count).CopyTo(_im.AsSpan((r * _stride) + row.Kx));
        }

        Map();
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
                // Most of the map lies below the places that there are.
                if (c + Vector<float>.Count <= columns && !Vector.GreaterThanAny(unit * new Vector<float>(row[c..]), new Vector<float>(MathF.BitDecrement((float)worst))))
                {
                    c += Vector<float>.Count - 1;
                    continue;
                }

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
    /// <param name="start">Where to start.</param>
    public (double Dx, double Dy) Refine((double Dx, double Dy) start)
    {
        (double dx, double dy) = start;
        for (int round = 0; round < 12; round++)
        {
            (double gx, double gy, double xx, double xy, double yy) = Derivatives(dx, dy);
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
    /// <param name="place">Where the frame lies.</param>
    public (double Dx, double Dy) Covariance((double Dx, double Dy) place)
    {
        (PointPairs rows, PointPairs columns) = _points.Ramp(place.Dx, place.Dy);
        double unitX = 2 * Math.PI / _points.Transform.Columns;
        double unitY = 2 * Math.PI / _points.Transform.Rows;
        (double axx, double axy, double ayy, double bxx, double bxy, double byy) = (0, 0, 0, 0, 0, 0);
        for (int r = 0; r < rows.Length; r++)
        {
            (float rr, float ri) = rows[r];
            double ky = unitY * (r - _points.Band.RowReach);
            for (int x = 0; x < columns.Length; x++)
            {
                (float cr, float ci) = columns[x];
                (float fr, float fi) = ((rr * cr) - (ri * ci), (rr * ci) + (ri * cr));
                (double zr, double zi) = (_re[(r * _stride) + x], _im[(r * _stride) + x]);
                double re = (zr * fr) - (zi * fi);
                double im = (zr * fi) + (zi * fr);
                double kx = unitX * x;
                (axx, axy, ayy) = (axx + (kx * kx * re), axy + (kx * ky * re), ayy + (ky * ky * re));
                (bxx, bxy, byy) = (bxx + (kx * kx * im * im), bxy + (kx * ky * im * im), byy + (ky * ky * im * im));
            }
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
    /// <param name="a">One place.</param>
    /// <param name="b">The other.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Scatter((double Dx, double Dy) a, (double Dx, double Dy) b)
    {
        (PointPairs rowsA, PointPairs columnsA) = _points.Ramp(a.Dx, a.Dy);
        (PointPairs rowsB, PointPairs columnsB) = _points.Ramp(b.Dx, b.Dy);
        Vector512<double> sum = Vector512<double>.Zero;
        for (int r = 0; r < rowsA.Length; r++)
        {
            (Vector512<float> ar, Vector512<float> ai) = (Vector512.Create(rowsA.Re[r]), Vector512.Create(rowsA.Im[r]));
            (Vector512<float> br, Vector512<float> bi) = (Vector512.Create(rowsB.Re[r]), Vector512.Create(rowsB.Im[r]));
            Vector512<float> squares = Vector512<float>.Zero;
            int end = End(r);
            for (int x = 0, i = r * _stride; x < end; x += Lanes, i += Lanes)
            {
                (Vector512<float> ur, Vector512<float> ui) = (Vector512.Create(columnsA.Re, x), Vector512.Create(columnsA.Im, x));
                (Vector512<float> vr, Vector512<float> vi) = (Vector512.Create(columnsB.Re, x), Vector512.Create(columnsB.Im, x));
                Vector512<float> fr = ((ar * ur) - (ai * ui)) - ((br * vr) - (bi * vi));
                Vector512<float> fi = ((ar * ui) + (ai * ur)) - ((br * vi) + (bi * vr));
                Vector512<float> half = (Vector512.Create(_re, i) * fr) - (Vector512.Create(_im, i) * fi);
                squares += half * half;
            }

            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(squares);
            sum += low + high;
        }

        return 4 * _points.Mixing * Vector512.Sum(sum);
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

    /// <summary>The displacement that an index stands for, within half a frame of a place.</summary>
    private static int Unwrapped(int index, double near, int count) => index + (count * (int)Math.Round((near - index) / count));

    /// <summary>Where a row's registers end.</summary>
    private int End(int row) => PointPairs.Padded(_points.RowsOfPoints[row].Kx + _points.RowsOfPoints[row].Count);

    // What the row's own factor and number do is the same for all of it: it comes to the sums over a row.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Gx, double Gy, double Xx, double Xy, double Yy) Derivatives(double dx, double dy)
    {
        (PointPairs rows, PointPairs columns) = _points.Ramp(dx, dy);
        (Vector512<double> gx, Vector512<double> gy) = (Vector512<double>.Zero, Vector512<double>.Zero);
        (Vector512<double> xx, Vector512<double> xy, Vector512<double> yy) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (int r = 0; r < rows.Length; r++)
        {
            (Vector512<float> zr, Vector512<float> zi) = (Vector512<float>.Zero, Vector512<float>.Zero);
            (Vector512<float> xr, Vector512<float> xi) = (Vector512<float>.Zero, Vector512<float>.Zero);
            (Vector512<float> xxr, Vector512<float> xxi) = (Vector512<float>.Zero, Vector512<float>.Zero);
            int end = End(r);
            for (int x = 0, i = r * _stride; x < end; x += Lanes, i += Lanes)
            {
                (Vector512<float> cr, Vector512<float> ci) = (Vector512.Create(columns.Re, x), Vector512.Create(columns.Im, x));
                (Vector512<float> pr, Vector512<float> pi) = (Vector512.Create(_re, i), Vector512.Create(_im, i));
                (Vector512<float> re, Vector512<float> im) = ((pr * cr) - (pi * ci), (pr * ci) + (pi * cr));
                var kx = Vector512.Create(_kx, x);
                (zr, zi) = (zr + re, zi + im);
                (re, im) = (kx * re, kx * im);
                (xr, xi) = (xr + re, xi + im);
                (xxr, xxi) = (xxr + (kx * re), xxi + (kx * im));
            }

            float ky = r - _points.Band.RowReach;
            (Vector512<float> rr, Vector512<float> ri) = (Vector512.Create(rows.Re[r]), Vector512.Create(rows.Im[r]));
            Vector512<float> real = (rr * zr) - (ri * zi);
            Vector512<float> imaginary = (rr * zi) + (ri * zr);
            gx -= Halves((rr * xi) + (ri * xr));
            gy -= Halves(ky * imaginary);
            xx -= Halves((rr * xxr) - (ri * xxi));
            xy -= Halves(ky * ((rr * xr) - (ri * xi)));
            yy -= Halves(ky * ky * real);
        }

        double unitX = 2 * Math.PI / _points.Transform.Columns;
        double unitY = 2 * Math.PI / _points.Transform.Rows;
        return (
            unitX * Vector512.Sum(gx), unitY * Vector512.Sum(gy),
            unitX * unitX * Vector512.Sum(xx), unitX * unitY * Vector512.Sum(xy), unitY * unitY * Vector512.Sum(yy));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Halves(Vector512<float> values)
    {
        (Vector512<double> low, Vector512<double> high) = Vector512.Widen(values);
        return low + high;
    }
}
