using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;
using FsRec.Statistics;
using FsRec.Tests.Series;

namespace FsRec.Tests.Statistics;

public class PriorPowersTests
{
    private const double Noise = 0.01;
    private static readonly Calibration Frame = new(128, 128, 0.05, 0.05);
    private static readonly double[] Foci = [.. Enumerable.Range(0, 16).Select(static n => -320.0 + (20 * n))];

    /// <summary>
    /// Images made by the linear theory from random amplitude and phase of known power, frames displaced at random: powers do not depend on
    /// places. A ring between 1.5 and 3.5/nm has some 60 to 140 independent frequencies, of which the power is known to 12 %; eight rings
    /// are taken together, and the bound is about three standard errors.
    /// </summary>
    [Fact]
    public void Powers_of_amplitude_and_phase_are_told_apart()
    {
        FocalSeries series = Simulated();
        double[] noise = [.. Foci.Select(static _ => Noise)];
        PriorPowers prior = SeriesStatistics.Of(series, noise, 1, null, CancellationToken.None).Prior;
        foreach (double from in (double[])[1.5, 2.5])
        {
            double[] rings = [.. Enumerable.Range(0, 8).Select(i => from + (0.125 * i))];
            Assert.Equal(1, rings.Average(g => prior.At(g).Phase / PhasePower(g)), 0.12);
            Assert.Equal(1, rings.Average(g => prior.At(g).Amplitude / AmplitudePower(g)), 0.25);
        }
    }

    [Fact]
    public void Neither_power_is_less_than_its_least_share_and_empty_rings_are_filled_from_their_neighbours()
    {
        var prior = new PriorPowers(0.5, [1, 1, 1e-9, double.NaN, 0, 1], [4, 4, 4, double.NaN, 0, 16], 0);
        Assert.Equal(0.003 * 4, prior.At(1).Amplitude, 1e-4);
        // Between 4 at 1/nm and 16 at 2.5/nm by the straight line of the logarithms: 4^(1 + 1/3), 4^(1 + 2/3).
        Assert.Equal(Math.Pow(4, 4.0 / 3), prior.At(1.5).Phase, 1e-9);
        Assert.Equal(Math.Pow(4, 5.0 / 3), prior.At(2).Phase, 1e-9);
    }

    [Fact]
    public void Below_the_lower_limit_both_go_on_as_the_inverse_square()
    {
        var prior = new PriorPowers(0.25, [9, 9, 9, 9, 1], [9, 9, 9, 9, 2], 1);
        Assert.Equal(new PriorPower(4, 8), prior.At(0.5));
        Assert.Equal(new PriorPower(16, 32), prior.At(0.25));
    }

