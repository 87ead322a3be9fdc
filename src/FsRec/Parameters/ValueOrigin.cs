namespace FsRec.Parameters;

/// <summary>Where the value of a key comes from.</summary>
/// <param name="Key">The key as the documentation spells it.</param>
/// <param name="Value">The value as a parameter file writes it; another one that was put in its place came from elsewhere.</param>
/// <param name="From">Where it comes from, in words.</param>
public sealed record ValueOrigin(string Key, string Value, string From)
{
    /// <summary>The word for what the frames' files tell.</summary>
    internal const string Files = "the files";

    /// <inheritdoc />
    public override string ToString() => $"{Key}={Value}, from {From}";
}
