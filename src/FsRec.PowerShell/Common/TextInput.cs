using System.Collections;
using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>Texts that a cmdlet takes from the pipeline. PowerShell makes one of any object, and a path so made names no file.</summary>
internal static class TextInput
{
    /// <summary>Whether a text is an object that PowerShell made one of; an error says what the cmdlet takes.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="text">The text that was bound.</param>
    /// <param name="wanted">What the text should be, with its article.</param>
    public static bool IsObject(PSCmdlet cmdlet, string text, string wanted)
    {
        object? given = TableRow.Object(cmdlet);
        object? plain = Unwrapped.Of(given);
        // A file may be named by a number; cmdlets that read parameter files take rows, and tell of them by their columns.
        bool isRow = plain is IDictionary or PSCustomObject && cmdlet is FsrInputFileCmdlet;
        if (isRow || plain is null or FileSystemInfo or Uri or (IConvertible and not DateTime) || ($"{plain}" != text && PSObject.AsPSObject(given).ToString() != text))
        {
            return false;
        }

        string others = PipelineTypes.Of(cmdlet.GetType()).Wanted;
        cmdlet.WriteError(ErrorRecords.Create(
            "InputNotTaken",
            ErrorCategory.InvalidArgument,
            plain,
            $"{cmdlet.MyInvocation.MyCommand.Name} takes {wanted}{(others.Length > 0 ? ", or " + others : "")}; this is {ObjectWords.Of(plain)}."));
        return true;
    }
}
