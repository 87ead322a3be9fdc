using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FsRec.Formats;

/// <summary>
/// A wave as PyFSRec writes it (<c>.wav</c>, no sound): row-major pairs of real and imaginary part without a header.
/// It is written as complex64 (two float32); two float16 are read as well, told by the file's size.
/// </summary>
public static class WaveFile
{
    /// <summary>Reads a wave.</summary>
    /// <param name="path">The file.</param>
    /// <param name="calibration">Shape and scale it must have.</param>
    /// <exception cref="DataException">The file is missing, of another size, or not finite.</exception>
    public static ExitWave Read(string path, Calibration calibration)
    {
        using SafeFileHandle handle = BinaryFile.Open(path, "The wave", "Run a reconstruction first, or check OUTPUTPATH and OUTPUTFILENAME.", out long length);
        var data = new float[2 * calibration.PixelCount];
        if (length == 8L * calibration.PixelCount)
        {
            BinaryFile.Read(handle, data.AsSpan(), path);
        }
        else if (length == 4L * calibration.PixelCount)
        {
            var halves = new Half[data.Length];
            BinaryFile.Read(handle, halves.AsSpan(), path);
            for (int i = 0; i < data.Length; i++)
            {
                data[i] = (float)halves[i];
            }
        }
        else
        {
            throw new DataException(
                $"The wave '{path}' has {length} bytes; {calibration.Rows}×{calibration.Columns} pixels take {8L * calibration.PixelCount} as complex64 or {4L * calibration.PixelCount} as pairs of float16. Check Dimensions.");
        }

        int bad = data.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        return bad < 0
            ? new ExitWave(calibration, data) { SourceFile = Path.GetFullPath(path) }
            : throw new DataException(
                $"The wave '{path}' holds {data[bad]} at row {bad / 2 / calibration.Columns}, column {bad / 2 % calibration.Columns}; it must be finite.");
    }

    /// <summary>Writes a wave as complex64, beside its place and renamed into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wave">The wave.</param>
    public static void Write(string path, ExitWave wave) =>
        AtomicFile.Write(path, stream => stream.Write(MemoryMarshal.AsBytes(wave.Interleaved)));
}
