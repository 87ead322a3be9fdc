using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using FsRec.Formats.Export;

namespace FsRec.Formats.Mrc;

/// <summary>Writes MRC2014: mode 2 of real and mode 4 of complex images, little-endian. The first row of an image is the first in the file.</summary>
internal static class MrcWriter
{
    private const int LabelBytes = 80;
    private const int MostLabels = 10;

    /// <summary>Writes images.</summary>
    public static void Write(Stream stream, ImageContent content, CancellationToken cancellationToken)
    {
        Calibration c = content.Calibration;
        var header = new byte[MrcHeader.Bytes];
        void Int(int word, int value) => BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4 * (word - 1)), value);
        void Real(int word, double value) => BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(4 * (word - 1)), (float)value);
        Int(1, c.Columns);
        Int(2, c.Rows);
        Int(3, content.Frames);
        Int(4, content.IsComplex ? 4 : 2);
        Int(8, c.Columns);
        Int(9, c.Rows);
        Int(10, content.Frames);
        Real(11, 10 * c.ColumnSampling * c.Columns);
        Real(12, 10 * c.RowSampling * c.Rows);
        Real(13, content.Frames);
        Real(14, 90);
        Real(15, 90);
        Real(16, 90);
        Int(17, 1);
        Int(18, 2);
        Int(19, 3);

        // Extremes that are not known are written as such: the greatest below the least.
        Real(21, -1);
        Real(22, -2);
        Real(55, -1);
        Int(28, 20141);
        "MAP "u8.CopyTo(header.AsSpan(208));
        header[212] = header[213] = 0x44;
        string[] labels = [.. Labels(content).Take(MostLabels)];
        Int(56, labels.Length);
        for (int i = 0; i < labels.Length; i++)
        {
            Span<byte> place = header.AsSpan(224 + (LabelBytes * i), LabelBytes);
            place.Fill((byte)' ');
            Encoding.ASCII.GetBytes(labels[i], place);
        }

        stream.Write(header);
        foreach ((_, float[] values) in content.Images(cancellationToken))
        {
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    // Ten lines of 80 characters are the format's place for what made a file: the foci come last, as far as they fit.
    private static IEnumerable<string> Labels(ImageContent content)
    {
        List<string> texts = [Provenance.Program + ": " + content.Provenance.Content];
        texts.AddRange(content.Labels.Select(static (label, i) => FormattableString.Invariant($"section {i}: {label}")));
        if (content.Provenance.Parameters is { } parameters)
        {
            texts.Add(parameters.Microscope.ToString());
            texts.Add(FormattableString.Invariant($"Limit {parameters.Linear.Limit} 1/nm, {parameters.Restoration.Method}, {parameters.Linear.Iterations} linear iterations"));
        }

        if (content.Provenance.Foci.Count > 0)
        {
            texts.Add("foci in nm: " + content.Provenance.FociText);
        }

        return texts.SelectMany(static text => text.Chunk(LabelBytes)).Select(static piece => new string(piece));
    }
}
