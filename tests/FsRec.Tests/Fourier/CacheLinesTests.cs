using FsRec.Fourier;

namespace FsRec.Tests.Fourier;

/// <summary>Lines that are read ahead.</summary>
public sealed unsafe class CacheLinesTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(32)]
    public void Every_line_is_read_and_none_beyond(int lines)
    {
        const int Floats = AlignedBuffer.Alignment / sizeof(float);
        using var buffer = new AlignedBuffer((lines + 2) * Floats);
        int* numbers = (int*)buffer.Pointer;
        int expected = 0;
        for (int line = 0; line < lines; line++)
        {
            numbers[line * Floats] = 1 << line;
            expected |= 1 << line;
        }

        Assert.Equal(expected, CacheLines.Fetch(buffer.Pointer, lines * Floats));
        numbers[lines * Floats] = -1;
        Assert.Equal(expected, CacheLines.Fetch(buffer.Pointer, lines * Floats));
        GC.KeepAlive(buffer);
    }
}
