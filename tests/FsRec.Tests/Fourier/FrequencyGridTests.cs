using FsRec.Fourier;

namespace FsRec.Tests.Fourier;

/// <summary>How far a band reaches on a spectrum's grid.</summary>
public class FrequencyGridTests
{
    // 10 rows of 0.1 nm: 1 1/nm a step, and below Nyquist 4 to either side; 7 columns of 0.2 nm: 0.714 1/nm, 3.
    private static readonly FrequencyGrid Grid = FrequencyGrid.Of(new Calibration(10, 7, 0.1, 0.2));

    [Theory]
    [InlineData(0.5, 0, 0)]
    [InlineData(2, 2, 2)]
    [InlineData(100, 4, 3)]
    [InlineData(1e300, 4, 3)]
    [InlineData(double.PositiveInfinity, 4, 3)]
    public void A_band_reaches_to_its_limit_or_below_Nyquist(double limit, int rows, int columns) =>
        Assert.Equal((rows, columns), (Grid.RowReach(limit), Grid.ColumnReach(limit)));
}
