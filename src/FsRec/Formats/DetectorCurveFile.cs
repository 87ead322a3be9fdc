using CsvHelper;
using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Formats;

/// <summary>
/// The table of a detector's curve: a frequency in units of the Nyquist frequency and a value in each line, with a comma between them. Lines that
/// begin with <c>#</c> are comments, and the first other line may name the columns.
/// </summary>
internal static class DetectorCurveFile
{
    private const long MostBytes = 4 << 20;

    // Of the Nyquist frequency: it is written with as few digits.
    private const double Nyquist = 0.995;

    // The noise at frequency 0 itself is that of the dose; measured spectra leave it out.
    private const double LatestStart = 0.1;

    private const int MostShown = 60;

    // Beyond the corner of a spectrum, even of pixels that are not square.
    private const double Highest = 8;

    /// <summary>Reads a curve.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What the curve is of.</param>
    /// <exception cref="DataException">The file is missing or not what it must be.</exception>
    public static DetectorCurve Read(string path, DetectorCurveKind kind)
    {
        string table = Expected(kind);
        try
        {
            RequireFile(path, kind);
            if (RegularFile.Length(path) is > MostBytes and var length)
            {
                throw new DetectorCurveException(kind, path, null, FormattableString.Invariant($"a file of {length} bytes, which is no such table"), table);
            }

            using CsvReader reader = CsvTable.Read(path);
            List<double> frequencies = [];
            List<double> values = [];
            bool isFirst = true;
            while (reader.Read())
            {
                bool valid = reader.FieldCount == 2 & Number(reader, 0, out double frequency) & Number(reader, 1, out double value);
                if (!valid && isFirst && reader.FieldCount == 2 && !Number(reader, 0, out _) && !Number(reader, 1, out _))
                {
                    isFirst = false;
                    continue;
                }

                isFirst = false;
                Require(valid, "two numbers, a frequency in units of the Nyquist frequency and a value");
                Require(frequency >= 0 && frequency <= Highest, FormattableString.Invariant($"a frequency from 0 to {Highest} in units of the Nyquist frequency"));
                Require(frequencies.Count == 0 || frequency > frequencies[^1], "a higher frequency than in the line before");
                Require(frequencies.Count > 0 || kind != DetectorCurveKind.Transfer || frequency == 0, "the value 1 at frequency 0 first");
                Require(frequencies.Count > 0 || frequency <= LatestStart, FormattableString.Invariant($"a first frequency of at most {LatestStart}"));
                string? problem = CurveRules.Problem(kind, value, frequencies.Count == 0);
                Require(problem is null, problem!);
                frequencies.Add(frequency);
                values.Add(value);
            }

            if (frequencies.Count < 2 || frequencies[^1] < Nyquist)
            {
                string found = frequencies.Count == 0 ? "no line of numbers" : FormattableString.Invariant($"frequencies to {frequencies[^1]:0.####} only");
                string? hint = frequencies.Count > 1 && Math.Abs(frequencies[^1] - 0.5) < 0.01 ? "Are they in 1/px? The Nyquist frequency is 0.5 of that; multiply them by 2." : null;
                throw new DetectorCurveException(kind, path, (int)reader.LineNumber, found, $"{table}, up to 1 at least", hint);
            }

            return new DetectorCurve(frequencies, values);

            void Require(bool condition, string expected)
            {
                if (!condition)
                {
                    string fields = Shown(string.Join(",", Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)));
                    throw new DetectorCurveException(kind, path, (int)reader.LineNumber, $"'{fields}'", expected);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw new DetectorCurveException(kind, path, null, $"a file that cannot be read ({e.Message.TrimEnd('.')})", table, null, e);
        }
    }

    /// <summary>Makes sure that there is a file, before it is opened: a pipe may wait for ever.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What the curve is of.</param>
    /// <exception cref="DetectorCurveException">There is none, or nothing in it.</exception>
    internal static void RequireFile(string path, DetectorCurveKind kind)
    {
        (string Found, string? Hint, Exception? Inner)? problem = null;
        try
        {
            problem = Directory.Exists(path) ? ("a folder", "Name the file in it.", null)
                : File.Exists(path) ? RegularFile.Length(path) > 0 ? null : ("an empty file, a pipe or a device", null, null)
                : new FileInfo(path).LinkTarget is { } target ? ($"a link to '{target}', where no file is", null, new FileNotFoundException(null, path))
                : ("no such file", "A relative path given to a command goes by the current location, one in a parameter file by the file's folder.", new FileNotFoundException(null, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = ($"a file that cannot be read ({e.Message.TrimEnd('.')})", null, e);
        }

        if (problem is var (found, hint, inner))
        {
            throw new DetectorCurveException(kind, path, null, found, Expected(kind), hint, inner);
        }
    }

    /// <summary>What is expected of a file.</summary>
    /// <param name="kind">What the curve is of.</param>
    internal static string Expected(DetectorCurveKind kind) =>
        $"a table of the detector's {(kind == DetectorCurveKind.Transfer ? "MTF" : "NPS")}, a frequency in units of the Nyquist frequency and a value in each line{(kind == DetectorCurveKind.Transfer ? "" : ", or a file of two or more blank frames")}";

    // A file of something else may be one line of megabytes that no terminal shows.
    private static string Shown(string text)
    {
        string plain = new([.. text.Take(MostShown).Select(static c => char.IsControl(c) || c == '\uFFFD' ? '?' : c)]);
        return text.Length > MostShown ? plain + "…" : plain;
    }

    private static bool Number(CsvReader reader, int field, out double value)
    {
        value = 0;
        return field < reader.FieldCount && NumberText.TryReal(reader.GetString(field), out value);
    }
}
