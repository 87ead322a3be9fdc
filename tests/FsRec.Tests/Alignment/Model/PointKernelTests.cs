using FsRec.Alignment;
using FsRec.Series;
using FsRec.Statistics;
using FsRec.Tests.Series;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Alignment;

/// <summary>What an alignment to the model computes in registers, against the sums that it stands for, point by point in double precision.</summary>
[EveryWidth]
public class PointKernelTests
{
    private static readonly Calibration Frame = new(84, 74, 0.05, 0.05);
    private static readonly (double Dx, double Dy)[] Places = [(0.3, -0.2), (1.7, 0.4), (-2.2, 1.1), (0, 0), (4.25, -3.5)];

    private readonly FocalSeries _series;
    private readonly SeriesStatistics _statistics;
    private readonly AlignmentPoints _points;
    private readonly ModelEvidence _evidence;
    private readonly FrameForecast _forecast;

    public PointKernelTests()
    {
        float[][] frames = [.. Enumerable.Range(0, 5).Select(n => SmallSeries.Noise(Frame.PixelCount, 40, 4, n))];
        _series = new FocalSeries(SmallSeries.Parameters(Frame, 7, -80, -70, -60, -50, -40), frames);
        _statistics = SeriesStatistics.Of(_series, 1, null, TestContext.Current.CancellationToken);
        _points = new AlignmentPoints(_series, _statistics, 1, TestContext.Current.CancellationToken);
        _evidence = Evidence([true, true, true, true, true]);
        _forecast = new FrameForecast(_points);
        _evidence.Predict(2, _forecast);
        _forecast.Complete(2, null, 0.3, 0.03);
    }

    [Fact]
    public void A_frame_is_predicted_from_all_others()
    {
        // Once more from evidence without the frame, which predicts it plainly.
        ModelEvidence others = Evidence([true, true, false, true, true]);
        var plain = new FrameForecast(_points);
        others.Predict(2, plain);
        plain.Complete(2, null, 0.3, 0.03);
        for (int i = 0; i < _points.Count; i++)
        {
            Assert.Equal(plain.Image.Re[i], _forecast.Image.Re[i], 1e-4);
            Assert.Equal(plain.Image.Im[i], _forecast.Image.Im[i], 1e-4);
            Assert.Equal(1, _forecast.Variance[i] / plain.Variance[i], 1e-3);
            Assert.Equal(plain.WaveA.Re[i], _forecast.WaveA.Re[i], 1e-4);
            Assert.Equal(plain.WaveP.Im[i], _forecast.WaveP.Im[i], 1e-4);
        }
    }

    [Fact]
    public void The_others_say_what_the_sums_over_them_do()
    {
        for (int i = 0; i < _points.Count; i++)
        {
            var sum = new LinearTheory(0, 0, 0);
            (double ba, double bp) = (0, 0);
            for (int n = 0; n < Places.Length; n++)
            {
                (double a, double p) = LinearTheory.Row(_statistics.Transfers[n], _points.G2[i]);
                double w = 1 / _statistics.Noise[n];
                sum = new(sum.Aa + (w * a * a), sum.Ap + (w * a * p), sum.Pp + (w * p * p));
                double re = Moved(n, i, Places[n]).Re;
                (ba, bp) = (ba + (w * a * re), bp + (w * p * re));
            }

            PriorPower prior = _statistics.Prior.At(Math.Sqrt(_points.G2[i]));
            LinearTheory v = new LinearTheory(sum.Aa + (1 / prior.Amplitude), sum.Ap, sum.Pp + (1 / prior.Phase)).Inverse();
            Assert.Equal(1, _evidence.Variance(i).Aa / v.Aa, 1e-5);
            Assert.Equal(1, _evidence.Variance(i).Pp / v.Pp, 1e-5);
            Assert.Equal((v.Aa * ba) + (v.Ap * bp), _evidence.Wave(i).ARe, 1e-4);
            Assert.Equal((v.Ap * ba) + (v.Pp * bp), _evidence.Wave(i).PRe, 1e-4);
        }
    }

