namespace FsRec.Alignment;

/// <summary>A frame's spectrum moved back by a displacement, point by point.</summary>
internal readonly struct MovedFrame
{
    private readonly (float Re, float Im)[] _data;
    private readonly (float Re, float Im)[] _rows;
    private readonly (float Re, float Im)[] _columns;
    private readonly int[] _ky;
    private readonly int[] _kx;
    private readonly int _reach;

    /// <summary>Moves a frame back.</summary>
    public MovedFrame(AlignmentPoints points, int frame, (double Dx, double Dy) place)
    {
        Number = frame;
        _data = points.Spectrum(frame);
        (_rows, _columns) = points.Ramp(place.Dx, place.Dy);
        (_ky, _kx, _reach) = (points.Ky, points.Kx, points.Band.RowReach);
    }

    /// <summary>Position of the frame in the series.</summary>
    public int Number { get; }

    /// <summary>y exp(2πi k·d).</summary>
    public (double Re, double Im) At(int point)
    {
        (float rr, float ri) = _rows[_ky[point] + _reach];
        (float cr, float ci) = _columns[_kx[point]];
        (float fr, float fi) = ((rr * cr) - (ri * ci), (rr * ci) + (ri * cr));
        (float yr, float yi) = _data[point];
        return ((yr * fr) - (yi * fi), (yr * fi) + (yi * fr));
    }
}
