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

        byte[] blocks = Blocks(content);
        Int(24, blocks.Length);
        if (blocks.Length > 0)
        {
            "FEI1"u8.CopyTo(header.AsSpan(104));
        }

        stream.Write(header);
        stream.Write(blocks);
        foreach ((_, float[] values) in content.Images(cancellationToken))
        {
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }
    }

    /// <summary>
    /// The extended header of kind FEI1, one block an image: voltage, pixel size and defocus in SI units, as MRC files of FEI's programs have them. The
    /// plain format has a place for none of the first and the last.
    /// </summary>
    private static byte[] Blocks(ImageContent content)
    {
        IReadOnlyList<double> foci = content.Provenance.Foci;
        bool hasFoci = content.Labels.Count == 0 && foci.Count == content.Frames && !content.IsComplex;
        if (!hasFoci && content.Voltage <= 0)
        {
            return [];
        }

        const int Size = MrcMetadata.FeiBytes;
        var blocks = new byte[Size * content.Frames];
        for (int i = 0; i < content.Frames; i++)
        {
            Span<byte> block = blocks.AsSpan(Size * i, Size);
            uint mask = 0;
            BinaryPrimitives.WriteInt32LittleEndian(block, Size);
            Encoding.ASCII.GetBytes("FsRec", block.Slice(MrcMetadata.Application, 16));
            foreach ((MrcMetadata.Place place, double value, bool known) in (ReadOnlySpan<(MrcMetadata.Place, double, bool)>)
            [
                (MrcMetadata.VoltagePlace, 1000 * content.Voltage, content.Voltage > 0),
                (MrcMetadata.ColumnPlace, content.Calibration.ColumnSampling * 1e-9, content.Calibration.ColumnSampling > 0),
                (MrcMetadata.RowPlace, content.Calibration.RowSampling * 1e-9, content.Calibration.RowSampling > 0),
                (MrcMetadata.FocusPlace, hasFoci ? Metres(foci[i]) : 0, hasFoci),
            ])
            {
                if (known)
                {
                    mask |= 1u << place.Bit;
                    BinaryPrimitives.WriteDoubleLittleEndian(block[place.At..], value);
                }
            }

            BinaryPrimitives.WriteUInt32LittleEndian(block[MrcMetadata.Mask..], mask);
        }

        return blocks;
    }

    // Of the neighbours of a focus in m, the one that is the focus again in nm.
    private static double Metres(double nanometres)
    {
        double metres = nanometres * 1e-9;
        foreach (double near in (ReadOnlySpan<double>)[metres, Math.BitIncrement(metres), Math.BitDecrement(metres)])
        {
            if (near * 1e9 == nanometres)
            {
                return near;
            }
        }

        return metres;
    }

    // Ten lines of 80 characters are the format's place for what made a file: the foci come last, as far as they fit.
    private static IEnumerable<string> Labels(ImageContent content)
    {
        List<string> texts = [Provenance.Program + ": " + content.Provenance.Content];
        texts.AddRange(content.Labels.Select(static (label, i) => FormattableString.Invariant($"section {i}: {label}")));
        if (content.Provenance.Parameters is { } parameters)
        {
            texts.Add(parameters.Microscope.ToString());
            texts.Add(FormattableString.Invariant($"Limit {parameters.Linear.Limit:0.###} 1/nm, {parameters.Restoration.Method}, {Counted.Of(parameters.Linear.Iterations, "linear iteration")}"));
        }

        if (content.Provenance.Foci.Count > 0)
        {
            texts.Add("foci in nm: " + content.Provenance.FociText);
        }

        return texts.SelectMany(static text => text.Chunk(LabelBytes)).Select(static piece => new string(piece));
    }
}
