namespace FsRec.Runs;

/// <summary>Something in which two runs differ.</summary>
/// <param name="What">What kind of thing it is.</param>
/// <param name="Name">Its name: a key, a file, an id, a figure.</param>
/// <param name="Left">What the first run says; <see langword="null"/> where it says nothing.</param>
/// <param name="Right">What the second run says.</param>
public sealed record RunDifference(RunDifferenceKind What, string Name, string? Left, string? Right)
{
    /// <summary>The second figure less the first, over the first; <see langword="null"/> where they are not numbers.</summary>
    public double? Relative { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{What} {Name}: {Left ?? "nothing"} and {Right ?? "nothing"}";
}
