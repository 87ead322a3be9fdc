namespace FsRec.Alignment;

/// <summary>An alignment that cannot go on: a frame has drifted so far that the reference area lies over its edge.</summary>
public class AlignmentException : FsRecException
{
    /// <summary>Creates the exception.</summary>
    public AlignmentException()
    {
    }

    /// <summary>Creates the exception with a message for the user.</summary>
    /// <param name="message">The frame, its displacement and the room there is.</param>
    public AlignmentException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message for the user and the failure behind it.</summary>
    /// <param name="message">The frame, its displacement and the room there is.</param>
    /// <param name="innerException">The failure behind it.</param>
    public AlignmentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc />
    public override string Id => "AlignmentFailed";
}
