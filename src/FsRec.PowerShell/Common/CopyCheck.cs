using System.Management.Automation;
using System.Runtime.CompilerServices;
using FsRec.Runs;
using FsRec.Sweeps;

namespace FsRec.PowerShell;

/// <summary>
/// Copies of objects of the module, as jobs of another process, remoting and Import-Clixml give them: they have figures, and what makes the object again,
/// <see cref="CopyState"/>.
/// </summary>
internal static class CopyCheck
{
    private const string Prefix = "Deserialized.FsRec.";

    // A cmdlet asks once for each of the parameters that a copy might be meant for.
    private static readonly ConditionalWeakTable<object, object> Restored = [];

    /// <summary>The object that a copy is of; what is no copy, or none that can be made the object again, as it is.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">The files of the object are not there, or not as they were.</exception>
    public static object? Real(object? value)
    {
        if (value is not PSObject copy || Kind(copy) is null || copy.Properties[CopyState.Property]?.Value is not { } state)
        {
            return value;
        }

        // Bytes may come wrapped.
        byte[]? bytes = Unwrapped.Of(state) as byte[];
        try
        {
            return bytes is null ? value : Restored.GetValue(bytes, b => Kind(copy) == nameof(SweepRow) ? CarriedRow.Restore((byte[])b) : CarriedObject.Restore((byte[])b));
        }
        catch (FsRecException e)
        {
            throw new ArgumentTransformationMetadataException($"This is a copy of {ObjectWords.OfClass(Kind(copy)!)} from another process or a file, and the object cannot be made of it again: {e.Message}", e);
        }
    }

    /// <summary>The object that a copy is of; refuses a copy that cannot be made the object again, and says how to get it.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is such a copy.</exception>
    public static object? Require(object? value)
    {
        object? real = Real(value);
        if (real is PSObject copy && Kind(copy) is { } kind)
        {
            throw new ArgumentTransformationMetadataException(
                $"This is a copy of {ObjectWords.OfClass(kind)} from another process or a file, which has its figures but no frames and no wave. {Way(kind)}");
        }

        return real;
    }

    private static string? Kind(PSObject value) => value.TypeNames.Count > 0 && value.TypeNames[0].StartsWith(Prefix, StringComparison.Ordinal)
        ? value.TypeNames[0][(value.TypeNames[0].LastIndexOf('.') + 1)..]
        : null;

    private static string Way(string kind) => kind switch
    {
        "ExitWave" => "Write the wave there with Export-FsrWave and read it here with Import-FsrWave, or use Start-ThreadJob or ForEach-Object -Parallel, which give the object itself.",
        "ReconstructionParameters" => "Write it there with Export-FsrParameter and read it here with Import-FsrParameter.",
        "FocalSeries" or "SimulatedSeries" => "Read the series here with Import-FocalSeries, or use Start-ThreadJob or ForEach-Object -Parallel, which give the object itself.",
        _ => "Have the results written there, by Invoke-FsrRun or Export-FsrWave, and take them up here: Import-FocalSeries config.fsr | Invoke-FsrReconstruction -UsePrevious -Iterations 0; or use Start-ThreadJob or ForEach-Object -Parallel, which give the object itself.",
    };
}
