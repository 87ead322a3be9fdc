using FsRec.Formats.Export;
using PureHDF;
using PureHDF.Selections;

namespace FsRec.Formats.Hdf5;

/// <summary>Writes images into a data set image by image.</summary>
internal static class Hdf5Writing
{
    /// <summary>Writes a file and the images of its one large data set.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="file">The file; the data set is in it under some name.</param>
    /// <param name="data">The data set, of <see cref="Declare"/>.</param>
    /// <param name="content">The images.</param>
    /// <param name="transposed">Whether the axes are columns, rows, images, in place of images, rows, columns.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    public static void Write(Stream stream, H5File file, H5Dataset data, ImageContent content, bool transposed, CancellationToken cancellationToken)
    {
        using H5NativeWriter writer = file.BeginWrite(stream, new H5WriteOptions());
        foreach ((int frame, float[] values) in content.Images(cancellationToken))
        {
            float[] ordered = transposed ? Transpose(values, content) : values;
            int rank = content.Frames > 1 ? 3 : 2;
            var starts = new ulong[rank];
            ulong[] blocks = Sizes(content, transposed, 1);
            if (rank == 3)
            {
                starts[transposed ? 2 : 0] = (ulong)frame;
            }

            var place = new HyperslabSelection(rank, starts, blocks);
            if (content.IsComplex)
            {
                writer.Write((H5Dataset<ComplexNumber[]>)data, Pairs(ordered), null, place);
            }
            else
            {
                writer.Write((H5Dataset<float[]>)data, ordered, null, place);
            }
        }
    }

    /// <summary>A data set whose images are written later, each a piece of its own.</summary>
    public static H5Dataset Declare(ImageContent content, bool transposed)
    {
        ulong[] sizes = Sizes(content, transposed, content.Frames);
        uint[] chunks = [.. Sizes(content, transposed, 1).Select(static size => (uint)size)];
        return content.IsComplex ? new H5Dataset<ComplexNumber[]>(sizes, chunks) : new H5Dataset<float[]>(sizes, chunks);
    }

    private static ulong[] Sizes(ImageContent content, bool transposed, int frames)
    {
        (ulong rows, ulong columns) = ((ulong)content.Calibration.Rows, (ulong)content.Calibration.Columns);
        return (content.Frames > 1, transposed) switch
        {
            (true, false) => [(ulong)frames, rows, columns],
            (true, true) => [columns, rows, (ulong)frames],
            (false, false) => [rows, columns],
            _ => [columns, rows],
        };
    }

    private static float[] Transpose(float[] values, ImageContent content)
    {
        var result = new float[values.Length];
        int parts = content.IsComplex ? 2 : 1;
        (int rows, int columns) = (content.Calibration.Rows, content.Calibration.Columns);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                for (int part = 0; part < parts; part++)
                {
                    result[(((column * rows) + row) * parts) + part] = values[(((row * columns) + column) * parts) + part];
                }
            }
        }

        return result;
    }

    private static ComplexNumber[] Pairs(float[] values)
    {
        var pairs = new ComplexNumber[values.Length / 2];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new ComplexNumber { r = values[2 * i], i = values[(2 * i) + 1] };
        }

        return pairs;
    }
}
