namespace FsRec.Formats;

/// <summary>A file of a wave does not tell the wave's shape or scale, and nobody else did.</summary>
public sealed class CalibrationMissingException : DataException
{
    /// <summary>Says what is missing.</summary>
    /// <param name="message">The file, and what it does not tell.</param>
    public CalibrationMissingException(string message)
        : base(message)
    {
    }

    /// <inheritdoc />
    public override string Id => "CalibrationMissing";
}
