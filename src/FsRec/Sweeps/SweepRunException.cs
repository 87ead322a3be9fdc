namespace FsRec.Sweeps;

/// <summary>Why a run of a sweep failed, as its journal tells it.</summary>
public sealed class SweepRunException : FsRecException
{
    private readonly string? _id;

    /// <summary>Creates the exception.</summary>
    public SweepRunException()
    {
    }

    /// <summary>Creates the exception with a message for the user.</summary>
    /// <param name="message">Why the run failed.</param>
    public SweepRunException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message for the user and the failure behind it.</summary>
    /// <param name="message">Why the run failed.</param>
    /// <param name="innerException">The failure behind it.</param>
    public SweepRunException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception as a journal tells it.</summary>
    /// <param name="id">What kind of failure it was.</param>
    /// <param name="message">Why the run failed.</param>
    public SweepRunException(string id, string message)
        : base(message) => _id = id;

    /// <inheritdoc />
    public override string Id => _id ?? base.Id;
}
