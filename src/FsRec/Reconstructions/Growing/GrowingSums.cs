using FsRec.Alignment;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.Reconstructions;

/// <summary>
/// The equations M (a, p) = b of the linear theory, M = Σ HᵀH / σ² and b = Σ Hᵀ y / σ², as sums over frames that come and go one by one: of the frames as they
/// are, which make the wave, and of the frames faded out at their edges, which tell their places.
/// </summary>
internal sealed class GrowingSums
{
    private readonly AlignmentPoints _points;
    private readonly WaveBand _band;
    private readonly LinearTheory[] _quadrant;
    private readonly double[] _aa;
    private readonly double[] _ap;
    private readonly double[] _pp;
    private readonly double[] _whole;
    private readonly double[] _faded;
    private float[] _priorA = [];
    private float[] _priorP = [];

    /// <summary>Sums of no frames.</summary>
    /// <param name="points">The points; frames are taken by their positions in them.</param>
    public GrowingSums(AlignmentPoints points)
    {
        (_points, _band) = (points, points.Band);
        _quadrant = new LinearTheory[(_band.RowReach + 1) * (_band.ColumnReach + 1)];
        (_aa, _ap, _pp) = (new double[points.Count], new double[points.Count], new double[points.Count]);
        (_whole, _faded) = (new double[4 * points.Count], new double[4 * points.Count]);
    }

    /// <summary>What the frames say at each frequency.</summary>
    /// <param name="frames">The frames in the sums.</param>
    public SeriesInformation Information(IReadOnlyList<GrownFrame> frames) =>
        new(_band, [.. _quadrant], [.. frames.Select(static f => f.Transfer)], [.. frames.Select(static f => f.Noise)]);

    /// <summary>The powers that places are found with.</summary>
    public void Use(PriorPowers prior)
    {
        (_priorA, _priorP) = (new float[_points.Count], new float[_points.Count]);
        for (int i = 0; i < _priorA.Length; i++)
        {
            PriorPower power = prior.At(Math.Sqrt(_points.G2[i]));
            (_priorA[i], _priorP[i]) = ((float)(1 / power.Amplitude), (float)(1 / power.Phase));
        }
    }

    /// <summary>Takes a frame in, or out again.</summary>
    /// <param name="index">Its position in the points.</param>
    /// <param name="frame">The frame at its place.</param>
    /// <param name="sign">1 or −1.</param>
    public void Add(int index, GrownFrame frame, int sign = 1)
    {
        AddData(index, frame, sign);
        double weight = sign / frame.Noise;
        PointPairs rows = _points.Rows(index);
        for (int i = 0; i < rows.Length; i++)
        {
            (double a, double p) = rows[i];
            _aa[i] += weight * a * a;
            _ap[i] += weight * a * p;
            _pp[i] += weight * p * p;
        }

        int columns = _band.ColumnReach + 1;
        for (int ky = 0; ky <= _band.RowReach; ky++)
        {
            for (int kx = 0; kx < columns && _band.Contains(ky, kx); kx++)
            {
                (double a, double p) = LinearTheory.Row(frame.Transfer, _band.Grid.SquaredFrequency(ky, kx));
                ref LinearTheory sum = ref _quadrant[(ky * columns) + kx];
                sum = new(sum.Aa + (weight * a * a), sum.Ap + (weight * a * p), sum.Pp + (weight * p * p));
            }
        }
    }

    /// <summary>Moves a frame that is in the sums.</summary>
    public void Move(int index, GrownFrame frame, (double Dx, double Dy) place)
    {
        AddData(index, frame, -1);
        frame.Place = place;
        AddData(index, frame, 1);
    }

