using FsRec.Optics;

namespace FsRec.Formats;

/// <summary>A file that holds no curve of a detector.</summary>
/// <param name="kind">What the curve is of.</param>
/// <param name="path">The file.</param>
/// <param name="line">The line; <see langword="null"/> for the whole file.</param>
/// <param name="found">What was found.</param>
/// <param name="expected">What was expected instead.</param>
/// <param name="hint">The way out, as a sentence.</param>
/// <param name="inner">The failure behind it.</param>
internal sealed class DetectorCurveException(DetectorCurveKind kind, string path, int? line, string found, string expected, string? hint = null, Exception? inner = null)
    : DataException($"{(kind == DetectorCurveKind.Transfer ? "MTF" : "NPS")} '{path}'{(line is null ? "" : FormattableString.Invariant($", line {line}"))}: found {found}, expected {expected}.{(hint is null ? "" : " " + hint)}", inner!)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>The line; <see langword="null"/> for the whole file.</summary>
    public int? Line { get; } = line;

    /// <summary>What was found.</summary>
    public string Found { get; } = found;

    /// <summary>What was expected instead.</summary>
    public string Expected { get; } = expected;

    /// <summary>The way out, as a sentence.</summary>
    public string? Hint { get; } = hint;
}
