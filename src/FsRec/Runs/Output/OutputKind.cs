namespace FsRec.Runs;

/// <summary>What new results are to those that lie in their place.</summary>
internal enum OutputKind
{
    /// <summary>A result of its own: files of the set before that it does not have are removed.</summary>
    Replacement,

    /// <summary>More about the same result, as an analysis of it: what is there stays a part of it.</summary>
    Supplement,

    /// <summary>A copy that somebody asked for, in some format: whatever is there stays, and is of the same result where nothing speaks against it.</summary>
    Export,

    /// <summary>A part of another result, as displacements alone: what is there stays and is not of this result.</summary>
    Part,
}
