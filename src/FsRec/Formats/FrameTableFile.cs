using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace FsRec.Formats;

/// <summary>
/// The small tables that PyFSRec keeps beside a wave: a comment line that starts with <c>#</c>, then rows of numbers with
/// a comma between them, the image number first.
/// </summary>
internal static class FrameTableFile
{
    private static readonly CsvConfiguration Configuration = new(CultureInfo.InvariantCulture)
    {
        HasHeaderRecord = false,
        AllowComments = true,
        TrimOptions = TrimOptions.Trim,
        NewLine = "\n",
    };

    /// <summary>Reads all rows; each must have as many finite numbers as <paramref name="columnNames"/> has names.</summary>
    /// <exception cref="DataException">The file is missing or a row is not what it must be.</exception>
    public static IReadOnlyList<double[]> Read(string path, params string[] columnNames)
    {
        try
        {
            using var reader = new StreamReader(path);
            using var parser = new CsvParser(reader, Configuration);
            var rows = new List<double[]>();
            while (parser.Read())
            {
                rows.Add(Row(parser, path, columnNames));
            }

            return rows;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            throw new DataException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes a comment line and rows of numbers with six decimals, beside its place and renamed into it.</summary>
    public static void Write(string path, string comment, IEnumerable<double[]> rows) => AtomicFile.WriteText(path, text =>
    {
        text.WriteLine("# " + comment);
        using var writer = new CsvWriter(text, Configuration, leaveOpen: true);
        foreach (double[] row in rows)
        {
            foreach (double value in row)
            {
                writer.WriteField(value.ToString("F6", CultureInfo.InvariantCulture));
            }

            writer.NextRecord();
        }
    });

    private static double[] Row(CsvParser parser, string path, string[] columnNames)
    {
        string[] fields = parser.Record ?? [];
        var row = new double[columnNames.Length];
        bool valid = fields.Length == row.Length;
        for (int i = 0; i < row.Length && valid; i++)
        {
            valid = double.TryParse(fields[i], NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]) && double.IsFinite(row[i]);
        }

        return valid
            ? row
            : throw new DataException($"'{path}', line {parser.RawRow}: found '{string.Join(",", fields)}', expected {columnNames.Length} numbers: {string.Join(", ", columnNames)}.");
    }
}
