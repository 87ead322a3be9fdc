using System.Management.Automation;
using FsRec.Alignment;
using FsRec.Formats;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>The library's failures as error records. The ids are part of the module's interface; scripts rely on them.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of a failure.</summary>
    public static ErrorRecord From(FsRecException failure, object? target)
    {
        (string id, ErrorCategory category) = failure switch
        {
            ParameterException => ("ParametersInvalid", ErrorCategory.InvalidData),
            AlignmentException => ("AlignmentFailed", ErrorCategory.LimitsExceeded),
            CalibrationMissingException => ("CalibrationMissing", ErrorCategory.InvalidArgument),
            DataException { InnerException: FileNotFoundException or DirectoryNotFoundException } => ("DataNotFound", ErrorCategory.ObjectNotFound),
            DataException { InnerException: IOException or UnauthorizedAccessException } => ("DataUnreadable", ErrorCategory.ReadError),
            DataException => ("DataInvalid", ErrorCategory.InvalidData),
            { InnerException: IOException or UnauthorizedAccessException } => ("WriteFailed", ErrorCategory.WriteError),
            _ => ("OperationFailed", ErrorCategory.InvalidOperation),
        };
        return new ErrorRecord(failure, id, category, target);
    }

    /// <summary>A record with a message of its own.</summary>
    public static ErrorRecord Create(string id, ErrorCategory category, object? target, string message) =>
        new(new FsRecException(message), id, category, target);
}
