namespace FsRec.Tests.Core;

public class StatedTests
{
    [Theory]
    [InlineData(1.25, 2.5, "1.3, 2.5 px")]
    [InlineData(double.PositiveInfinity, 2.5, "unknown, 2.5 px")]
    [InlineData(double.NaN, double.PositiveInfinity, "unknown")]
    public void Lengths_that_are_none_are_unknown(double columns, double rows, string expected) => Assert.Equal(expected, Stated.Pixels(columns, rows, "0.0"));

    [Theory]
    [InlineData(0.25, "0.250 of")]
    [InlineData(12.34, "12.3 times")]
    [InlineData(double.NaN, "an unknown part of")]
    public void A_part_is_less_than_the_whole(double ratio, string expected) => Assert.Equal(expected, Stated.Part(ratio));
}
