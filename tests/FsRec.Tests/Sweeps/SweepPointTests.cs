using FsRec.Sweeps;

namespace FsRec.Tests.Sweeps;

public sealed class SweepPointTests
{
    [Fact]
    public void A_grid_has_every_combination_in_the_order_of_the_table_of_keys()
    {
        IReadOnlyList<SweepPoint> points = SweepPoint.Grid([new SweepAxis("limit", ["4", "5"]), new SweepAxis("FOCUSSPREAD", ["3", "6", "9"])]);

        Assert.Equal(
            ["Focusspread=3, Limit=4", "Focusspread=3, Limit=5", "Focusspread=6, Limit=4", "Focusspread=6, Limit=5", "Focusspread=9, Limit=4", "Focusspread=9, Limit=5"],
            points.Select(static point => point.ToString()));
        Assert.Equal("Focusspread-6_Limit-5", points[3].Name);
    }

    [Fact]
    public void Spellings_of_one_value_are_one_run() =>
        Assert.Equal(["4", "5"], new SweepAxis("Limit", ["4", "4.0", "5", "+4"]).Values);

    [Fact]
    public void Names_tell_lists_apart_and_are_fit_for_a_file_system()
    {
        IReadOnlyList<SweepPoint> points = SweepPoint.Grid(
            [new SweepAxis("Foci", ["[1,11]", "[11,1]", "[1,1,1]", "[-1,11]"]), new SweepAxis("INPUTPATH", ["a/b", "a\\b", "ab", "a b", "a:b*?"])]);

        Assert.Equal(20, points.Select(static point => point.Name.ToUpperInvariant()).Distinct().Count());
        Assert.All(points, static point => Assert.Matches("^[A-Za-z0-9_.+-]{1,120}$", point.Name));
    }

    [Fact]
    public void Names_of_many_values_stay_short_and_apart()
    {
        string start = string.Join(',', Enumerable.Range(0, 300));
        IReadOnlyList<SweepPoint> points = SweepPoint.Grid([new SweepAxis("Foci", [$"[{start},1]", $"[{start},2]"])]);

        Assert.NotEqual(points[0].Name, points[1].Name);
        Assert.All(points, static point => Assert.InRange(point.Name.Length, 1, 120));
    }

    [Theory]
    [InlineData("Limt", "nearest key is Limit")]
    [InlineData("OUTPUTPATH", "folder of its own")]
    public void Keys_that_cannot_be_swept_are_refused(string key, string reason) =>
        Assert.Contains(reason, Assert.Throws<FsRecException>(() => new SweepAxis(key, ["1"])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_grid_takes_each_key_once_and_one_at_least()
    {
        Assert.Throws<FsRecException>(() => SweepPoint.Grid([]));
        Assert.Throws<FsRecException>(() => SweepPoint.Grid([new SweepAxis("Limit", ["1"]), new SweepAxis("limit", ["2"])]));
        Assert.Throws<FsRecException>(() => new SweepAxis("Limit", []));
    }
}
