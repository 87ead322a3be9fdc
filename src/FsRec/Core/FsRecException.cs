namespace FsRec;

/// <summary>
/// A failure that the user can act on: the message names what was found, what was expected and, where there is one,
/// the way out. Programming errors are never wrapped in it.
/// </summary>
public class FsRecException : Exception
{
    /// <summary>Creates the exception.</summary>
    public FsRecException()
    {
    }

    /// <summary>Creates the exception with a message for the user.</summary>
    /// <param name="message">What was found, what was expected, and a hint.</param>
    public FsRecException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message for the user and the failure behind it.</summary>
    /// <param name="message">What was found, what was expected, and a hint.</param>
    /// <param name="innerException">The failure behind it.</param>
    public FsRecException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>What kind of failure it is: a word that does not change, whatever becomes of the message.</summary>
    public virtual string Id => InnerException is IOException or UnauthorizedAccessException ? "WriteFailed" : "OperationFailed";
}
