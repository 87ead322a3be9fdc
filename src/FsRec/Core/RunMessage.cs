namespace FsRec;

/// <summary>Something a call tells its user: a warning, by which a script can tell one from another, or a detail for those who want them.</summary>
public sealed record RunMessage
{
    private RunMessage(string id, string text) => (Id, Text) = (id, text);

    /// <summary>What is warned of: a word that does not change, whatever becomes of the text; empty for a detail.</summary>
    public string Id { get; }

    /// <summary>The message in words for the user.</summary>
    public string Text { get; init; }

    /// <summary>Whether the user should know of it even when not asking for details.</summary>
    public bool IsWarning => Id.Length > 0;

    /// <summary>A warning.</summary>
    /// <param name="id">What is warned of, one word.</param>
    /// <param name="text">The warning.</param>
    /// <exception cref="ArgumentException">The id is no word.</exception>
    public static RunMessage Warning(string id, string text) => id.Length > 0 && id.All(char.IsAsciiLetter)
        ? new(id, text)
        : throw new ArgumentException($"'{id}' is no id of a warning: letters are expected.", nameof(id));

    /// <summary>A detail.</summary>
    /// <param name="text">The message.</param>
    public static RunMessage Detail(string text) => new("", text);

    /// <summary>The message as streams show it; a warning begins with its id.</summary>
    public override string ToString() => IsWarning ? $"{Id}: {Text}" : Text;
}
