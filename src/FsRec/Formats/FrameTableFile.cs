using CsvHelper;
using FsRec.Parameters;

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
            var lines = new List<(long Number, string[] Fields)>();
            int[]? places = null;
            int width = columnNames.Length;
            while (reader.Read())
            {
                string[] fields = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
                if (lines.Count == 0 && places is null && Header(fields, columnNames) is { } found)
                {
                    (places, width) = (found, fields.Length);
                    continue;
                }

                lines.Add((reader.LineNumber, fields));
            }

            // Export-Csv writes numbers as the user's language does. Where 1,234 is all that there is, it may be a thousand and more.
            bool commas = places is not null && lines.Any(line => places.Any(i => i < line.Fields.Length && NumberText.IsDecimalComma(line.Fields[i], out _) && !MayBeThousands(line.Fields[i])));
            return [.. lines.Select(line => Row(line.Fields, line.Number, path, columnNames, places, width, commas))];
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
    private static int[]? Header(string[] fields, string[] columnNames)
    {
        string[] plain = [.. fields.Select(Plain)];
        int[] places = [.. columnNames.Select(name => Array.IndexOf(plain, Plain(name)))];
        return Array.TrueForAll(places, static place => place >= 0) ? places : null;

        static string Plain(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
    }

    private static double[] Row(string[] fields, long line, string path, string[] columnNames, int[]? places, int width, bool commas)
    {
        var row = new double[columnNames.Length];
        bool valid = fields.Length == width;
        for (int i = 0; i < row.Length && valid; i++)
        {
            string text = fields[places is null ? i : places[i]];
            valid = NumberText.TryReal(text, out row[i]) || (commas && NumberText.IsDecimalComma(text, out row[i]));
        }

        // The image number comes first and is written with decimals like the rest; a broken one is none.
        valid = valid && row[0] is >= 0 and <= int.MaxValue && row[0] == Math.Floor(row[0]);

        return valid
            ? row
            : throw new DataException(
                $"'{path}', line {line}: found '{string.Join(",", fields)}', expected {columnNames.Length} numbers: {string.Join(", ", columnNames)}.{Hint(fields)}");
    }

    private static string Hint(string[] fields) =>
        Array.Exists(fields, static f => f.Contains(';')) ? " Numbers have a decimal point, and a comma between them."
        : Array.Exists(fields, static f => NumberText.IsDecimalComma(f, out _)) ? " Numbers have a decimal point."
        : "";

    private static bool MayBeThousands(string text) => text.AsSpan().Trim().TrimStart('-') is { Length: >= 5 and <= 7 } digits && digits[^4] == ',' && digits[0] != '0';
}
