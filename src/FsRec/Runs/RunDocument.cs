namespace FsRec.Runs;

/// <summary>A file that is made of a run's results and belongs to them, as a report: it is put in place with them, or not at all.</summary>
/// <param name="Path">Full path of the file, in the folder of the results unless it is saved for another program.</param>
/// <param name="Content">What it holds, in words for the user.</param>
/// <param name="Write">Writes it to a path; told what the run found, its files among that.</param>
public sealed record RunDocument(string Path, string Content, Action<string, RunResult> Write);
