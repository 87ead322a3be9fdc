using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Restoration;
using FsRec.Statistics;
using FsRec.Tests.Statistics;

namespace FsRec.Tests.Restoration;

/// <summary>
/// The equations of the restoration without frames: waves of known powers drawn at random, and the best linear estimate of them, in which noise of the variance
/// M⁻¹ of the data is shrunk by the prior.
/// </summary>
public class WienerSystemTests
{
    private const double Amplitude = 0.6;
    private const double Phase = 3;
    private static readonly WaveBand Band = new(FrequencyGrid.Of(new Calibration(96, 96, 0.1, 0.1)), 4);
    private static readonly Microscope Lens = new() { C3 = 1e4 };
    private static readonly double[] Foci = [.. Enumerable.Range(0, 12).Select(static n => -120.0 + (10 * n))];

    /// <summary>
    /// Right-hand sides are taken back from a solution: a solution with the powers that it was made with comes out again. Float32 of numbers up
    /// to 300 after a product with a matrix and its inverse.
    /// </summary>
    [Fact]
    public void With_its_own_powers_a_wave_of_all_frequencies_stays()
    {
        (SeriesStatistics statistics, ComplexPlane truth) = Sample(noise: 1e-7, Rings(Amplitude, Phase));
        using (truth)
        using (ComplexPlane wave = Band.CreateSpectrum())
        {
            wave.CopyFrom(truth);
            var system = new WienerSystem(statistics.Information(1, default), wave, statistics.Prior);
            system.Solve(statistics.Prior, 0, ScatteredSquares.Small, wave, default);
            // The noise is 10⁻⁷ of what the frames show: no power that is anywhere near moves the wave.
            Assert.InRange(Difference(wave, truth), 0, 1e-4);
        }
    }

    /// <summary>
    /// Started from powers that are four times too large or too small, in noise that leaves a tenth of the phase's power: rings from 1 to 3/nm have 50 to 180
    /// independent frequencies each, and the mean of a dozen of them is known to 3 %; estimating with the present power makes the approach geometric, and three rounds
    /// leave a part of it.
    /// </summary>
    [Theory]
    [InlineData(4)]
    [InlineData(0.25)]
    public void Powers_of_rings_come_to_those_of_the_wave(double factor)
    {
        PriorPowers wrong = Rings(factor * Amplitude, factor * Phase);
        (SeriesStatistics statistics, ComplexPlane truth) = Sample(noise: 0.5, wrong);
        using (truth)
        using (ComplexPlane wave = Estimate(statistics, truth))
        {
            var system = new WienerSystem(statistics.Information(1, default), wave, wrong);
            (PriorPowers found, _, _) = system.Solve(wrong, 0, ScatteredSquares.Small, wave, default);
            double phase = Enumerable.Range(10, 20).Average(i => found.At(0.1 * i).Phase);
            Assert.Equal(Phase, phase, 0.1 * Phase);
        }
    }

    [Fact]
    public void The_estimate_is_nearer_the_truth_with_the_right_powers_than_with_wrong_ones()
    {
        (SeriesStatistics right, ComplexPlane truth) = Sample(noise: 5, Rings(Amplitude, Phase));
        SeriesStatistics wrong = right with { Prior = Rings(50 * Amplitude, 50 * Phase) };
        using (truth)
        using (ComplexPlane good = Estimate(right, truth))
        using (ComplexPlane bad = Estimate(wrong, truth))
        {
            double first = Difference(bad, truth);
            Assert.True(Difference(good, truth) < first);
            var system = new WienerSystem(wrong.Information(1, default), bad, wrong.Prior);
            system.Solve(wrong.Prior, 0, ScatteredSquares.Small, bad, default);
            Assert.True(Difference(bad, truth) < first);
            // 1.19: powers about each frequency are told by some 25 samples of mostly noise, and cost that much of a wave that has no reflections.
            Assert.InRange(Difference(bad, truth) / Difference(good, truth), 1, 1.25);
        }
    }

    private static PriorPowers Rings(double amplitude, double phase)
    {
        double step = Band.Grid.RowStep;
        int rings = (int)Math.Ceiling(Band.Limit / step) + 1;
        return new PriorPowers(step, [.. Enumerable.Repeat(amplitude, rings)], [.. Enumerable.Repeat(phase, rings)], 0);
    }

