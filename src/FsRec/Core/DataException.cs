namespace FsRec;

/// <summary>A data file that is missing, of the wrong size, or holds what it must not.</summary>
public class DataException : FsRecException
{
    /// <summary>Creates the exception.</summary>
    public DataException()
    {
    }

    /// <summary>Creates the exception with a message for the user.</summary>
    /// <param name="message">The file, what was found in it and what was expected.</param>
    public DataException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message for the user and the failure behind it.</summary>
    /// <param name="message">The file, what was found in it and what was expected.</param>
    /// <param name="innerException">The failure behind it.</param>
    public DataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc />
    public override string Id => InnerException switch
    {
        FileNotFoundException or DirectoryNotFoundException => "DataNotFound",
        IOException or UnauthorizedAccessException => "DataUnreadable",
        _ => "DataInvalid",
    };
}
