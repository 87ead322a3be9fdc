namespace FsRec.PowerShell;

/// <summary>A file to be written.</summary>
/// <param name="Path">Full path of the file.</param>
/// <param name="Content">What it holds, in words for the user.</param>
/// <param name="Write">Writes it.</param>
public sealed record OutputFile(string Path, string Content, Action<string> Write);
