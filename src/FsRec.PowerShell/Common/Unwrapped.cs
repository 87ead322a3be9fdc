using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>Objects as they were before PowerShell wrapped them.</summary>
internal static class Unwrapped
{
    /// <summary>What PowerShell has wrapped; what it has not, as it is.</summary>
    /// <param name="value">The object.</param>
    [return: NotNullIfNotNull(nameof(value))]
    public static object? Of(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