    private static (SeriesStatistics Statistics, ComplexPlane Truth) Sample(double noise, PriorPowers prior)
    {
        ComplexPlane truth = Band.CreateSpectrum();
        var random = new RandomStream(3, 0);
        double unit = Math.Sqrt(0.5 * Band.Grid.Rows * Band.Grid.Columns);
        ForHalf((ky, kx) => Set(
            truth,
            ky,
            kx,
            (unit * Math.Sqrt(Amplitude) * random.Normal(), unit * Math.Sqrt(Amplitude) * random.Normal()),
            (unit * Math.Sqrt(Phase) * random.Normal(), unit * Math.Sqrt(Phase) * random.Normal())));
        return (SampleStatistics.Of(Band, Lens, Foci, [.. Foci.Select(_ => noise)], prior), truth);
    }

    /// <summary>(M + P⁻¹)⁻¹ (M w + n), n of covariance M: what frames with that noise make of a wave.</summary>
    private static ComplexPlane Estimate(SeriesStatistics statistics, ComplexPlane truth)
    {
        ComplexPlane wave = Band.CreateSpectrum();
        var random = new RandomStream(4, 0);
        double unit = Math.Sqrt(0.5 * Band.Grid.Rows * Band.Grid.Columns);
        ForHalf((ky, kx) =>
        {
            double g2 = Band.Grid.SquaredFrequency(ky, kx);
            (LinearTheory m, LinearTheory v) = (statistics.Data(g2), statistics.Known(g2).Inverse());
            ((double Re, double Im) a, (double Re, double Im) p) = Parts(truth, ky, kx);
            double l11 = Math.Sqrt(m.Aa);
            double l21 = m.Ap / l11;
            double l22 = Math.Sqrt(m.Pp - (l21 * l21));
            (double re, double im) = Side(a.Re, p.Re, a.Im, p.Im, out (double Re, double Im) second);
            Set(
                wave,
                ky,
                kx,
                ((v.Aa * re) + (v.Ap * second.Re), (v.Aa * im) + (v.Ap * second.Im)),
                ((v.Ap * re) + (v.Pp * second.Re), (v.Ap * im) + (v.Pp * second.Im)));

            (double Re, double Im) Side(double ar, double pr, double ai, double pi, out (double Re, double Im) other)
            {
                (double r1, double r2, double i1, double i2) = (unit * random.Normal(), unit * random.Normal(), unit * random.Normal(), unit * random.Normal());
                other = ((m.Ap * ar) + (m.Pp * pr) + (l21 * r1) + (l22 * r2), (m.Ap * ai) + (m.Pp * pi) + (l21 * i1) + (l22 * i2));
                return ((m.Aa * ar) + (m.Ap * pr) + (l11 * r1), (m.Aa * ai) + (m.Ap * pi) + (l11 * i1));
            }
        });
        return wave;
    }

    private static ((double Re, double Im) A, (double Re, double Im) P) Parts(ComplexPlane wave, int ky, int kx)
    {
        (float re, float im) = wave[Band.RowReach + ky, Band.ColumnReach + kx];
        (float mre, float mim) = wave[Band.RowReach - ky, Band.ColumnReach - kx];
        return ((0.5 * (re + mre), 0.5 * (im - mim)), (0.5 * (im + mim), 0.5 * (mre - re)));
    }

    /// <summary>ψ(g) = a + ip, ψ(−g) = a* + ip*.</summary>
    private static void Set(ComplexPlane wave, int ky, int kx, (double Re, double Im) a, (double Re, double Im) p)
    {
        wave[Band.RowReach + ky, Band.ColumnReach + kx] = ((float)(a.Re - p.Im), (float)(a.Im + p.Re));
        wave[Band.RowReach - ky, Band.ColumnReach - kx] = ((float)(a.Re + p.Im), (float)(p.Re - a.Im));
    }

    private static void ForHalf(Action<int, int> action)
    {
        for (int ky = 0; ky <= Band.RowReach; ky++)
        {
            for (int kx = ky == 0 ? 1 : -Band.ColumnReach; kx <= Band.ColumnReach; kx++)
            {
                if (Band.Contains(ky, kx))
                {
                    action(ky, kx);
                }
            }
        }
    }

    private static double Difference(ComplexPlane a, ComplexPlane b)
    {
        (double sum, double norm) = (0, 0);
        for (int row = 0; row < Band.Rows; row++)
        {
            for (int column = 0; column < Band.Columns; column++)
            {
                ((float re, float im), (float tr, float ti)) = (a[row, column], b[row, column]);
                sum += ((re - tr) * (re - tr)) + ((im - ti) * (im - ti));
                norm += (tr * tr) + (ti * ti);
            }
        }

        return Math.Sqrt(sum / norm);
    }
}
