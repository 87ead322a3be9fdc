using System.Diagnostics;
using FsRec.Formats.Images;
using FsRec.Formats.Raw;

namespace FsRec.Benchmarks;

/// <summary>
/// How long all images of files take to be read into numbers of single precision, beside the bytes of the file alone, as <c>cat</c> reads them.
/// <c>reading FILE …</c>; processor time, and the clock's in brackets. A file without a header is taken for uint16 of 4096².
/// </summary>
internal static class ReadingTimes
{
    private const int Rounds = 3;
    private const int Raw = 4096;

    /// <summary>Prints the table.</summary>
    public static void Run(string[] paths)
    {
        foreach (string path in paths)
        {
            (double bytes, double bytesWall) = Best(() => ReadBytes(path));
            (double images, double imagesWall) = Best(() => ReadImages(path));
            Console.WriteLine(FormattableString.Invariant(
                $"{Path.GetFileName(path),-12} {new FileInfo(path).Length / 1e9:0.00} GB   bytes {bytes:0.00} s ({bytesWall:0.00})   images {images:0.00} s ({imagesWall:0.00})   ratio {images / bytes:0.0}"));
        }
    }

    private static (double Cpu, double Wall) Best(Action action)
    {
        (double Cpu, double Wall) best = (double.PositiveInfinity, double.PositiveInfinity);
        for (int i = 0; i < Rounds; i++)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            action();
            best = (Math.Min(best.Cpu, (Environment.CpuUsage.TotalTime - before).TotalSeconds), Math.Min(best.Wall, Stopwatch.GetElapsedTime(start).TotalSeconds));
        }

        return best;
    }

    private static void ReadBytes(string path)
    {
        using var file = File.OpenHandle(path);
        var buffer = new byte[1 << 17];
        for (long offset = 0; RandomAccess.Read(file, buffer, offset) is > 0 and var count; offset += count)
        {
        }
    }

    private static void ReadImages(string path)
    {
        bool isRaw = path.EndsWith(".raw", StringComparison.Ordinal);
        var raw = new RawFormat { PixelType = PixelType.UInt16, Rows = Raw, Columns = Raw };
        using ImageFile file = isRaw ? ImageFile.OpenRaw(path, raw) : ImageFile.Open(path);
        var target = new float[file.Main.Info.ValueCount];
        for (int frame = 0; frame < file.Main.Info.Frames; frame++)
        {
            file.Main.Read(frame, target);
        }
    }
}
