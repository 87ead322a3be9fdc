using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace FsRec.Rendering;

/// <summary>
/// Writes PNG (W3C, third edition): grey or colours of 8 bits, grey of 16 bits. The drawing library's own writer knows no grey of 16 bits and takes
/// five times as long; this one only puts chunks round what the runtime's deflate makes, several strips of rows at a time.
/// </summary>
internal static class PngFile
{
    private const int StripBytes = 1 << 19;
    private const double WorthPacking = 0.8;
    private const uint AdlerModulus = 65521;

    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    // By which a folder's pictures are told from its frames.
    private static readonly byte[] Program = Text("Software", FsRec.Formats.Export.Provenance.Program);

    private delegate void RowFiller(int row, Span<byte> line);

    /// <summary>A picture as the bytes of a PNG.</summary>
    public static byte[] Encode(Picture picture)
    {
        using var memory = new MemoryStream();
        Write(memory, picture);
        return memory.ToArray();
    }

    /// <summary>Writes a picture; as grey where it has no hue.</summary>
    public static void Write(Stream stream, Picture picture)
    {
        int columns = picture.Columns;
        Colors.Rgb[] pixels = picture.Pixels;
        if (picture.IsGray())
        {
            Write(stream, picture.Rows, columns, 8, 1, [Program], (row, line) => Grays(pixels.AsSpan(row * columns, columns), line));
            return;
        }

        // Three bytes a pixel, as they stand in memory.
        Write(stream, picture.Rows, columns, 8, 3, [Program], (row, line) => MemoryMarshal.AsBytes(pixels.AsSpan(row * columns, columns)).CopyTo(line));
    }

    /// <summary>Writes values as grey of 16 bits, 0 for the first and 65535 for the last of a range, which a comment tells.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="map">The values with their shape, scale and unit.</param>
    /// <param name="low">Value of 0.</param>
    /// <param name="high">Value of 65535.</param>
    public static void WriteGray16(Stream stream, ScalarMap map, double low, double high)
    {
        double scale = high > low ? 65535 / (high - low) : 0;
        float[] values = map.Values;
        int columns = map.Columns;
        string comment = string.Create(CultureInfo.InvariantCulture, $"{map.Quantity} = {low:R} + {(high - low) / 65535:R} * value{(map.Unit.Length > 0 ? " " + map.Unit : "")}");
        Write(stream, map.Rows, columns, 16, 1, [Program, Text("Comment", comment), .. Scale(map)], (row, line) => Words(values.AsSpan(row * columns, columns), low, scale, line));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Grays(ReadOnlySpan<Colors.Rgb> pixels, Span<byte> line)
    {
        for (int i = 0; i < pixels.Length; i++)
        {
            line[i] = pixels[i].R;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Words(ReadOnlySpan<float> values, double low, double scale, Span<byte> line)
    {
        for (int i = 0; i < values.Length; i++)
        {
            double v = (values[i] - low) * scale;
            BinaryPrimitives.WriteUInt16BigEndian(line[(2 * i)..], double.IsNaN(v) ? (ushort)0 : (ushort)Math.Round(Math.Clamp(v, 0, 65535)));
        }
    }

    private static void Write(Stream stream, int rows, int columns, int depth, int channels, IReadOnlyList<byte[]> extra, RowFiller fill)
    {
        int pixelBytes = channels * depth / 8;
        int lineBytes = checked(columns * pixelBytes);
        int stripRows = Math.Clamp(StripBytes / Math.Max(1, lineBytes), 1, rows);
        int strips = (rows + stripRows - 1) / stripRows;
        // Each strip is a chunk with a checksum of its own.
        var packed = new ReadOnlyMemory<byte>[strips];
        var sums = new (uint A, uint B, long Count)[strips];
        FrameLoop.Run(strips, 0, CancellationToken.None, s =>
        {
            int first = s * stripRows;
            int count = Math.Min(stripRows, rows - first);
            var raw = new byte[count * (lineBytes + 1)];
            var pixels = new byte[lineBytes];
            for (int r = 0; r < count; r++)
            {
                fill(first + r, pixels);
                // Each byte less the one of the pixel before: filter type 1.
                Span<byte> line = raw.AsSpan(r * (lineBytes + 1), lineBytes + 1);
                line[0] = 1;
                pixels.AsSpan(0, pixelBytes).CopyTo(line[1..]);
                Differences(pixels, pixelBytes, line[(1 + pixelBytes)..]);
            }

            sums[s] = Adler(raw);
            using var memory = new MemoryStream(raw.Length / 2);
            Begin(memory, "IDAT");
            if (s == 0)
            {
                memory.Write([0x78, 0x01]);
            }

            using (var deflate = new DeflateStream(memory, Level(raw), leaveOpen: true))
            {
                deflate.Write(raw);
                // A flush ends at a whole byte, so that the strips can follow one another in one stream.
                deflate.Flush();
                packed[s] = End(memory);
            }
        });
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), rows);
        (header[8], header[9]) = ((byte)depth, (byte)(channels == 1 ? 0 : 2));
        stream.Write(Signature);
        Chunk(stream, "IHDR", header);
        foreach (byte[] chunk in extra)
        {
            stream.Write(chunk);
        }

        (uint a, uint b) = (1, 0);
        for (int s = 0; s < strips; s++)
        {
            (uint sa, uint sb, long count) = sums[s];
            // Sums of parts begin at 1 and 0, and join: zlib's adler32_combine.
            b = (uint)((b + sb + ((a + AdlerModulus - 1) * (ulong)(count % AdlerModulus))) % AdlerModulus);
            a = (a + sa + AdlerModulus - 1) % AdlerModulus;
            stream.Write(packed[s].Span);
        }

        // An empty last block, then the checksum of everything.
        var end = new byte[6];
        end[0] = 0x03;
        BinaryPrimitives.WriteUInt32BigEndian(end.AsSpan(2), (b << 16) | a);
        Chunk(stream, "IDAT", end);
        Chunk(stream, "IEND", []);
    }

    // Packing takes most of the time. Noise in colours gains little by it: strips of which a sample shows that are stored.
    private static CompressionLevel Level(byte[] raw)
    {
        const int Sample = 1 << 14;
        int length = Math.Min(Sample, raw.Length);
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(raw, (raw.Length - length) / 2, length);
        }

        return memory.Length < WorthPacking * length ? CompressionLevel.Fastest : CompressionLevel.NoCompression;
    }

