using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Tests.Optics;

public sealed class FrameOpticsTests
{
    private static readonly Calibration Shape = new(40, 54, 0.06, 0.05);
    private static readonly Microscope Microscope = new() { C3 = 5e4, C5 = 1e7, Semiconvergence = 0.3, ImageSpread = 25 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_table_holds_exp_minus_i_chi_inside_the_limit_and_nothing_outside(bool envelopes)
    {
        const double Limit = 5;
        var band = new WaveBand(FrequencyGrid.Of(Shape), Limit);
        using ComplexPlane table = FrameOptics.ImageTransfer(band, new TransferFunction(Microscope, -120), envelopes);
        int outside = 0;

        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                double g = NaiveOptics.Frequency(Shape, ky, FrequencyGrid.Index(kx, Shape.Columns));
                (float re, float im) = table[ky, kx + band.ColumnReach];
                double size = g <= Limit ? envelopes ? NaiveOptics.Envelope(Microscope, -120, g) : 1 : 0;
                double chi = NaiveOptics.Chi(Microscope, -120, g);
                Assert.Equal(size * Math.Cos(chi), re, 1e-6);
                Assert.Equal(-size * Math.Sin(chi), im, 1e-6);
                outside += size == 0 ? 1 : 0;
            }
        }

        Assert.True(outside > 0);
    }

    [Fact]
    public void The_band_reaches_to_the_limit_on_each_axis()
    {
        // Steps 1/(40·0.06) = 0.4167 and 1/(54·0.05) = 0.3704 1/nm: 5 is 12 and 13.5 of them.
        var band = new WaveBand(FrequencyGrid.Of(Shape), 5);

        Assert.Equal((12, 13), (band.RowReach, band.ColumnReach));
        Assert.Equal((25, 27), (band.Rows, band.Columns));
        Assert.True(band.Contains(12, 0) && band.Contains(0, -13) && !band.Contains(12, 1) && !band.Contains(9, 10));
    }

    [Fact]
    public void The_band_ends_below_Nyquist()
    {
        var even = new WaveBand(FrequencyGrid.Of(new Calibration(40, 41, 0.05, 0.05)), 100);

        Assert.Equal((19, 20), (even.RowReach, even.ColumnReach));
    }
}
