using CsvHelper;

namespace FsRec.Formats;

/// <summary>
/// The small tables that PyFSRec keeps beside a wave: a comment line that starts with <c>#</c>, then rows of numbers with
/// a comma between them, the image number first.
/// </summary>
internal static class FrameTableFile
{
    // Of the longest series a hundredth.
    private const long MostBytes = 64 << 20;

    /// <summary>
    /// Reads all rows; each must have as many finite numbers as <paramref name="columnNames"/> has names, the first a whole one. A first line may name the columns.
    /// </summary>
    /// <exception cref="DataException">The file is missing or a row is not what it must be.</exception>
    public static IReadOnlyList<double[]> Read(string path, params string[] columnNames)
    {
        try
        {
            if (RegularFile.Length(path) is 0 or > MostBytes)
            {
                throw new DataException($"'{path}' is empty, longer than {MostBytes >> 20} MiB, or no file; expected a table of {string.Join(", ", columnNames)}.");
            }

            using CsvReader reader = CsvTable.Read(path);
            var rows = new List<double[]>();
            int[]? places = null;
            int width = columnNames.Length;
            while (reader.Read())
            {
                if (rows.Count == 0 && places is null && Header(reader, columnNames) is { } found)
                {
                    (places, width) = (found, reader.FieldCount);
                    continue;
                }

                rows.Add(Row(reader, path, columnNames, places, width));
            }

            return rows;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw new DataException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes a comment line and rows of numbers with six decimals, beside its place and renamed into it.</summary>
    public static void Write(string path, string comment, IEnumerable<double[]> rows) => CsvTable.Write(path, "# " + comment, rows, "F6");

    /// <summary>
    /// Where a line that names the columns, as Export-Csv writes one over such rows, has each of them: in any order and case, with or without spaces, others beside;
    /// <see langword="null"/> for any other line.
    /// </summary>
    private static int[]? Header(CsvReader reader, string[] columnNames)
    {
        string[] fields = [.. Enumerable.Range(0, reader.FieldCount).Select(i => Plain(reader.GetString(i)))];
        int[] places = [.. columnNames.Select(name => Array.IndexOf(fields, Plain(name)))];
        return Array.TrueForAll(places, static place => place >= 0) ? places : null;

        static string Plain(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
    }

    private static double[] Row(CsvReader reader, string path, string[] columnNames, int[]? places, int width)
    {
        var row = new double[columnNames.Length];
        bool valid = reader.FieldCount == width;
        for (int i = 0; i < row.Length && valid; i++)
        {
            valid = reader.TryParse(places is null ? i : places[i], out row[i]) && double.IsFinite(row[i]);
        }

        // The image number comes first and is written with decimals like the rest; a broken one is none.
        valid = valid && row[0] is >= 0 and <= int.MaxValue && row[0] == Math.Floor(row[0]);

        return valid
            ? row
            : throw new DataException(
                $"'{path}', line {reader.LineNumber}: found '{string.Join(",", Enumerable.Range(0, reader.FieldCount).Select(reader.GetString))}', expected {columnNames.Length} numbers: {string.Join(", ", columnNames)}.");
    }
}
