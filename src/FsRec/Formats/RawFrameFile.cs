using FsRec.Parameters;
using Microsoft.Win32.SafeHandles;

namespace FsRec.Formats;

/// <summary>
/// A frame as PyFSRec reads it: row-major float32 without a header, in <c>basenameNNN.raw</c>, NNN the image number with
/// at least three digits.
/// </summary>
public static class RawFrameFile
{
    /// <summary>The file name of an image.</summary>
    /// <param name="baseName">INPUTFILENAME of the parameter file.</param>
    /// <param name="imageNumber">Number of the image, from 0.</param>
    public static string Name(string baseName, int imageNumber) => NumberedFiles.Name(baseName, imageNumber);

    /// <summary>Reads one frame.</summary>
    /// <param name="path">The file.</param>
    /// <param name="calibration">The shape it must have.</param>
    /// <param name="target">Where the rows · columns pixels go, row-major.</param>
    /// <exception cref="DataException">The file is missing or of another size.</exception>
    public static void Read(string path, Calibration calibration, Span<float> target)
    {
        using SafeFileHandle handle = Open(path, calibration);
        BinaryFile.Read(handle, target[..calibration.PixelCount], path);
    }

    /// <summary>Makes sure that a frame is there and of the right size, without reading it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="calibration">The shape it must have.</param>
    /// <exception cref="DataException">The file is missing or of another size.</exception>
    internal static void Check(string path, Calibration calibration) => Open(path, calibration).Dispose();

    /// <summary>Writes one frame, beside its place and renamed into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pixels">Row-major pixels.</param>
    public static void Write(string path, ReadOnlySpan<float> pixels)
    {
        byte[] bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(pixels).ToArray();
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    private static SafeFileHandle Open(string path, Calibration calibration)
    {
        SafeFileHandle handle = BinaryFile.Open(
            path,
            "The frame",
            "Check INPUTPATH, INPUTFILENAME, NImages and Range: frames are named basename000.raw, basename001.raw and so on.",
            out long length);
        long expected = calibration.PixelCount * (long)sizeof(float);
        if (length == expected)
        {
            return handle;
        }

        handle.Dispose();
        throw new DataException(
            $"The frame '{path}' has {length} bytes; {calibration.Rows}×{calibration.Columns} pixels of float32 take {expected}. {SizeHint(length, calibration)}");
    }

    private static string SizeHint(long length, Calibration calibration)
    {
        if (length == 0)
        {
            return "Is it still being written, or is it a pipe or device and no file?";
        }

        // Shape and kind of number are both only said: what the size fits may be either.
        double side = Math.Sqrt(length / 4.0);
        string? shape = side == Math.Floor(side) ? FormattableString.Invariant($"Dimensions=[{side:0}, {side:0}]") : null;
        string? type = (length / (double)calibration.PixelCount) switch
        {
            1 => "8-bit integers (Pixeltype=UInt8)",
            2 => "16-bit integers (Pixeltype=UInt16 or Int16)",
            8 => "float64 (Pixeltype=Float64)",
            _ => null,
        };
        return (shape, type) switch
        {
            ({ } fits, { } holds) => $"It would fit {fits}; or it holds {holds}, or has another shape: check Dimensions and Pixeltype.",
            ({ } fits, null) => $"It would fit {fits}.",
            (null, { } holds) => $"It may hold {holds}, or have another shape: check Pixeltype and Dimensions.",
            _ => "Is it still being written, does it have a header (Headerbytes), or another shape (Dimensions)?",
        };
    }
}
