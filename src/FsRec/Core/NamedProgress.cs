namespace FsRec;

/// <summary>Reports a part of a longer call under a name of its own.</summary>
/// <param name="whole">Whom the longer call reports to.</param>
/// <param name="stage">The part, in words for the user.</param>
internal sealed class NamedProgress(IProgress<RunProgress> whole, string stage) : IProgress<RunProgress>
{
    /// <inheritdoc />
    public void Report(RunProgress value) => whole.Report(value with { Stage = stage });
}