    [Fact]
    public void A_frame_is_held_against_its_forecast_by_groups()
    {
        (double data, double expected, double common, double log) = (0, 0, 0, 0);
        for (int i = 0; i < _points.Count; i++)
        {
            (double yr, double yi) = Moved(2, i, (1.4, -0.6));
            (double pr, double pi) = _forecast.Image[i];
            double v = _forecast.Variance[i];
            data += ((yr * yr) + (yi * yi)) / v;
            expected += ((pr * pr) + (pi * pi)) / v;
            common += ((yr * pr) + (yi * pi)) / v;
            log += Math.Log(v);
        }

        var held = HeldFrame.At(_points, 2, (1.4, -0.6), _forecast);
        Assert.Equal(1, held.Power / expected, 1e-5);
        Assert.Equal(log, held.LogVariance, 1e-6 * Math.Abs(log));
        // A group's misfit is a mean with four samples of 1 more.
        double misfit = held.Misfit.Zip(_points.GroupCounts, static (m, count) => (m * (count + 4)) - 4).Sum();
        Assert.Equal(data + expected - (2 * common), misfit, 1e-4 * data);
    }

    [Fact]
    public void A_search_ends_at_the_top_of_the_likelihood()
    {
        _forecast.Weigh(Enumerable.Repeat(1.0, _points.Groups).ToArray());
        using var search = new PlaceSearch(_points);
        search.Take(2, _forecast.Weighted);
        search.Map();
        (double value, int x, int y) = search.Peaks(new DriftPrior(0, 0, 1e6), 1)[0];
        // A transform of the whole frame in single precision.
        Assert.Equal(1, value / Likelihood((x, y)), 1e-3);
        (double Dx, double Dy) top = search.Refine((x, y));
        double best = Likelihood(top);
        Assert.All([(0.02, 0.0), (-0.02, 0), (0, 0.02), (0, -0.02)], (d) => Assert.True(Likelihood((top.Dx + d.Item1, top.Dy + d.Item2)) < best));
    }

    [Fact]
    public void The_scatter_of_a_difference_is_that_of_its_parts()
    {
        _forecast.Weigh(Enumerable.Repeat(1.0, _points.Groups).ToArray());
        using var search = new PlaceSearch(_points);
        search.Take(2, _forecast.Weighted);
        ((double, double) a, (double, double) b) = ((1.25, 3), (-4.5, 0.75));
        double sum = 0;
        for (int i = 0; i < _points.Count; i++)
        {
            double difference = 2 * (Part(i, a) - Part(i, b));
            sum += difference * difference;
        }

        Assert.Equal(1, search.Scatter(a, b) / (_points.Mixing * sum), 1e-4);
    }

    [Fact]
    public void Neighbours_are_as_alike_as_their_transfer_makes_them()
    {
        // One focus for all: nothing but the detector's noise tells them apart, which the likeness leaves out.
        float[][] frames = [.. Enumerable.Range(0, 3).Select(n => SmallSeries.Noise(Frame.PixelCount, 40, 4, n))];
        var series = new FocalSeries(SmallSeries.Parameters(Frame, 7, -50, -50, -50), frames);
        SeriesStatistics statistics = SeriesStatistics.Of(series, 1, null, TestContext.Current.CancellationToken);
        var points = new AlignmentPoints(series, statistics, 1, TestContext.Current.CancellationToken);
        Assert.Equal(1, NeighbourLikeness.Quartile(series, points, statistics.Prior), 1e-5);
    }

    private ModelEvidence Evidence(bool[] votes)
    {
        var evidence = new ModelEvidence(_points, _statistics.Noise, _statistics.Prior, 1);
        evidence.Fill(Places, votes);
        return evidence;
    }

    private double Likelihood((double Dx, double Dy) place) => Enumerable.Range(0, _points.Count).Sum(i => 2 * Part(i, place));

    private double Part(int point, (double Dx, double Dy) place)
    {
        (double yr, double yi) = Moved(2, point, place);
        (double pr, double pi) = _forecast.Weighted[point];
        return (yr * pr) + (yi * pi);
    }

    private (double Re, double Im) Moved(int frame, int point, (double Dx, double Dy) place)
    {
        (double re, double im) = _points.Data(frame)[point];
        (double sin, double cos) = Math.SinCos(2 * Math.PI * ((_points.Ky[point] * place.Dy / Frame.Rows) + (_points.Kx[point] * place.Dx / Frame.Columns)));
        return ((re * cos) - (im * sin), (re * sin) + (im * cos));
    }
}
