using System.Runtime.InteropServices;
using System.Text;
using FsRec.Formats.Export;

namespace FsRec.Formats.Numpy;

/// <summary>Writes <c>.npy</c>, which has no place for scale or provenance.</summary>
internal static class NumpyWriter
{
    /// <summary>Writes images.</summary>
    public static void Write(Stream stream, ImageContent content, CancellationToken cancellationToken)
    {
        Calibration c = content.Calibration;
        string shape = FormattableString.Invariant(content.Frames > 1 ? (FormattableString)$"({content.Frames}, {c.Rows}, {c.Columns})" : $"({c.Rows}, {c.Columns})");
        string header = $"{{'descr': '<{(content.IsComplex ? "c8" : "f4")}', 'fortran_order': False, 'shape': {shape}, }}";

        // The data begins at a multiple of 64.
        const int start = 10;
        int padded = ((start + header.Length + 1 + 63) / 64 * 64) - start;
        stream.Write([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, (byte)padded, (byte)(padded >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n"));
        foreach ((_, float[] values) in content.Images(cancellationToken))
        {
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }
}
