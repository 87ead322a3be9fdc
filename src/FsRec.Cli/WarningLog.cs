namespace FsRec.Cli;

/// <summary>The warnings of a command in their order, for its summary as JSON, whether it fails or not.</summary>
internal sealed class WarningLog
{
    private readonly List<RunMessage> _warnings = [];

    /// <summary>The warnings so far.</summary>
    public IReadOnlyList<WarningSummary> Warnings
    {
        get
        {
            lock (_warnings)
            {
                return [.. _warnings.Select(static w => new WarningSummary(w.Id, w.Text))];
            }
        }
    }

    /// <summary>Takes a message from any thread.</summary>
    public void Add(RunMessage message)
    {
        if (message.IsWarning)
        {
            lock (_warnings)
            {
                _warnings.Add(message);
            }
        }
    }
}
