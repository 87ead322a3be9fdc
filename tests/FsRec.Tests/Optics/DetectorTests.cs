using FsRec.Optics;

namespace FsRec.Tests.Optics;

/// <summary>A detector's curves and what they do to a transfer function, against their formulas.</summary>
public class DetectorTests
{
    private static double Mtf(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x / 2) / (Math.PI * x / 2);

    private static double Nps(double x) => 0.3 + (0.7 * Math.Exp(-x * x));

    private static DetectorCurve Curve(Func<double, double> value) =>
        new([.. Enumerable.Range(0, 201).Select(static i => i / 200.0)], [.. Enumerable.Range(0, 201).Select(i => value(i / 200.0))]);

    [Fact]
    public void Between_points_a_curve_is_straight_and_it_is_relative_to_its_first_value()
    {
        var curve = new DetectorCurve([0.1, 0.5, 1], [8, 4, 2]);
        Assert.Equal(1, curve.At(0));
        Assert.Equal(1, curve.At(0.1));
        Assert.Equal(0.75, curve.At(0.3), 12);
        Assert.Equal(0.5, curve.At(0.5), 12);
        Assert.Equal(0.25, curve.At(1), 12);
        Assert.Equal(curve, new DetectorCurve([0.1, 0.5, 1], [4, 2, 1]));
        Assert.NotEqual(curve, new DetectorCurve([0.1, 0.5, 1], [4, 2, 1.1]));
        Assert.Equal(0.8, DetectorCurve.Even([1, 0.8, 0.5]).At(0.5), 12);
    }

    // exp(−x²/2) itself is continued; a rising end stays level, and a steep one ends at a quarter of its last value.
    [Fact]
    public void Beyond_its_points_a_curve_goes_on_as_a_Gaussian()
    {
        DetectorCurve gauss = Curve(static x => Math.Exp(-x * x / 2));
        Assert.Equal(Math.Exp(-0.9), gauss.At(Math.Sqrt(1.8)), 6);
        Assert.Equal(0.25 * Math.Exp(-0.5), gauss.At(5), 6);
        Assert.Equal(1.1, new DetectorCurve([0, 0.8, 1], [1, 1, 1.1]).At(1.4), 12);
    }

    [Theory]
    [InlineData(new[] { 0.0 }, new[] { 1.0 })]
    [InlineData(new[] { 0.0, 1 }, new[] { 1.0, 0 })]
    [InlineData(new[] { 0.0, 0 }, new[] { 1.0, 1 })]
    [InlineData(new[] { 0.0, 1 }, new[] { 1.0 })]
    [InlineData(new[] { 0.0, double.NaN }, new[] { 1.0, 1 })]
    public void What_is_no_curve_is_refused(double[] frequencies, double[] values) =>
        Assert.Throws<ArgumentException>(() => new DetectorCurve(frequencies, values));

    [Fact]
    public void The_envelope_is_that_of_coherence_times_MTF_over_the_root_of_NPS()
    {
        const double Nyquist = 12;
        var lens = new Microscope { Voltage = 200, C3 = 1e5, Semiconvergence = 0.2, FocusSpread = 4, ImageSpread = 15 };
        Microscope seen = lens with { Detector = new Detector(Curve(Mtf), Curve(Nps), Nyquist) };
        var with = new TransferFunction(seen, -40);
        var without = new TransferFunction(lens, -40);
        double[] g2 = [.. Enumerable.Range(0, 16).Select(static i => Math.Pow(0.79 * i, 2))];
        var (cos, sin, envelope) = (new double[16], new double[16], new double[16]);
        with.Fill(g2, cos, sin, envelope);
        for (int i = 0; i < g2.Length; i++)
        {
            double x = Math.Sqrt(g2[i]) / Nyquist;
            double expected = Mtf(x) / Math.Sqrt(Nps(x));
            // Straight lines between points 1/200 apart are off by (1/200)²/8 · |f''| ≤ 5·10⁻⁶.
            Assert.Equal(expected, with.Envelope(g2[i]) / without.Envelope(g2[i]), 1e-5);
            Assert.Equal(expected, with.ImageEnvelope(g2[i]) / without.ImageEnvelope(g2[i]), 1e-5);
            Assert.Equal(with.Envelope(g2[i]), envelope[i], 1e-12);
            Assert.Equal(without.Phase(g2[i]), with.Phase(g2[i]));
        }
    }
}
