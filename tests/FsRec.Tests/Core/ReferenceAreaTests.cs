using FsRec.Parameters;

namespace FsRec.Tests.Core;

public sealed class ReferenceAreaTests
{
    [Theory]
    [InlineData(512, 512, 128, 128, 256, 256)]
    [InlineData(100, 60, 25, 15, 50, 30)]
    [InlineData(101, 61, 25, 15, 50, 30)] // 101/2 − 50/2, 61/2 − 30/2 in whole numbers
    public void Without_AREA_it_is_the_middle_half_of_the_frame(int rows, int columns, int top, int left, int areaRows, int areaColumns) =>
        Assert.Equal(new ReferenceArea(top, left, areaRows, areaColumns), Image(rows, columns).GetReferenceArea());

    [Fact]
    public void AREA_is_rows_and_columns_round_the_centre()
    {
        ReferenceArea area = (Image(100, 60) with { AreaRows = 40, AreaColumns = 10 }).GetReferenceArea();

        Assert.Equal(new ReferenceArea(30, 25, 40, 10), area);
        Assert.Equal((70, 35, 400), (area.Bottom, area.Right, area.PixelCount));
    }

    [Fact]
    public void Offset_moves_it_down_and_right()
    {
        ReferenceArea area = (Image(100, 60) with { AreaRows = 40, AreaColumns = 10, OffsetRows = -30, OffsetColumns = 25 }).GetReferenceArea();

        Assert.Equal(new ReferenceArea(0, 50, 40, 10), area);
    }

    [Fact]
    public void It_may_be_the_whole_frame() =>
        Assert.Equal(new ReferenceArea(0, 0, 101, 60), (Image(101, 60) with { AreaRows = 101, AreaColumns = 60 }).GetReferenceArea());

    [Theory]
    [InlineData(40, 10, -31, 0)]
    [InlineData(40, 10, 31, 0)]
    [InlineData(40, 10, 0, -26)]
    [InlineData(40, 10, 0, 26)]
    [InlineData(101, 10, 0, 0)]
    [InlineData(40, 62, 0, 0)]
    [InlineData(0, 10, 0, 0)]
    public void One_that_does_not_lie_inside_the_frame_is_refused(int rows, int columns, int down, int right)
    {
        ImageParameters image = Image(100, 60) with { AreaRows = rows, AreaColumns = columns, OffsetRows = down, OffsetColumns = right };

        string message = Assert.Throws<FsRecException>(() => image.GetReferenceArea()).Message;

        Assert.Contains("100×60", message, StringComparison.Ordinal);
        Assert.Contains("AREA", message, StringComparison.Ordinal);
        Assert.Contains("Offset", message, StringComparison.Ordinal);
    }

    private static ImageParameters Image(int rows, int columns) => new() { Calibration = new Calibration(rows, columns, 0.05, 0.05) };
}
