namespace FsRec.Watching;

/// <summary>What a watch did until it ended.</summary>
/// <param name="Done">Series that were reconstructed.</param>
/// <param name="Failed">Series whose reconstruction failed.</param>
/// <param name="Skipped">Series that were reconstructed before.</param>
/// <param name="Incomplete">Series that were not whole when it ended.</param>
public sealed record WatchSummary(int Done, int Failed, int Skipped, int Incomplete)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{Done} done, {Failed} failed, {Skipped} skipped, {Incomplete} not whole");
}
