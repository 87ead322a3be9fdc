using System.Globalization;
using CsvHelper;

namespace FsRec.Formats;

/// <summary>How all tables are written and read: a comma between fields, a point as the decimal sign, a line feed at the end, whatever the system's culture.</summary>
internal static class CsvTable
{
    /// <summary>Opens a table of PyFSRec's kind for reading: no names of columns, and comments that begin with <c>#</c>.</summary>
    public static CsvReader Read(string path) => CsvReader.FromFile(path, new CsvReaderOptions
    {
        HasHeader = false,
        Separator = ',',
        CommentPrefix = '#',
        SkipEmptyLines = true,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        FormatProvider = CultureInfo.InvariantCulture,
    });

    /// <summary>Writes a table, beside its place and renamed into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">The first line: a comment, or the names of the columns.</param>
    /// <param name="rows">Writes fields and ends records.</param>
    public static void Write(string path, string first, Action<CsvWriter> rows) => AtomicFile.WriteText(path, text =>
    {
        text.Write(first + "\n");
        using var writer = CsvWriter.Create(
            text, new CsvWriterOptions { HasHeader = false, NewLine = "\n", FormatProvider = CultureInfo.InvariantCulture }, leaveOpen: true);
        rows(writer);
    });

    /// <summary>Writes a table of numbers, beside its place and renamed into it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">The first line: a comment, or the names of the columns.</param>
    /// <param name="rows">The numbers.</param>
    /// <param name="format">How they are written.</param>
    public static void Write(string path, string first, IEnumerable<double[]> rows, string format) => Write(path, first, writer =>
    {
        foreach (double[] row in rows)
        {
            foreach (double value in row)
            {
                writer.WriteField(value, format);
            }

            writer.EndRecord();
        }
    });
}
