namespace FsRec.Runs;

/// <summary>
/// What is to be done when a process ends while a run is still at work, because the run did not hear of a stop in time: the state is kept,
/// what is half-written is removed, the place is released. Nothing of it waits for the run.
/// </summary>
public sealed class StopActions
{
    private readonly List<Action> _actions = [];
    private bool _isOver;

    /// <summary>Does it; what fails is left.</summary>
    public void Abandon()
    {
        Action[] actions;
        lock (_actions)
        {
            _isOver = true;
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

    /// <summary>Adds what is to be done.</summary>
    /// <exception cref="OperationCanceledException">The process is ending: nothing is to be begun any more.</exception>
    internal void Add(Action action)
    {
        lock (_actions)
        {
            if (_isOver)
            {
                throw new OperationCanceledException();
            }

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
