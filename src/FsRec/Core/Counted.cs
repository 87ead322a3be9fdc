using System.Globalization;

namespace FsRec;

/// <summary>Numbers with what they count, for messages: 1 image, 2 images.</summary>
public static class Counted
{
    /// <summary>A number and its noun.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun in the singular, of the kind that takes an s.</param>
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
