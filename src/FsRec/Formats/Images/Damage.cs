namespace FsRec.Formats.Images;

/// <summary>The words of an error about a file's content.</summary>
internal static class Damage
{
    /// <summary>An error that names file, place, what was found and what was expected.</summary>
    public static DataException At(string path, long offset, string found, string expected, Exception? inner = null)
    {
        string text = FormattableString.Invariant($"'{path}', byte {offset}: found {found}; expected {expected}.");
        return inner is null ? new DataException(text) : new DataException(text, inner);
    }

    /// <summary>A number of images, rows or columns that a file states.</summary>
    /// <exception cref="DataException">It is none.</exception>
    public static int Size(string path, long offset, string what, long value) => value is > 0 and <= int.MaxValue
        ? (int)value
        : throw At(path, offset, FormattableString.Invariant($"{value} {what}"), $"1 to {int.MaxValue}");
}