    /// <summary>What the frames in the sums, less one of them, predict for a frame.</summary>
    /// <param name="index">Position of the frame.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="isIn">Whether it is in the sums, and is left out.</param>
    /// <param name="forecast">Takes image, variance and wave.</param>
    public void Predict(int index, GrownFrame frame, bool isIn, FrameForecast forecast)
    {
        PointPairs rows = _points.Rows(index);
        var moved = new MovedFrame(_points, index, frame.Place);
        double own = isIn ? 1 / frame.Noise : 0;
        for (int i = 0; i < rows.Length; i++)
        {
            (double a, double p) = rows[i];
            double aa = _aa[i] - (own * a * a) + _priorA[i];
            double ap = _ap[i] - (own * a * p);
            double pp = _pp[i] - (own * p * p) + _priorP[i];
            double det = (aa * pp) - (ap * ap);
            (double vaa, double vap, double vpp) = (pp / det, -ap / det, aa / det);
            (double br, double bi, double cr, double ci) = (_faded[4 * i], _faded[(4 * i) + 1], _faded[(4 * i) + 2], _faded[(4 * i) + 3]);
            if (isIn)
            {
                (double yr, double yi) = moved.At(i);
                (br, bi, cr, ci) = (br - (own * a * yr), bi - (own * a * yi), cr - (own * p * yr), ci - (own * p * yi));
            }

            double ar = (vaa * br) + (vap * cr);
            double ai = (vaa * bi) + (vap * ci);
            double pr = (vap * br) + (vpp * cr);
            double pi = (vap * bi) + (vpp * ci);
            (forecast.WaveA[i], forecast.WaveP[i]) = (((float)ar, (float)ai), ((float)pr, (float)pi));
            forecast.Image[i] = ((float)((a * ar) + (p * pr)), (float)((a * ai) + (p * pi)));
            forecast.Variance[i] = (float)(frame.Noise + (a * a * vaa) + (2 * a * p * vap) + (p * p * vpp));
        }
    }

    /// <summary>The wave a + ip of the sums with some powers, in the units of a wave's spectrum; 0 at g = 0.</summary>
    /// <param name="prior">The powers.</param>
    /// <param name="wave">Filled.</param>
    public void Solve(PriorPowers prior, Fourier.ComplexPlane wave)
    {
        double root = Math.Sqrt((double)_band.Grid.Rows * _band.Grid.Columns);
        for (int i = 0; i < _points.Count; i++)
        {
            LinearTheory v = new LinearTheory(_aa[i], _ap[i], _pp[i]).With(prior.At(Math.Sqrt(_points.G2[i]))).Inverse();
            double ar = root * ((v.Aa * _whole[4 * i]) + (v.Ap * _whole[(4 * i) + 2]));
            double ai = root * ((v.Aa * _whole[(4 * i) + 1]) + (v.Ap * _whole[(4 * i) + 3]));
            double pr = root * ((v.Ap * _whole[4 * i]) + (v.Pp * _whole[(4 * i) + 2]));
            double pi = root * ((v.Ap * _whole[(4 * i) + 1]) + (v.Pp * _whole[(4 * i) + 3]));
            (int ky, int kx) = (_points.Ky[i], _points.Kx[i]);
            wave[_band.RowReach + ky, _band.ColumnReach + kx] = ((float)(ar - pi), (float)(ai + pr));
            wave[_band.RowReach - ky, _band.ColumnReach - kx] = ((float)(ar + pi), (float)(pr - ai));
        }
    }

    private void AddData(int index, GrownFrame frame, int sign)
    {
        double weight = sign / frame.Noise;
        PointPairs rows = _points.Rows(index);
        PointPairs faded = _points.Data(index);
        (PointPairs rowRamp, PointPairs columnRamp) = _points.Ramp(frame.Place.Dx, frame.Place.Dy);
        for (int i = 0, j = 0; i < rows.Length; i++, j += 4)
        {
            (float rr, float ri) = rowRamp[_points.Ky[i] + _band.RowReach];
            (float cr, float ci) = columnRamp[_points.Kx[i]];
            (float fr, float fi) = ((rr * cr) - (ri * ci), (rr * ci) + (ri * cr));
            (double a, double p) = (weight * rows.Re[i], weight * rows.Im[i]);
            (float yr, float yi) = frame.Data[i];
            (double re, double im) = ((yr * fr) - (yi * fi), (yr * fi) + (yi * fr));
            (_whole[j], _whole[j + 1], _whole[j + 2], _whole[j + 3]) = (_whole[j] + (a * re), _whole[j + 1] + (a * im), _whole[j + 2] + (p * re), _whole[j + 3] + (p * im));
            (yr, yi) = faded[i];
            (re, im) = ((yr * fr) - (yi * fi), (yr * fi) + (yi * fr));
            (_faded[j], _faded[j + 1], _faded[j + 2], _faded[j + 3]) = (_faded[j] + (a * re), _faded[j + 1] + (a * im), _faded[j + 2] + (p * re), _faded[j + 3] + (p * im));
        }
    }
}