    private static IEnumerable<byte[]> Scale(ScalarMap map) => map.ColumnSampling > 0 && map.RowSampling > 0
        // Size of a pixel in metres.
        ? [Bytes("sCAL", [1, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{map.ColumnSampling * 1e-9:0.######E+0}\0{map.RowSampling * 1e-9:0.######E+0}"))])]
        : [];

    private static byte[] Text(string key, string text) => Bytes("tEXt", Encoding.Latin1.GetBytes(key + "\0" + text));

    private static byte[] Bytes(string type, ReadOnlySpan<byte> data)
    {
        using var memory = new MemoryStream();
        Begin(memory, type);
        memory.Write(data);
        return End(memory).ToArray();
    }

    private static void Chunk(Stream stream, string type, ReadOnlySpan<byte> data) => stream.Write(Bytes(type, data));

    // Length, name, data, and the checksum of name and data. The length is known at the end.
    private static void Begin(MemoryStream memory, string type)
    {
        memory.Write(stackalloc byte[4]);
        memory.Write(Encoding.ASCII.GetBytes(type));
    }

    private static ReadOnlyMemory<byte> End(MemoryStream memory)
    {
        int end = (int)memory.Length;
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(memory.GetBuffer().AsSpan(4, end - 4)));
        memory.Write(number);
        BinaryPrimitives.WriteInt32BigEndian(memory.GetBuffer(), end - 8);
        return memory.GetBuffer().AsMemory(0, end + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Differences(ReadOnlySpan<byte> line, int distance, Span<byte> differences)
    {
        int count = line.Length - distance;
        int i = 0;
        for (; i <= count - Vector256<byte>.Count; i += Vector256<byte>.Count)
        {
            (Vector256.Create(line[(i + distance)..]) - Vector256.Create(line[i..])).CopyTo(differences[i..]);
        }

        for (; i < count; i++)
        {
            differences[i] = (byte)(line[i + distance] - line[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (uint A, uint B, long Count) Adler(ReadOnlySpan<byte> data)
    {
        (uint a, uint b) = (1, 0);
        // So many bytes fit before a sum of 32 bits must be reduced.
        const int Safe = 5552;
        for (int done = 0; done < data.Length; done += Safe)
        {
            foreach (byte x in data[done..Math.Min(data.Length, done + Safe)])
            {
                a += x;
                b += a;
            }

            a %= AdlerModulus;
            b %= AdlerModulus;
        }

        return (a, b, data.Length);
    }
}
