namespace FsRec.Watching;

/// <summary>A series as it lies in the folder, complete or not.</summary>
/// <param name="Name">Its place below the folder, with slashes.</param>
/// <param name="File">The parameter file, or the file or folder of the frames.</param>
/// <param name="Folder">Folder of the frames.</param>
/// <param name="Stem">What the sentinel calls it.</param>
internal sealed record Candidate(string Name, string File, string Folder, string Stem)
{
    /// <summary>Whether <see cref="File"/> is a parameter file.</summary>
    public bool HasParameters { get; init; }

    /// <summary>The files that a series without a parameter file is opened by: frames in their order, or the one that lists them.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>All files of which nothing may be missing or change, those missing among them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Least length of each of them, where it is known.</summary>
    public long LeastBytes { get; init; } = 1;

    /// <summary>Whether <see cref="Files"/> are all that the series will have, as a parameter file or an <c>.mdoc</c> says.</summary>
    public bool KnowsItsFiles { get; init; }

    /// <summary>What somebody has to give before it can be a series; <see langword="null"/> where nothing is lacking.</summary>
    public string? Lacks { get; init; }

    /// <summary>What is wrong with it from the start, which its run will tell; <see langword="null"/> for nothing.</summary>
    public bool IsWrong { get; init; }
}
