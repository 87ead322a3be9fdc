using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Alignment;

/// <summary>A frame's spectrum moved back by a displacement.</summary>
internal readonly struct MovedFrame
{
    private const int Lanes = 16;
    private readonly AlignmentPoints _points;
    private readonly PointPairs _data;
    private readonly PointPairs _rows;
    private readonly PointPairs _columns;

    /// <summary>Moves a frame back.</summary>
    public MovedFrame(AlignmentPoints points, int frame, (double Dx, double Dy) place)
    {
        (Number, _points) = (frame, points);
        _data = points.Data(frame);
        (_rows, _columns) = points.Ramp(place.Dx, place.Dy);
    }

    /// <summary>Position of the frame in the series.</summary>
    public int Number { get; }

    /// <summary>y exp(2πi k·d) at a point.</summary>
    public (double Re, double Im) At(int point)
    {
        (float rr, float ri) = _rows[_points.Ky[point] + _points.Band.RowReach];
        (float cr, float ci) = _columns[_points.Kx[point]];
        (float fr, float fi) = ((rr * cr) - (ri * ci), (rr * ci) + (ri * cr));
        (float yr, float yi) = _data[point];
        return ((yr * fr) - (yi * fi), (yr * fi) + (yi * fr));
    }

    /// <summary>The same at all points.</summary>
    /// <param name="target">Filled.</param>
    public void Into(PointPairs target) => Into(0, _points.Count, target);

    /// <summary>The same at some neighbouring points, and at others of the rows that they lie in.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">One beyond the last.</param>
    /// <param name="target">Filled there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Into(int from, int to, PointPairs target)
    {
        PointRow[] rows = _points.RowsOfPoints;
        for (int r = _points.RowOf(from); r < rows.Length && rows[r].First < to; r++)
        {
            PointRow row = rows[r];
            (float re, float im) = _rows[r];
            (Vector512<float> rr, Vector512<float> ri) = (Vector512.Create(re), Vector512.Create(im));
            int last = row.Count - Lanes;
            for (int k = 0; k < row.Count && last >= 0; k += Lanes)
            {
                // The last register of a row reaches back over what was done before.
                int j = Math.Min(k, last);
                (int point, int kx) = (row.First + j, row.Kx + j);
                (Vector512<float> cr, Vector512<float> ci) = (Vector512.Create(_columns.Re, kx), Vector512.Create(_columns.Im, kx));
                (Vector512<float> fr, Vector512<float> fi) = ((rr * cr) - (ri * ci), (rr * ci) + (ri * cr));
                (Vector512<float> yr, Vector512<float> yi) = (Vector512.Create(_data.Re, point), Vector512.Create(_data.Im, point));
                ((yr * fr) - (yi * fi)).CopyTo(target.Re, point);
                ((yr * fi) + (yi * fr)).CopyTo(target.Im, point);
            }

            for (int point = row.First; point < row.First + row.Count && last < 0; point++)
            {
                (double x, double y) = At(point);
                target[point] = ((float)x, (float)y);
            }
        }
    }
}
