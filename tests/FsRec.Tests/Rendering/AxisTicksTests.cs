using FsRec.Rendering;

namespace FsRec.Tests.Rendering;

public class AxisTicksTests
{
    [Theory]
    [InlineData(0.0103712, 0.0103732)]
    [InlineData(0.96481, 0.96484)]
    [InlineData(-250, -60)]
    [InlineData(1e-9, 3e-9)]
    [InlineData(-4e-13, 5e-13)]
    [InlineData(123456, 123457)]
    [InlineData(0, 1)]
    [InlineData(2e6, 9e6)]
    public void Ticks_are_told_apart_by_short_texts_that_give_back_their_values(double low, double high)
    {
        AxisTicks axis = AxisTicks.Linear(low, high, 6);

        Assert.InRange(axis.Ticks.Count, 3, 14);
        Assert.Equal(axis.Ticks.Count, axis.Ticks.Select(static t => t.Text).Distinct().Count());
        Assert.All(axis.Ticks, t => Assert.InRange(t.Text.Length, 1, 8));
        (double offset, double unit) = Parse(axis.Note);
        Assert.All(axis.Ticks, t => Assert.InRange(Math.Abs(offset + (unit * Number(t.Text)) - t.At), 0, 1e-3 * (high - low)));
    }

    [Fact]
    public void Values_of_common_size_need_no_note()
    {
        Assert.Equal("", AxisTicks.Linear(-3, 3, 6).Note);
        Assert.Equal("", AxisTicks.Linear(0.94, 1.06, 6).Note);
    }

    [Fact]
    public void Less_than_a_step_of_a_logarithmic_axis_has_ticks_too()
    {
        // 3.1e-3 to 4.5e-3: none of 1, 2, 5 times a power of ten lies between.
        AxisTicks axis = AxisTicks.Logarithmic(Math.Log10(3.1e-3), Math.Log10(4.5e-3), 6, null);

        Assert.InRange(axis.Ticks.Count, 3, 12);
        Assert.All(axis.Ticks, t => Assert.InRange(t.At, Math.Log10(3.1e-3), Math.Log10(4.5e-3)));
        Assert.Equal(axis.Ticks.Count, axis.Ticks.Select(static t => t.Text).Distinct().Count());
    }

    [Fact]
    public void Zeros_have_a_place_on_a_logarithmic_axis()
    {
        AxisTicks axis = AxisTicks.Logarithmic(-3.5, -1, 6, -3.5);

        Assert.Equal((-3.5, "0"), axis.Ticks[0]);
        Assert.All(axis.Ticks.Skip(1), static t => Assert.True(t.At > -3.3));
    }

    private static (double Offset, double Unit) Parse(string note)
    {
        if (note.Length == 0)
        {
            return (0, 1);
        }

        string formula = note["value = ".Length..];
        string[] times = formula.Split(" × ");
        string[] sum = times[0].Split(" + ");
        return (sum.Length > 1 ? Number(sum[0]) : 0, times.Length > 1 ? Number(times[1]) : 1);
    }

    private static double Number(string text) => double.Parse(text.Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture);
}