    /// <summary>
    /// A wave with Re a*p of −0.8 of the most that its powers allow, drawn anew at each frequency, and frames that say all: what is found is
    /// what was drawn. Rings of 40 to 160 independent frequencies tell a coherence r to (1 − r²)/√n; the bound on their mean is four of its errors.
    /// </summary>
    [Fact]
    public void How_amplitude_and_phase_go_together_is_found()
    {
        var band = new WaveBand(FrequencyGrid.Of(Frame), 4);
        double[] noise = [.. Foci.Select(static _ => 1e-8)];
        double[] flat = [.. Enumerable.Repeat(1.0, 27)];
        SeriesInformation information = SampleStatistics.Of(band, new Microscope { C3 = 1e4 }, [.. Foci], noise, new PriorPowers(0.16, flat, flat, 0))
            .Information(1, CancellationToken.None);
        ComplexPlane wave = band.CreateSpectrum();
        var random = new RandomStream(5, 0);
        double unit = Math.Sqrt(0.5 * band.Grid.Rows * band.Grid.Columns);
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = ky == 0 ? 1 : -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                if (band.Contains(ky, kx))
                {
                    (double pr, double pi) = (unit * random.Normal(), unit * random.Normal());
                    (double ar, double ai) = (0.2 * ((-0.8 * pr) + (0.6 * unit * random.Normal())), 0.2 * ((-0.8 * pi) + (0.6 * unit * random.Normal())));
                    // ψ(g) = a + ip, ψ(−g) = a* + ip*.
                    wave[band.RowReach + ky, band.ColumnReach + kx] = ((float)(ar - pi), (float)(ai + pr));
                    wave[band.RowReach - ky, band.ColumnReach - kx] = ((float)(ar + pi), (float)(pr - ai));
                }
            }
        }

        PriorPowers found = new PriorPowers(0.16, flat, flat, 0).FromPosterior(information, wave, 0, coherent: true);
        int[] rings = [.. Enumerable.Range(6, 18)];
        Assert.Equal(-0.8, rings.Average(i => found.Coherence[i]), 0.03);
        Assert.Equal(-0.8 * 0.2, rings.Average(i => found.At(i * found.Step).Common), 0.02);
        Assert.All(new PriorPowers(0.16, flat, flat, 0).FromPosterior(information, wave, 0).Coherence, static c => Assert.Equal(0, c));
    }

    private static double PhasePower(double g) => 0.2 * Math.Exp(-g);

    private static double AmplitudePower(double g) => 0.08 * Math.Exp(-0.6 * g);

    private static FocalSeries Simulated()
    {
        ReconstructionParameters parameters = SmallSeries.Parameters(Frame, 4, Foci) with { Microscope = new Microscope { C3 = 1e4 } };
        var transform = new RealTransform(Frame.Rows, Frame.Columns);
        using RealTransformScratch scratch = transform.CreateScratch();
        using ComplexPlane amplitude = transform.CreateHalfPlane();
        using ComplexPlane phase = transform.CreateHalfPlane();
        transform.Forward(SmallSeries.Noise(Frame.PixelCount, 0, 1, 1), amplitude, scratch);
        transform.Forward(SmallSeries.Noise(Frame.PixelCount, 0, 1, 2), phase, scratch);
        var grid = FrequencyGrid.Of(Frame);
        var random = new Random(3);
        return new FocalSeries(parameters, [.. Foci.Select(One)]);

        float[] One(double focus, int n)
        {
            var transfer = new TransferFunction(parameters.Microscope with { FocusSpread = 0, ImageSpread = 0, Semiconvergence = 0 }, focus);
            using ComplexPlane image = transform.CreateHalfPlane();
            (double dx, double dy) = (20 * random.NextDouble(), 20 * random.NextDouble());
            for (int row = 0; row < Frame.Rows; row++)
            {
                int ky = FrequencyGrid.Signed(row, Frame.Rows);
                for (int kx = 0; kx < transform.HalfColumns; kx++)
                {
                    double g2 = grid.SquaredFrequency(ky, kx);
                    double g = Math.Sqrt(g2);
                    // Where an axis has no mirror image of its own, a displacement by a fraction makes no real image.
                    double scale = g > 0 && g < 9 ? 1 : 0;
                    double a = 2 * scale * Math.Sqrt(AmplitudePower(g)) * Math.Cos(transfer.Phase(g2));
                    double p = 2 * scale * Math.Sqrt(PhasePower(g)) * Math.Sin(transfer.Phase(g2));
                    (float ar, float ai) = amplitude[row, kx];
                    (float pr, float pi) = phase[row, kx];
                    System.Numerics.Complex value = new System.Numerics.Complex((a * ar) + (p * pr), (a * ai) + (p * pi))
                        * System.Numerics.Complex.FromPolarCoordinates(1, -2 * Math.PI * ((kx * dx / Frame.Columns) + (ky * dy / Frame.Rows)));
                    image[row, kx] = ((float)value.Real, (float)value.Imaginary);
                }
            }

            float[] pixels = SmallSeries.Noise(Frame.PixelCount, 1, Math.Sqrt(Noise), 10 + n);
            var shown = new float[Frame.PixelCount];
            transform.InverseColumns(image, scratch);
            transform.InverseRows(image, 0, Frame.Rows, 0, Frame.Columns, shown, scratch);
            return [.. pixels.Zip(shown, static (noise, v) => noise + v)];
        }
    }
}
