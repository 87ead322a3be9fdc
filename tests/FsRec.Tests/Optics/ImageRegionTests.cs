using FsCheck.Xunit;
using FsRec.Optics;

namespace FsRec.Tests.Optics;

public sealed class ImageRegionTests
{
    [Property(MaxTest = 500)]
    public void It_holds_the_area_and_the_reach_round_it_or_the_whole_axis(int seed)
    {
        var random = new Random(seed);
        var frame = new Calibration(random.Next(1, 600), random.Next(1, 600), 0.02 + (0.1 * random.NextDouble()), 0.02 + (0.1 * random.NextDouble()));
        int rows = random.Next(1, frame.Rows + 1);
        int columns = random.Next(1, frame.Columns + 1);
        var area = new ReferenceArea(random.Next(0, frame.Rows - rows + 1), random.Next(0, frame.Columns - columns + 1), rows, columns);
        double reach = 4 * random.NextDouble();

        var region = ImageRegion.Around(area, frame, reach);

        AssertAxis(region.Top, region.Rows, area.Top, area.Rows, frame.Rows, reach / frame.RowSampling);
        AssertAxis(region.Left, region.Columns, area.Left, area.Columns, frame.Columns, reach / frame.ColumnSampling);
    }

    [Fact]
    public void A_small_area_takes_no_more_than_it_needs()
    {
        // 64 + 2·⌈0.55 / 0.05⌉ = 86 rows: 96 = 6·16. Columns: 64 + 2·⌈0.55 / 0.04⌉ = 92: 96 too.
        var region = ImageRegion.Around(new ReferenceArea(0, 200, 64, 64), new Calibration(512, 512, 0.05, 0.04), 0.55);

        Assert.Equal(new ImageRegion(-16, 184, 96, 96), region);
    }

    [Fact]
    public void An_infinite_reach_takes_the_whole_frame()
    {
        var region = ImageRegion.Around(new ReferenceArea(5, 6, 10, 10), new Calibration(100, 90, 0.05, 0.05), double.PositiveInfinity);

        Assert.Equal(new ImageRegion(0, 0, 100, 90), region);
    }

    private static void AssertAxis(int first, int count, int areaFirst, int areaCount, int frame, double reach)
    {
        if (count == frame)
        {
            Assert.Equal(0, first);
            return;
        }

        Assert.InRange(count, 1, frame - 1);
        Assert.True(areaFirst - first >= reach && first + count - (areaFirst + areaCount) >= reach, $"{first}, {count} round {areaFirst}, {areaCount} leaves less than {reach}.");
        Assert.Equal(0, count % 16);
        int rest = count / 16;
        foreach (int prime in (int[])[2, 3, 5])
        {
            while (rest % prime == 0)
            {
                rest /= prime;
            }
        }

        Assert.Equal(1, rest);
    }
}
