namespace FsRec.Runs;

/// <summary>
/// What is to be done when a process ends while a run is still at work, because the run did not hear of a stop in time: the state is kept,
/// what is half-written is removed, the place is released. Nothing of it waits for the run.
/// </summary>
public sealed class StopActions
{
    private readonly List<Action> _actions = [];

    /// <summary>Does it; what fails is left.</summary>
    public void Abandon()
    {
        Action[] actions;
        lock (_actions)
        {
            actions = [.. _actions];
            _actions.Clear();
        }

        // What was begun last is ended first.
        foreach (Action action in Enumerable.Reverse(actions))
        {
            try
            {
                action();
            }
            catch (Exception e) when (e is FsRecException or IOException or UnauthorizedAccessException)
            {
                // The next run finds it and puts it right.
            }
        }
    }

    internal void Add(Action action)
    {
        lock (_actions)
        {
            _actions.Add(action);
        }
    }

    internal void Remove(Action action)
    {
        lock (_actions)
        {
            _actions.Remove(action);
        }
    }
}
