namespace FsRec.Runs;

/// <summary>A file to be written.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Content">What it holds, in words for the user.</param>
/// <param name="Write">Writes it to a path.</param>
public sealed record OutputFile(string Path, string Content, Action<string> Write)
{
    /// <summary>What the path it is written to must end in, where the writer tells the format by it; empty where not.</summary>
    public string Suffix { get; init; } = "";
}
