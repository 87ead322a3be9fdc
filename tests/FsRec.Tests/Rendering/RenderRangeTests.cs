using FsRec.Rendering;

namespace FsRec.Tests.Rendering;

/// <summary>The range of colours is one, or refused.</summary>
public sealed class RenderRangeTests
{
    private static readonly ScalarMap Map = new([0, 1, 2, 3], 2, 2, "x", "");

    [Theory]
    [InlineData(double.NaN, 1.0)]
    [InlineData(0.0, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, 1.0)]
    [InlineData(2.0, 1.0)]
    [InlineData(double.NaN, null)]
    [InlineData(null, double.NaN)]
    [InlineData(-1e308, 1.7e308)]
    [InlineData(4.0, null)]
    [InlineData(null, -1.0)]
    public void What_is_no_range_is_refused(double? low, double? high)
    {
        FsRecException exception = Assert.Throws<FsRecException>(() => Map.Range(new RenderOptions { Minimum = low, Maximum = high, Clip = 0 }));

        Assert.StartsWith("Found colours ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_value_is_a_range_of_data_that_are_all_alike_and_none_that_is_asked_for()
    {
        var one = new RenderOptions { Minimum = 1, Maximum = 1 };

        Assert.Equal((1, 1), Map.Range(one));
        Assert.StartsWith("Found colours from 1 to 1", Assert.Throws<FsRecException>(one.Require).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_end_may_come_from_the_values()
    {
        Assert.Equal((1, 3), Map.Range(new RenderOptions { Minimum = 1, Clip = 0 }));
        Assert.Equal((0, 2.5), Map.Range(new RenderOptions { Maximum = 2.5, Clip = 0 }));
        Assert.Equal((3, 3), Map.Range(new RenderOptions { Minimum = 3, Clip = 0 }));
    }
}
