namespace FsRec.Tests.Core;

public class CountedTests
{
    [Theory]
    [InlineData(0, "0 iterations")]
    [InlineData(1, "1 iteration")]
    [InlineData(2, "2 iterations")]
    public void One_is_one(int count, string expected) => Assert.Equal(expected, Counted.Of(count, "iteration"));
}
