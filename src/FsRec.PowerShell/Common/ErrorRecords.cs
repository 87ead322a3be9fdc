using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>The library's failures as error records. The ids are part of the module's interface; scripts rely on them.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of a failure.</summary>
    public static ErrorRecord From(FsRecException failure, object? target)
    {
        ErrorCategory category = failure.Id switch
        {
            "ParametersInvalid" or "DataInvalid" => ErrorCategory.InvalidData,
            "AlignmentFailed" => ErrorCategory.LimitsExceeded,
            "CalibrationMissing" => ErrorCategory.InvalidArgument,
            "DataNotFound" => ErrorCategory.ObjectNotFound,
            "DataUnreadable" => ErrorCategory.ReadError,
            "WriteFailed" => ErrorCategory.WriteError,
            _ => ErrorCategory.InvalidOperation,
        };
        return new ErrorRecord(failure, failure.Id, category, target);
    }

    /// <summary>A record with a message of its own.</summary>
    public static ErrorRecord Create(string id, ErrorCategory category, object? target, string message) =>
        new(new FsRecException(message), id, category, target);
}
