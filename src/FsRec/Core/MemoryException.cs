namespace FsRec;

/// <summary>The memory that the process may have does not suffice, as an estimate or the runtime says.</summary>
public sealed class MemoryException : FsRecException
{
    /// <summary>What <see cref="Id"/> says of it.</summary>
    public const string Name = "OutOfMemory";

    /// <summary>Creates the exception.</summary>
    public MemoryException()
        : this("The memory does not suffice. Select fewer images (Range), bin the frames, or use fewer threads.")
    {
    }

    /// <summary>Creates the exception with a message for the user.</summary>
    /// <param name="message">What is needed, what there is, and what takes less.</param>
    public MemoryException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message for the user and the failure behind it.</summary>
    /// <param name="message">What is needed, what there is, and what takes less.</param>
    /// <param name="innerException">The failure behind it.</param>
    public MemoryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc />
    public override string Id => Name;
}
