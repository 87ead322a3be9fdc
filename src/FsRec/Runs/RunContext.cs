namespace FsRec.Runs;

/// <summary>What a run needs of its host: where progress and messages go, how many threads it may use, and when to stop.</summary>
public sealed record RunContext
{
    /// <summary>Told how far the run is; called from any thread.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>Told what the user should know; called from any thread.</summary>
    public Action<RunMessage>? Message { get; init; }

    /// <summary>Threads to use; 0 for one a processor. Results do not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Stops the run between two frames.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What the host calls the options of a run; messages speak of them so.</summary>
    public OptionNames Names { get; init; } = OptionNames.Console;

    /// <summary>What is to be done if the process ends while the run is at work.</summary>
    public StopActions StopActions { get; init; } = new();

    /// <summary>
    /// Called once a run is known to be one that can be made of these frames, before it tells anything: what is doubtful about its parameters is told then, and
    /// not beside the error of a run that cannot be.
    /// </summary>
    public Action? Accepted { get; init; }

    /// <summary>Writes down what the run tells; <see langword="null"/> where the run keeps a journal of its own.</summary>
    internal RunJournal? Journal { get; init; }

    /// <summary>The same context, which tells each warning once: stages that look at the same frames find the same.</summary>
    internal RunContext WithoutRepeats()
    {
        if (Message is not { } told)
        {
            return this;
        }

        var before = new HashSet<RunMessage>();
        return this with
        {
            Message = message =>
            {
                bool isNew = true;
                if (message.IsWarning)
                {
                    lock (before)
                    {
                        isNew = before.Add(message);
                    }
                }

                if (isNew)
                {
                    told(message);
                }
            },
        };
    }

    internal void Warn(string id, string text) => Message?.Invoke(RunMessage.Warning(id, text));

    internal void Tell(string text) => Message?.Invoke(RunMessage.Detail(text));

    internal void Warn(IEnumerable<RunMessage> warnings)
    {
        foreach (RunMessage warning in warnings)
        {
            Message?.Invoke(warning);
        }
    }
}
