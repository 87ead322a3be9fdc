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

    // Beyond the corner of a spectrum, even of pixels that are not square.
    private const double Highest = 8;

    /// <summary>Reads a curve.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What the curve is of.</param>
    /// <exception cref="DataException">The file is missing or not what it must be.</exception>
    public static DetectorCurve Read(string path, DetectorCurveKind kind)
    {
        string key = kind == DetectorCurveKind.Transfer ? "MTF" : "NPS";
        string table = $"a table of the detector's {key}, a frequency in units of the Nyquist frequency and a value in each line";
        try
        {
            if (!File.Exists(path))
            {
                throw new DetectorCurveException(path, null, $"no such file, which {key} names", table, null, new FileNotFoundException(null, path));
            }

            if (RegularFile.Length(path) is 0 or > MostBytes)
            {
                throw new DetectorCurveException(path, null, $"an empty file, one longer than {MostBytes >> 20} MiB, or none", table);
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
                throw new DetectorCurveException(path, (int)reader.LineNumber, found, $"{table}, up to 1 at least", hint);
            }

            return new DetectorCurve(frequencies, values);

            void Require(bool condition, string expected)
            {
                if (!condition)
                {
                    string fields = string.Join(",", Enumerable.Range(0, reader.FieldCount).Select(reader.GetString));
                    throw new DetectorCurveException(path, (int)reader.LineNumber, $"'{fields}'", expected);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw new DetectorCurveException(path, null, $"a file that cannot be read ({e.Message.TrimEnd('.')})", table, null, e);
        }
    }

    private static bool Number(CsvReader reader, int field, out double value)
    {
        value = 0;
        return field < reader.FieldCount && reader.TryParse(field, out value) && double.IsFinite(value);
    }
}
