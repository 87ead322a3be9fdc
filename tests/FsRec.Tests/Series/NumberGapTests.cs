using FsRec.Series;

namespace FsRec.Tests.Series;

public class NumberGapTests
{
    [Theory]
    [InlineData("f_000.raw f_001.raw f_003.raw", "")]
    [InlineData("f_000.raw f_001.raw f_002.raw f_004.raw f_005.raw", "f_003.raw")]
    [InlineData("f_8.dm3 f_9.dm3 f_10.dm3 f_12.dm3 f_15.dm3 f_16.dm3 f_17.dm3 f_18.dm3 f_19.dm3 f_20.dm3", "f_11.dm3 f_13.dm3 f_14.dm3")]
    [InlineData("2026-11-27_0010.tif 2026-11-27_0012.tif", "")]
    [InlineData("f_00.mrc f_02.mrc f_04.mrc f_08.mrc f_10.mrc f_12.mrc", "f_06.mrc")]
    [InlineData("f_00.mrc f_01.mrc f_02.mrc f_03.mrc", "")]
    [InlineData("f_00.mrc f_07.mrc f_09.mrc f_30.mrc", "")]
    [InlineData("a_00.mrc b_01.mrc a_02.mrc a_04.mrc a_06.mrc", "")]
    [InlineData("one.mrc two.mrc three.mrc", "")]
    [InlineData("f_3.mrc f_2.mrc f_1.mrc f_0.mrc", "")]
    public void Numbers_without_a_file_are_named(string files, string missing) =>
        Assert.Equal(missing.Split(' ', StringSplitOptions.RemoveEmptyEntries), NumberGap.Missing(files.Split(' ')));
}
